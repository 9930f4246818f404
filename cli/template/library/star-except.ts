import { shipped } from './define.ts';

export const starExcept = shipped({
  name: 'star_except',
  description:
    'A list of columns without some of them, quoted, and renamed where a prefix or suffix is given.',
  arguments: [
    { name: 'columns', type: 'list', description: 'Names of all columns.' },
    { name: 'except', type: 'list', description: 'Names to leave out, whatever their case.' },
    {
      name: 'relation_alias',
      type: 'string',
      description: 'The alias of the relation in the query.',
      default: null,
    },
    { name: 'prefix', type: 'string', description: 'Before each new name.', default: '' },
    { name: 'suffix', type: 'string', description: 'After each new name.', default: '' },
  ],
  sql(given, { identifier }) {
    const left = new Set(given.list('except').map((name) => name.toLowerCase()));
    const kept = given.list('columns').filter((name) => !left.has(name.toLowerCase()));
    if (kept.length === 0) throw new Error('no column is left');
    const alias = given.has('relation_alias') ? `${identifier(given.text('relation_alias'))}.` : '';
    const isRenamed = given.text('prefix') !== '' || given.text('suffix') !== '';
    const name = (column: string) =>
      identifier(`${given.text('prefix')}${column}${given.text('suffix')}`);
    return kept
      .map((column) => `${alias}${identifier(column)}${isRenamed ? ` as ${name(column)}` : ''}`)
      .join(', ');
  },
});
