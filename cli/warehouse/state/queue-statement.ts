import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import { literal } from '../../sql/literal.ts';
import type { NewEvent } from './outbox-event.ts';
import { instantText } from './utc-text.ts';

/** Where events are queued, and who holds them from the start: nobody without `worker`. */
export interface Queue {
  readonly destination: string;
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
  readonly worker?: string;
  readonly leaseMs?: number;
}

/** A worker that holds rows for a while. */
export interface Lease extends Queue {
  readonly worker: string;
  readonly leaseMs: number;
}

/** Adds those of the events that are not there yet. Written at once: a builder would make a node of every value. */
export function queueStatement(
  events: readonly NewEvent[],
  { destination, now, worker, leaseMs }: Queue,
): RawBuilder<unknown> {
  const queuedAt = instantText(now);
  const until = leaseMs === undefined ? null : instantText(now + leaseMs);
  const ofAll = [destination, 'due', 0, queuedAt, queuedAt, worker ?? null, until];
  const end = ofAll.map(literal).join(', ');
  const rows = events.map(({ event, sending }) => {
    const own = [
      event.eventName,
      event.eventId,
      event.revision,
      event.operation,
      event.orderId,
      instantText(event.occurredAt),
      sending === undefined ? null : queuedAt,
      sending?.value ?? null,
      sending?.identifiers ?? null,
    ];
    return `(${own.map(literal).join(', ')}, ${end})`;
  });
  return sql`insert ignore into __cortex_conversions (event_name, event_id, revision, operation,
    order_id, occurred_at, unknown_since, sent_value, identifiers,
    destination, status, attempts, queued_at, due_at, claimed_by, claimed_until)
    values ${sql.raw(rows.join(', '))}`;
}
