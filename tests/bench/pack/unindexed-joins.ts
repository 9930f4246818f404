/** One row of what `EXPLAIN` answers, with the names of MySQL and MariaDB. */
type PlanRow = Readonly<Record<string, unknown>>;

/** Reading as many rows once more for every batch of the other side is nothing to save: seeds and rules are that small. */
const SMALL = 1000;

/**
 * The tables of a plan that a join reads whole where it should look rows up: not the first of their SELECT, without
 * a key, and large. The first of a SELECT is read once; a materialised subquery gets a key of its own (`key0`) from
 * the server where it is joined by equality.
 */
export function unindexedJoins(plan: readonly PlanRow[]): readonly string[] {
  const seen = new Set<unknown>();
  return plan.flatMap((row) => {
    const isFirst = !seen.has(row['id']);
    seen.add(row['id']);
    const isWhole = row['type'] === 'ALL' || row['type'] === 'index';
    const rows = Number(row['rows'] ?? 0);
    if (isFirst || !isWhole || rows <= SMALL) return [];
    return [`${String(row['table'])} (${rows} rows)`];
  });
}
