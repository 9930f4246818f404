import type { Kysely, RawBuilder } from 'kysely';
import { sql } from 'kysely';
import { chunks } from '../../kernel/chunks.ts';
import type { Connection } from '../database.ts';
import { ERASED } from './conversion-privacy.ts';
import {
  isOneOf,
  LISTED,
  patiently,
  textsSql,
  valueById,
  WRITTEN,
} from './conversion-statements.ts';
import type {
  ClaimedEvent,
  EventChange,
  LastRevision,
  NewEvent,
  QueuedEvent,
  SentEvent,
} from './outbox-event.ts';
import { NOT_RETRACTED } from './outbox-event.ts';
import type { Lease, Queue } from './outbox-writer.ts';
import { OutboxWriter } from './outbox-writer.ts';
import { OutboxWorkers } from './outbox-workers.ts';
import { queuedIds } from './queued-ids.ts';
import type { StateTables } from './tables.ts';
import { instantMs, instantText } from './utc-text.ts';

export interface DestinationPause {
  readonly state: 'pause_auth' | 'pause_config';
  readonly code: string | undefined;
  readonly since: number;
}

interface ClaimRequest extends Lease {
  readonly limit: number;
}

/** Held ones were asked for consent before, and come after what was never tried. */
const CLAIMABLE = ['due', 'held'] as const;

const PLAIN = /^[ -~]*$/;

/** The outbox of conversions in the target database, through one session. */
export class ConversionOutbox {
  readonly #db: Kysely<StateTables>;
  readonly #writer: OutboxWriter;
  readonly #workers: OutboxWorkers;

  private constructor(db: Kysely<StateTables>, writer: OutboxWriter) {
    this.#db = db;
    this.#writer = writer;
    this.#workers = new OutboxWorkers(db);
  }

  /** Makes or migrates the tables where needed. The session stays the caller's. */
  static async open(connection: Connection): Promise<ConversionOutbox> {
    const [{ Kysely: Builder }, { ConnectionDialect }, { migrateState }] = await Promise.all([
      import('kysely'),
      import('../kysely-dialect.ts'),
      import('./migrations.ts'),
    ]);
    const db = new Builder<StateTables>({ dialect: new ConnectionDialect(connection) });
    await migrateState(db as unknown as Kysely<unknown>);
    return new ConversionOutbox(db, new OutboxWriter(connection));
  }

  /** Adds events that are not there yet; returns how many were added. */
  async queue(destination: string, events: readonly QueuedEvent[], now: number): Promise<number> {
    let added = 0;
    for (const part of chunks(events, WRITTEN)) {
      const waiting = part.map((event) => ({ event, sending: undefined }));
      added += await this.#add(waiting, { destination, now });
    }
    return added;
  }

