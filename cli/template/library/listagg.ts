import { shipped } from './define.ts';

export const listagg = shipped({
  name: 'listagg',
  description:
    'The texts of a group joined into one, at most as long as the session variable `group_concat_max_len` (Cortex sets one megabyte). NULLs are left out.',
  arguments: [
    { name: 'measure', type: 'expression', description: 'What is joined.' },
    {
      name: 'delimiter',
      type: 'string',
      description: 'The text between, as it is (it is quoted for you).',
      default: ',',
    },
    { name: 'order_by', type: 'expression', description: 'Order inside the group.', default: null },
    { name: 'limit', type: 'integer', description: 'At most so many texts.', default: null },
    { name: 'distinct', type: 'boolean', description: 'Every text once.', default: false },
  ],
  sql(given, { literal }) {
    const delimiter = literal(given.text('delimiter'));
    const distinct = given.flag('distinct') ? 'distinct ' : '';
    const order = given.has('order_by') ? ` order by ${given.sql('order_by')}` : '';
    const joined = `group_concat(${distinct}${given.sql('measure')}${order} separator ${delimiter})`;
    return given.has('limit')
      ? `substring_index(${joined}, ${delimiter}, ${given.number('limit')})`
      : joined;
  },
});
