import type { TestDatabase } from '../server.ts';

export interface ScratchCopy {
  /** The least that a value of a column can change by: a cent, or one. */
  readonly step: (table: string, column: string) => string;
  /** Failing rows of a query, on the data as it is or after one statement that is undone again. */
  failures(query: string, mutation?: string): Promise<number>;
}

/**
 * Copies tables and views with every column nullable and no index unique, so that data can be broken in ways that
 * the keys of the pack would refuse.
 */
export async function scratchCopy(
  scratch: TestDatabase,
  from: string,
  relations: readonly string[],
): Promise<ScratchCopy> {
  const types = new Map<string, string>();
  const columns = await scratch.query(
    `select table_name as relation, column_name as name, data_type as type,
       column_type like '%unsigned' as is_unsigned
     from information_schema.columns where table_schema = '${from}' order by table_name, ordinal_position`,
  );
  for (const relation of relations) {
    const own = columns.filter((column) => column['relation'] === relation);
    for (const { name, type } of own) types.set(`${relation}.${String(name)}`, String(type));
    // NULL in a second branch is what makes the columns of the first one nullable.
    await scratch.query(
      `create table ${relation} as select * from ${from}.${relation}
       union all select ${own.map(() => 'null').join(', ')} from dual where false`,
    );
    // A server that refuses a negative number would keep the test from being asked.
    for (const { name } of own.filter((column) => Number(column['is_unsigned']) === 1)) {
      await scratch.query(`alter table ${relation} modify ${String(name)} bigint`);
    }
  }
  for (const { relation, columns: indexed } of await indexesOf(scratch, from)) {
    await scratch.query(`alter table ${relation} add index (${indexed})`);
  }
  return {
    step: (table, column) => (types.get(`${table}.${column}`) === 'decimal' ? '0.01' : '1'),
    failures: async (query, mutation) => failuresOf(scratch, query, mutation),
  };
}

/** Every index of a database: its table, and its columns with commas between. */
async function indexesOf({ query }: TestDatabase, from: string) {
  const rows = await query(
    `select table_name as relation, index_name as name,
       group_concat(concat(column_name, coalesce(concat('(', sub_part, ')'), '')) order by seq_in_index) as names
     from information_schema.statistics
     where table_schema = '${from}' and left(table_name, 4) <> 'raw_' and left(table_name, 2) <> '__'
     group by table_name, index_name`,
  );
  return rows.map(({ relation, names }) => ({
    relation: String(relation),
    columns: String(names),
  }));
}

async function failuresOf(
  { query }: TestDatabase,
  test: string,
  mutation: string | undefined,
): Promise<number> {
  await query('start transaction');
  try {
    if (mutation !== undefined) await query(mutation);
    const [verdict] = await query(`select count(*) as failures from (\n${test}\n) as failing_rows`);
    return Number(verdict?.['failures']);
  } finally {
    await query('rollback');
  }
}
