import { shipped } from './define.ts';

export const pivot = shipped({
  name: 'pivot',
  description:
    'One aggregate column for each of the given values of a column, named after the value.',
  arguments: [
    { name: 'column', type: 'expression', description: 'The column whose values become columns.' },
    { name: 'values', type: 'list', description: 'The values.' },
    {
      name: 'aggregate',
      type: 'string',
      description: 'sum, max, count or another aggregate.',
      default: 'sum',
    },
    { name: 'then_value', type: 'expression', description: 'What is aggregated.', default: '1' },
    {
      name: 'else_value',
      type: 'expression',
      description: 'What other rows count as.',
      default: '0',
    },
    { name: 'prefix', type: 'string', description: 'Before each name.', default: '' },
    { name: 'suffix', type: 'string', description: 'After each name.', default: '' },
  ],
  sql(given, { identifier, literal }) {
    const values = given.values['values'] as readonly (string | number | boolean)[];
    const aggregate = given.text('aggregate');
    return values
      .map((value) => {
        const chosen = `case when ${given.sql('column')} = ${literal(value)} then ${given.sql('then_value')} else ${given.sql('else_value')} end`;
        return `${aggregate}(${chosen}) as ${identifier(`${given.text('prefix')}${value}${given.text('suffix')}`)}`;
      })
      .join(',\n');
  },
});
