import type { Kysely } from 'kysely';
import { chunks } from '../../kernel/chunks.ts';
import { LISTED, textsSql } from './conversion-statements.ts';
import type { NewEvent } from './outbox-event.ts';
import type { Lease } from './outbox-writer.ts';
import type { StateTables } from './tables.ts';
import { instantText } from './utc-text.ts';

interface JustQueued extends Lease {
  /** In the order in which one statement had them. */
  readonly events: readonly NewEvent[];
  /** How many of them it added. */
  readonly added: number;
}

/** The ids of events that one statement has queued for a worker; `undefined` for an event that was there before. */
export async function queuedIds(
  db: Kysely<StateTables>,
  queued: JustQueued,
): Promise<readonly (number | undefined)[]> {
  return (await consecutiveIds(db, queued)) ?? (await idsOneByOne(db, queued));
}

/**
 * A statement numbers its rows upwards. Where all of them are new, and the first and the last are as far apart as they
 * are many, the others lie between: two are looked up in place of a thousand.
 */
async function consecutiveIds(
  db: Kysely<StateTables>,
  { destination, events, added }: JustQueued,
): Promise<readonly number[] | undefined> {
  const [first, last] = [events[0]?.event, events.at(-1)?.event];
  if (first === undefined || last === undefined || added !== events.length) return undefined;
  const rows = await db
    .selectFrom('__cortex_conversions')
    .select(['id', 'event_name', 'event_id', 'revision'])
    .where('destination', '=', destination)
    .where('event_name', 'in', [first.eventName, last.eventName])
    .where('event_id', 'in', [first.eventId, last.eventId])
    .execute();
  const ids = new Map(rows.map((row) => [keyOf(row), Number(row.id)]));
  const start = ids.get(keyOfEvent(first));
  const end = ids.get(keyOfEvent(last));
  if (start === undefined || end === undefined || end - start !== events.length - 1) {
    return undefined;
  }
  return events.map((_, index) => start + index);
}

async function idsOneByOne(
  db: Kysely<StateTables>,
  { destination, worker, now, leaseMs, events }: JustQueued,
): Promise<readonly (number | undefined)[]> {
  const ids = new Map<string, number>();
  for (const part of chunks(events, LISTED)) {
    const rows = await db
      .selectFrom('__cortex_conversions')
      .select(['id', 'event_name', 'event_id', 'revision'])
      .where('destination', '=', destination)
      .where('event_name', 'in', [...new Set(part.map(({ event }) => event.eventName))])
      .where('event_id', 'in', textsSql(part.map(({ event }) => event.eventId)))
      .where('status', '=', 'due')
      .where('claimed_by', '=', worker)
      .where('claimed_until', '=', instantText(now + leaseMs))
      .execute();
    for (const row of rows) ids.set(keyOf(row), Number(row.id));
  }
  return events.map(({ event }) => ids.get(keyOfEvent(event)));
}

type EventKey = Pick<StateTables['__cortex_conversions'], 'event_name' | 'event_id' | 'revision'>;

function keyOf({ event_name: name, event_id: id, revision }: EventKey): string {
  return `${name} ${id} ${Number(revision)}`;
}

function keyOfEvent({ eventName, eventId, revision }: NewEvent['event']): string {
  return `${eventName} ${eventId} ${revision}`;
}
