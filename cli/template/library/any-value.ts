import { shipped } from './define.ts';

export const anyValue = shipped({
  name: 'any_value',
  description: 'Some value of a group: ANY_VALUE where the server has it, else the least one.',
  arguments: [
    {
      name: 'value',
      type: 'expression',
      description: 'A column that is the same in the whole group.',
    },
  ],
  sql: (given, { capabilities }) =>
    `${capabilities.anyValue ? 'any_value' : 'min'}(${given.sql('value')})`,
});
