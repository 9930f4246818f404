import { shipped } from './define.ts';

export const equals = shipped({
  name: 'equals',
  description: 'Equality that is never NULL: two NULLs are equal, NULL and a value are not.',
  arguments: [
    { name: 'left', type: 'expression', description: 'One value.' },
    { name: 'right', type: 'expression', description: 'The other.' },
  ],
  sql: (given) => `((${given.sql('left')}) <=> (${given.sql('right')}))`,
});
