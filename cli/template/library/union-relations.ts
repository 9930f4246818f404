import { shipped } from './define.ts';

export const unionRelations = shipped({
  name: 'union_relations',
  description:
    'A query with the rows of relations that do not have the same columns: every column of any of them once, NULL where a relation lacks it.',
  arguments: [
    {
      name: 'relations',
      type: 'list',
      description: 'The relations: `(list (ref "a") (ref "b"))`.',
    },
    {
      name: 'columns',
      type: 'list',
      description: 'A list of column names for each relation, in the same order.',
    },
    {
      name: 'source_column',
      type: 'string',
      description: 'A column that names the relation of the row.',
      default: null,
    },
  ],
  sql(given, { identifier, literal }) {
    const relations = given.list('relations');
    const columns = columnLists(given.values['columns'], relations.length);
    const every = [...new Set(columns.flat())];
    return relations
      .map((relation, index) => {
        const own = new Set(columns[index]);
        const written = every.map((column) =>
          own.has(column) ? identifier(column) : `null as ${identifier(column)}`,
        );
        const source = given.has('source_column')
          ? [`${literal(relation)} as ${identifier(given.text('source_column'))}`]
          : [];
        return `select ${[...source, ...written].join(', ')} from ${relation}`;
      })
      .join('\nunion all\n');
  },
});

function columnLists(value: unknown, count: number): readonly (readonly string[])[] {
  const lists = value as readonly unknown[];
  if (lists.length !== count || !lists.every((list) => Array.isArray(list) && list.length > 0)) {
    throw new Error('`columns` needs one list of names for each relation');
  }
  return lists as readonly (readonly string[])[];
}
