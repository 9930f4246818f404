import { rawTables } from '../../../cli/load/raw/raw-table.ts';
import { identifier, relationSql } from '../../../cli/sql/identifier.ts';
import { literal } from '../../../cli/sql/literal.ts';
import type { Connection, Database } from '../../../cli/warehouse/database.ts';
import { toUtcText } from '../../../cli/warehouse/state/utc-text.ts';
import type { Retention } from '../settings/retention.ts';
import type { RawPlace } from './raw-places.ts';

/** Records of one account that are older than a rule allows. */
export interface Aged {
  readonly accountId: string;
  /** ISO 8601, UTC: what is older is over. */
  readonly until: string;
  /** What was done before, so that only the rest is looked at: up to when, and when that was. */
  readonly done?: { readonly until: string; readonly at: string } | undefined;
}

/** The condition that finds them in the raw table of the stream. */
export function agedSql({ by }: Retention, { accountId, until, done }: Aged): string {
  const column = identifier(by);
  const text = (instant: string) => literal(toUtcText(instant));
  const fresh =
    done === undefined
      ? ''
      : ` and (${column} >= ${text(done.until)} or ${identifier('_synced_at')} >= ${text(done.at)})`;
  return `${identifier('_account_id')} = ${literal(accountId)} and ${column} < ${text(until)}${fresh}`;
}

export async function countAged(
  connection: Connection,
  { shape }: RawPlace,
  where: string,
): Promise<number> {
  const [row] = await connection.query(
    `select count(*) as n from ${relationSql(shape.table.relation)} where ${where}`,
  );
  return Number(row?.['n'] ?? 0);
}

/** Deletes records with the rows of their lists, in one transaction; tells how many records. */
export async function deleteAged(
  connection: Connection,
  { capabilities }: Pick<Database, 'capabilities'>,
  { shape }: RawPlace,
  where: string,
): Promise<number> {
  const { parent, children } = rawTables(shape, capabilities);
  const aged = `select * from ${relationSql(parent.relation)} where ${where}`;
  await connection.execute('start transaction');
  try {
    for (const child of children) {
      const pairs = parent.identity.map(
        (column, index) =>
          `c.${identifier(child.identity[index] ?? column)} = p.${identifier(column)}`,
      );
      const on = [`c.${identifier('_account_id')} = p.${identifier('_account_id')}`, ...pairs];
      await connection.execute(
        `delete c from ${relationSql(child.relation)} as c join (${aged}) as p on ${on.join(' and ')}`,
      );
    }
    const { affectedRows } = await connection.execute(
      `delete from ${relationSql(parent.relation)} where ${where}`,
    );
    await connection.execute('commit');
    return affectedRows;
  } catch (error) {
    await connection.execute('rollback').catch(() => undefined);
    throw error;
  }
}