  /**
   * Adds events that are not there yet and are about to go out: in one statement what `queue`, `claim` and
   * `beginSending` do one after the other. Returns the row of each event; `undefined` for one that was there. To be
   * followed by `doneQueueing` when all of them are settled.
   */
  async queueHeld(
    lease: Lease,
    events: readonly NewEvent[],
  ): Promise<readonly (ClaimedEvent | undefined)[]> {
    const claimed: (ClaimedEvent | undefined)[] = [];
    await this.#workers.note(lease);
    for (const part of chunks(events, WRITTEN)) {
      const added = await this.#add(part, lease);
      const ids = await queuedIds(this.#db, { ...lease, events: part, added });
      for (const [index, { event }] of part.entries())
        claimed.push(claimedEvent(event, ids[index]));
    }
    return claimed;
  }

  /** Nothing that a worker queued for itself is still in its hands. */
  async doneQueueing(destination: string, worker: string): Promise<void> {
    await this.#workers.forget(destination, worker);
  }

  async #add(events: readonly NewEvent[], queue: Queue): Promise<number> {
    return patiently(() => this.#writer.add(events, queue));
  }

  /** The newest revision of each event of one name, looked up along the key. */
  async lastRevisions(
    destination: string,
    eventName: string,
    eventIds: readonly string[],
  ): Promise<ReadonlyMap<string, LastRevision>> {
    const found = new Map<string, LastRevision>();
    if (await this.#isNothingBetween(destination, eventName, eventIds)) return found;
    for (const part of chunks(eventIds, LISTED)) {
      const rows = await this.#db
        .selectFrom('__cortex_conversions')
        .select(['event_id', 'revision', 'operation', 'status', 'code', 'sent_value'])
        .where('destination', '=', destination)
        .where('event_name', '=', eventName)
        .where('event_id', 'in', textsSql(part))
        .orderBy('revision')
        .execute();
      for (const row of rows) {
        found.set(row.event_id, {
          revision: Number(row.revision),
          operation: row.operation,
          status: row.status,
          sentValue: row.sent_value ?? undefined,
          code: row.code ?? undefined,
        });
      }
    }
    return found;
  }

  /**
   * Whether the outbox has nothing from the first to the last of some ids: then none of them is there, and one look
   * along the key has told so. What sorts after ASCII may sort in another way here than there.
   */
  async #isNothingBetween(
    destination: string,
    eventName: string,
    eventIds: readonly string[],
  ): Promise<boolean> {
    const sorted = eventIds.toSorted();
    const [first, last] = [sorted[0], sorted.at(-1)];
    if (first === undefined || last === undefined) return true;
    if (!eventIds.every((id) => PLAIN.test(id))) return false;
    const rows = await this.#db
      .selectFrom('__cortex_conversions')
      .select('id')
      .where('destination', '=', destination)
      .where('event_name', '=', eventName)
      .where('event_id', '>=', first)
      .where('event_id', '<=', last)
      .limit(1)
      .execute();
    return rows.length === 0;
  }

  /**
   * Takes rows that are due for one worker, until `leaseMs` from now: no other worker gets them before. They are
   * looked for along the index, then taken by one atomic update, which all servers know; TiDB has no SKIP LOCKED.
   */
  async claim(request: ClaimRequest): Promise<readonly ClaimedEvent[]> {
    await this.#workers.takeBack(request.destination, request.now);
    for (;;) {
      const ids = await this.#claimable(request);
      if (ids.length === 0) return [];
      const claimed: ClaimedEvent[] = [];
      for (const part of chunks(ids, WRITTEN)) {
        claimed.push(...(await this.#claimThese(part, request)));
      }
      // Otherwise another worker was faster with all of them: there may be more behind.
      if (claimed.length > 0) return claimed;
    }
  }

  /** Ids of rows that nobody holds, those that have been due for the longest first. */
  async #claimable({ destination, now, limit }: ClaimRequest): Promise<readonly number[]> {
    const ids: number[] = [];
    for (const status of CLAIMABLE) {
      if (ids.length >= limit) break;
      const rows = await this.#db
        .selectFrom('__cortex_conversions')
        .select('id')
        .where('destination', '=', destination)
        .where('status', '=', status)
        .where('due_at', '<=', instantText(now))
        .where((eb) =>
          eb.or([eb('claimed_until', 'is', null), eb('claimed_until', '<=', instantText(now))]),
        )
        .orderBy('due_at')
        .orderBy('id')
        .limit(limit - ids.length)
        .execute();
      ids.push(...rows.map(({ id }) => Number(id)));
    }
    return ids;
  }

  async #claimThese(
    ids: readonly number[],
    { worker, now, leaseMs }: ClaimRequest,
  ): Promise<readonly ClaimedEvent[]> {
    const until = instantText(now + leaseMs);
    await patiently(() =>
      this.#db
        .updateTable('__cortex_conversions')
        .set({ claimed_by: worker, claimed_until: until })
        .where(isOneOf('id', ids))
        .where('status', 'in', CLAIMABLE)
        .where('due_at', '<=', instantText(now))
        .where((eb) =>
          eb.or([eb('claimed_until', 'is', null), eb('claimed_until', '<=', instantText(now))]),
        )
        .execute(),
    );
    const rows = await this.#db
      .selectFrom('__cortex_conversions')
      .select(['id', 'event_name', 'event_id', 'order_id', 'operation', 'revision'])
      .select(['attempts', 'unknown_since'])
      .where(isOneOf('id', ids))
      .where('claimed_by', '=', worker)
      .where('claimed_until', '=', until)
      .orderBy('id')
      .execute();
    return rows.map((row) => ({
      id: Number(row.id),
      eventName: row.event_name,
      eventId: row.event_id,
      orderId: row.order_id,
      operation: row.operation,
      revision: Number(row.revision),
      attempts: Number(row.attempts),
      unknownSince: instantMs(row.unknown_since),
    }));
  }

  /**
   * Writes down that rows are about to go out, before they do: a worker that dies afterwards leaves an
   * outcome that nobody knows. Returns the ids that the worker still holds.
   */
  async beginSending(
    worker: string,
    events: readonly SentEvent[],
    now: number,
  ): Promise<ReadonlySet<number>> {
    const held = new Set<number>();
    for (const part of chunks(events, WRITTEN)) {
      const ids = part.map(({ id }) => id);
      const values = valueById(
        'id',
        part.map(({ id, value }) => ({ id, value: value ?? null })),
      );
      const kinds = valueById(
        'id',
        part.map(({ id, identifiers }) => ({ id, value: identifiers })),
      );
      const { numUpdatedRows } = await patiently(() =>
        this.#db
          .updateTable('__cortex_conversions')
          .set((eb) => ({
            unknown_since: eb.fn.coalesce('unknown_since', eb.val(instantText(now))),
            sent_value: values,
            identifiers: kinds,
          }))
          .where(isOneOf('id', ids))
          .where('claimed_by', '=', worker)
          .where('claimed_until', '>', instantText(now))
          .executeTakeFirst(),
      );
      const isAllHeld = Number(numUpdatedRows) === part.length;
      const stillHeld = isAllHeld ? ids : await this.#heldOf(worker, ids, now);
      for (const id of stillHeld) held.add(id);
    }
    return held;
  }

  async #heldOf(worker: string, ids: readonly number[], now: number): Promise<readonly number[]> {
    const rows = await this.#db
      .selectFrom('__cortex_conversions')
      .select('id')
      .where(isOneOf('id', ids))
      .where('claimed_by', '=', worker)
      .where('claimed_until', '>', instantText(now))
      .execute();
    return rows.map(({ id }) => Number(id));
  }

