import { literal } from '../../sql/literal.ts';
import type { Connection } from '../database.ts';
import { toInstant } from './utc-text.ts';

export interface OutboxCount {
  readonly destination: string;
  readonly status: string;
  readonly code: string | undefined;
  readonly events: number;
  /** When the oldest of them was queued; ISO 8601 in UTC. */
  readonly oldest: string;
}

export interface OutboxDay {
  /** `2026-11-20`. */
  readonly day: string;
  readonly status: string;
  readonly code: string | undefined;
  /** `undefined` for events that never went out. */
  readonly identifiers: readonly string[] | undefined;
  readonly events: number;
  /** From order to delivery, over all of them. */
  readonly latencySeconds: number;
}

/** How many rows of each destination, status and reason, and since when the oldest waits. The outbox exists. */
export async function outboxCounts(connection: Connection): Promise<readonly OutboxCount[]> {
  const rows = await connection.query(
    `select destination, status, code, count(*) as events, min(queued_at) as oldest
     from __cortex_conversions group by destination, status, code order by destination, status, code`,
  );
  return rows.map((row) => ({
    destination: String(row['destination']),
    status: String(row['status']),
    code: textOf(row['code']),
    events: Number(row['events']),
    oldest: toInstant(String(row['oldest'])),
  }));
}

/**
 * Conversions that were sent or refused, by day of the order in UTC and kinds of identifiers. The outbox exists.
 */
export async function outboxDays(
  connection: Connection,
  destination: string,
): Promise<readonly OutboxDay[]> {
  const rows = await connection.query(
    `select date_format(occurred_at, '%Y-%m-%d') as day, status, code, identifiers, count(*) as events,
       sum(timestampdiff(second, occurred_at, sent_at)) as latency
     from __cortex_conversions where destination = ${literal(destination)} and revision = 0
     group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
  );
  return rows.map((row) => ({
    day: String(row['day']),
    status: String(row['status']),
    code: textOf(row['code']),
    identifiers: textOf(row['identifiers'])?.split(',').filter(Boolean),
    events: Number(row['events']),
    latencySeconds: Number(row['latency'] ?? 0),
  }));
}

function textOf(value: unknown): string | undefined {
  return value === null || value === undefined ? undefined : String(value as string);
}
