import { shipped } from './define.ts';

export const deduplicate = shipped({
  name: 'deduplicate',
  description: 'A query with the first row of each group of a relation.',
  arguments: [
    { name: 'relation', type: 'relation', description: 'The relation to read.' },
    { name: 'columns', type: 'list', description: 'Names of the columns to keep.' },
    {
      name: 'partition_by',
      type: 'list',
      description: 'Columns or expressions that say what is the same.',
    },
    { name: 'order_by', type: 'list', description: 'Which row comes first: `updated_at desc`.' },
  ],
  sql(given, { identifier }) {
    const columns = given.list('columns').map(identifier).join(', ');
    const window = `partition by ${given.list('partition_by').join(', ')} order by ${given.list('order_by').join(', ')}`;
    const numbered = `select ${columns}, row_number() over (${window}) as __cortex_row from ${given.sql('relation')}`;
    return `select ${columns} from (${numbered}) as numbered where __cortex_row = 1`;
  },
});
