import type { Connection } from '../database.ts';
import { literal } from '../../sql/literal.ts';
import { instantText, toInstant } from './utc-text.ts';

/** Events of the outbox that have been due for long, and that no worker holds. */
export interface OverdueConversions {
  readonly destination: string;
  readonly events: number;
  /** Since when the oldest of them has been due; ISO 8601 in UTC. */
  readonly oldest: string;
}

/** What has been due since before a moment (milliseconds since the epoch), by destination. The outbox exists. */
export async function overdueConversions(
  connection: Connection,
  { before, now }: { readonly before: number; readonly now: number },
): Promise<readonly OverdueConversions[]> {
  const text = (ms: number): string => literal(instantText(ms));
  const rows = await connection.query(
    `select destination, count(*) as events, min(coalesce(due_at, queued_at)) as oldest
     from __cortex_conversions
     where status = 'due' and coalesce(due_at, queued_at) < ${text(before)} and (claimed_until is null or claimed_until <= ${text(now)})
     group by destination order by destination`,
  );
  return rows.map((row) => ({
    destination: String(row['destination']),
    events: Number(row['events']),
    oldest: toInstant(String(row['oldest'])),
  }));
}

/** When each destination last took something, in milliseconds since the epoch. The outbox exists. */
export async function newestDeliveries(
  connection: Connection,
): Promise<ReadonlyMap<string, number>> {
  const rows = await connection.query(
    `select destination, max(sent_at) as newest from __cortex_conversions
     where status = 'delivered' and sent_at is not null group by destination`,
  );
  return new Map(
    rows.map((row) => [String(row['destination']), Date.parse(toInstant(String(row['newest'])))]),
  );
}
