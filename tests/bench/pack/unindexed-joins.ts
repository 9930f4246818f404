type Query = (sql: string) => Promise<readonly PlanRow[]>;

/** One row of what `EXPLAIN` or MariaDB's `ANALYZE` answers. */
type PlanRow = Readonly<Record<string, unknown>>;

/** Reading as many rows once more for every batch of the other side is nothing to save: seeds and rules are that small. */
const SMALL = 1000;

/**
 * The tables that a query reads whole in a join where it should look rows up, by the server's plan. Of a subquery the
 * server expects as many rows as of the tables in it, even where it groups them to a handful: MariaDB therefore runs
 * what looks bad, and counts.
 */
export async function unindexedJoins(query: Query, sql: string): Promise<readonly string[]> {
  // MySQL 9 answers with a tree unless it is told otherwise.
  const expected = readWhole(await query(`explain format=traditional ${sql}`));
  if (expected.length === 0 || !(await isMariaDb(query))) return expected;
  return readWhole(await query(`analyze ${sql}`));
}

async function isMariaDb(query: Query): Promise<boolean> {
  const [row] = await query('select version() as version');
  return /mariadb/i.test(String(row?.['version']));
}

/**
 * Tables without a key, large, and joined to more rows than fit one join buffer, so that they are read more than
 * once. The first table of a SELECT is read once; a materialised subquery gets a key of its own (`key0`) from the
 * server where it is joined by equality.
 */
function readWhole(plan: readonly PlanRow[]): readonly string[] {
  const rowsBefore = new Map<unknown, number>();
  return plan.flatMap((row) => {
    const before = rowsBefore.get(row['id']);
    const rows = rowsOf(row);
    rowsBefore.set(row['id'], (before ?? 1) * Math.max(1, rows));
    const isWhole = row['type'] === 'ALL' || row['type'] === 'index';
    if (before === undefined || !isWhole || rows <= SMALL) return [];
    const isBuffered = String(row['Extra']).includes('join buffer');
    return isBuffered && before <= SMALL ? [] : [`${String(row['table'])} (${rows} rows)`];
  });
}

/** What was counted, where the query was run; otherwise what the server expects. */
function rowsOf(row: PlanRow): number {
  return Math.round(Number(row['r_rows'] ?? row['rows'] ?? 0));
}
