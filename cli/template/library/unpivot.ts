import { castType } from './cast-types.ts';
import { shipped } from './define.ts';

export const unpivot = shipped({
  name: 'unpivot',
  description:
    'A query with one row for each row of a relation and each of the given columns: the name of the column and its value.',
  arguments: [
    { name: 'relation', type: 'relation', description: 'The relation to read.' },
    { name: 'columns', type: 'list', description: 'Names of the columns that become rows.' },
    {
      name: 'keep',
      type: 'list',
      description: 'Names of columns that stay as they are.',
      default: [],
    },
    {
      name: 'name_column',
      type: 'string',
      description: 'The column with the name.',
      default: 'field_name',
    },
    {
      name: 'value_column',
      type: 'string',
      description: 'The column with the value.',
      default: 'value',
    },
    { name: 'type', type: 'string', description: 'The type of the value.', default: 'string' },
  ],
  sql(given, { identifier, literal }) {
    const kept = given
      .list('keep')
      .map((column) => `${identifier(column)}, `)
      .join('');
    const type = castType(given.text('type')).sql;
    return given
      .list('columns')
      .map((column) => {
        const name = `${literal(column)} as ${identifier(given.text('name_column'))}`;
        const value = `cast(${identifier(column)} as ${type}) as ${identifier(given.text('value_column'))}`;
        return `select ${kept}${name}, ${value} from ${given.sql('relation')}`;
      })
      .join('\nunion all\n');
  },
});