  /** Lets rows go as they were before the worker took them. */
  async release(worker: string, ids: readonly number[]): Promise<void> {
    for (const part of chunks(ids, WRITTEN)) {
      await patiently(() =>
        this.#db
          .updateTable('__cortex_conversions')
          .set({ claimed_by: null, claimed_until: null, due_at: DUE })
          .where(isOneOf('id', part))
          .where('claimed_by', '=', worker)
          .execute(),
      );
    }
  }

  /** Writes what became of rows that the worker holds, and lets them go. */
  async settle(worker: string, ids: readonly number[], change: EventChange): Promise<void> {
    for (const part of chunks(ids, WRITTEN)) {
      await patiently(() =>
        this.#db
          .updateTable('__cortex_conversions')
          .set((eb) => ({
            status: change.status,
            code: change.code,
            claimed_by: null,
            claimed_until: null,
            ...(change.isAttempt ? { attempts: eb('attempts', '+', 1) } : {}),
            due_at: dueAtOf(change),
            ...(change.sentAt === undefined ? {} : { sent_at: instantText(change.sentAt) }),
            ...(change.requestId === undefined ? {} : { request_id: change.requestId }),
            ...(change.isOutcomeKnown === true ? { unknown_since: null } : {}),
          }))
          .where(isOneOf('id', part))
          .where('claimed_by', '=', worker)
          .execute(),
      );
    }
  }

  /** Destinations that stopped, by name. */
  async pauses(): Promise<ReadonlyMap<string, DestinationPause>> {
    const rows = await this.#db
      .selectFrom('__cortex_conversion_destinations')
      .selectAll()
      .execute();
    return new Map(
      rows.map((row) => [
        row.destination,
        {
          state: row.state as DestinationPause['state'],
          code: row.code ?? undefined,
          since: instantMs(row.since) ?? 0,
        },
      ]),
    );
  }

  async pause(destination: string, pause: DestinationPause): Promise<void> {
    await this.#db
      .insertInto('__cortex_conversion_destinations')
      .ignore()
      .values({
        destination,
        state: pause.state,
        code: pause.code ?? null,
        since: instantText(pause.since),
      })
      .execute();
  }

  async resume(destination: string): Promise<void> {
    await this.#db
      .deleteFrom('__cortex_conversion_destinations')
      .where('destination', '=', destination)
      .execute();
  }

  /** Keeps of delivered events that their orders were cancelled, and that the platform counts them all the same. */
  async markNotRetracted(
    destination: string,
    eventName: string,
    eventIds: readonly string[],
  ): Promise<void> {
    for (const part of chunks(eventIds, LISTED)) {
      await this.#db
        .updateTable('__cortex_conversions')
        .set({ code: NOT_RETRACTED })
        .where('destination', '=', destination)
        .where('event_name', '=', eventName)
        .where('event_id', 'in', textsSql(part))
        .where('status', '=', 'delivered')
        .where('code', 'is', null)
        .execute();
    }
  }

  /** Makes dead rows due again; an outcome that is not known stays so. Returns how many. */
  async retryDead(destination: string | undefined, now: number): Promise<number> {
    const all = this.#db
      .updateTable('__cortex_conversions')
      .set({ status: 'due', attempts: 0, due_at: instantText(now), code: null })
      .where('status', '=', 'dead')
      .where('code', 'not in', ['unknown_outcome', 'discarded', ERASED]);
    const update = destination === undefined ? all : all.where('destination', '=', destination);
    const result = await update.executeTakeFirst();
    return Number(result.numUpdatedRows);
  }

  /** Gives up what waits, without sending it. Rows that a worker holds are left to it. Returns how many. */
  async discard(destination: string, now: number): Promise<number> {
    const result = await this.#db
      .updateTable('__cortex_conversions')
      .set({ status: 'dead', code: 'discarded', due_at: null })
      .where('destination', '=', destination)
      .where('status', 'in', ['due', 'held'])
      .where((eb) =>
        eb.or([eb('claimed_until', 'is', null), eb('claimed_until', '<=', instantText(now))]),
      )
      .executeTakeFirst();
    return Number(result.numUpdatedRows);
  }
}

/** What was queued to go out at once has no such time, until it waits. */
const DUE = sql<string>`coalesce(due_at, queued_at)`;

function dueAtOf({ status, dueAt }: EventChange): RawBuilder<string> | string | null {
  if (status === 'delivered' || status === 'dead') return null;
  return dueAt === undefined ? DUE : instantText(dueAt);
}

/** Written out, key by key: to spread an event takes longer than all else that is done for it here. */
function claimedEvent(
  { eventName, eventId, orderId, operation, revision }: QueuedEvent,
  id: number | undefined,
): ClaimedEvent | undefined {
  if (id === undefined) return undefined;
  const event = { eventName, eventId, orderId, operation, revision };
  return Object.assign(event, { id, attempts: 0, unknownSince: undefined });
}
