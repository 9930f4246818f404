import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { literal } from '../../sql/literal.ts';
import type { Connection } from '../database.ts';
import { ERASED } from './conversion-privacy.ts';
import { chunks, isOneOf, patiently, tuples, valueById, WRITTEN } from './conversion-statements.ts';
import type { StateTables } from './tables.ts';
import { instantMs, instantText, toInstant } from './utc-text.ts';

/** An event to be sent. Times are milliseconds since the Unix epoch. */
export interface QueuedEvent {
  readonly eventName: string;
  readonly eventId: string;
  readonly orderId: string;
  readonly operation: string;
  readonly revision: number;
  readonly occurredAt: number;
}

/** A row that a worker holds. */
export interface ClaimedEvent extends QueuedEvent {
  readonly id: number;
  readonly attempts: number;
  readonly unknownSince: number | undefined;
}

/** What was last said about an event. */
export interface LastRevision {
  readonly revision: number;
  readonly operation: string;
  readonly status: string;
  /** Decimal text. */
  readonly sentValue: string | undefined;
  /** Why it is as it is, or what is to be known of it. */
  readonly code: string | undefined;
}

/** A delivered conversion of an order that was cancelled, at a platform that takes nothing back. */
export const NOT_RETRACTED = 'not_retracted';

/** What becomes of a row: `undefined` leaves a column as it is, null empties it. */
export interface EventChange {
  readonly status: 'due' | 'held' | 'delivered' | 'dead';
  readonly code: string | null;
  readonly isAttempt: boolean;
  readonly dueAt?: number | undefined;
  readonly sentAt?: number | undefined;
  readonly requestId?: string | undefined;
  readonly isOutcomeKnown?: boolean | undefined;
}

/** What goes out, kept before it does. */
export interface SentEvent {
  readonly id: number;
  readonly value: string | undefined;
  readonly identifiers: string;
}

export interface DestinationPause {
  readonly state: 'pause_auth' | 'pause_config';
  readonly code: string | undefined;
  readonly since: number;
}

interface ClaimRequest {
  readonly destination: string;
  readonly worker: string;
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
  readonly leaseMs: number;
  readonly limit: number;
}

/** Held ones were asked for consent before, and come after what was never tried. */
const CLAIMABLE = ['due', 'held'] as const;

/** The outbox of conversions in the target database, through one session. */
export class ConversionOutbox {
  readonly #db: Kysely<StateTables>;

  private constructor(db: Kysely<StateTables>) {
    this.#db = db;
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
    return new ConversionOutbox(db);
  }

  /** Adds events that are not there yet; returns how many were added. */
  async queue(destination: string, events: readonly QueuedEvent[], now: number): Promise<number> {
    let added = 0;
    for (const part of chunks(events, WRITTEN)) {
      const rows = part.map((event) => [
        destination,
        event.eventName,
        event.eventId,
        event.revision,
        event.operation,
        event.orderId,
        'due',
        0,
        instantText(event.occurredAt),
        instantText(now),
        instantText(now),
      ]);
      const result = await patiently(() =>
        sql`insert ignore into __cortex_conversions (destination, event_name, event_id, revision,
          operation, order_id, status, attempts, occurred_at, queued_at, due_at)
          values ${tuples(rows)}`.execute(this.#db),
      );
      added += Number(result.numAffectedRows ?? 0);
    }
    return added;
  }

  /** The newest revision of each event. */
  async lastRevisions(
    destination: string,
    eventIds: readonly string[],
  ): Promise<ReadonlyMap<string, LastRevision>> {
    const found = new Map<string, LastRevision>();
    for (const part of chunks(eventIds)) {
      const rows = await this.#db
        .selectFrom('__cortex_conversions')
        .select(['event_id', 'revision', 'operation', 'status', 'code', 'sent_value'])
        .where('destination', '=', destination)
        .where('event_id', 'in', sql<string>`(${sql.raw(part.map(literal).join(', '))})`)
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
   * Takes rows that are due for one worker, until `leaseMs` from now: no other worker gets them before. They are
   * looked for along the index, then taken by one atomic update, which all servers know; TiDB has no SKIP LOCKED.
   */
  async claim(request: ClaimRequest): Promise<readonly ClaimedEvent[]> {
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
      .select(['occurred_at', 'attempts', 'unknown_since'])
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
      occurredAt: instantMs(row.occurred_at) ?? 0,
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
          .set({ claimed_by: null, claimed_until: null })
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
            ...(change.dueAt === undefined ? {} : { due_at: instantText(change.dueAt) }),
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
  async markNotRetracted(destination: string, eventIds: readonly string[]): Promise<void> {
    for (const part of chunks(eventIds)) {
      await this.#db
        .updateTable('__cortex_conversions')
        .set({ code: NOT_RETRACTED })
        .where('destination', '=', destination)
        .where('event_id', 'in', sql<string>`(${sql.raw(part.map(literal).join(', '))})`)
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
      .set({ status: 'dead', code: 'discarded' })
      .where('destination', '=', destination)
      .where('status', 'in', ['due', 'held'])
      .where((eb) =>
        eb.or([eb('claimed_until', 'is', null), eb('claimed_until', '<=', instantText(now))]),
      )
      .executeTakeFirst();
    return Number(result.numUpdatedRows);
  }

  /** How many rows of each destination, status and reason, and since when the oldest waits. */
  async counts(): Promise<readonly OutboxCount[]> {
    const rows = await this.#db
      .selectFrom('__cortex_conversions')
      .select((eb) => [
        'destination',
        'status',
        'code',
        eb.fn.countAll<string>().as('events'),
        eb.fn.min('queued_at').as('oldest'),
      ])
      .groupBy(['destination', 'status', 'code'])
      .orderBy('destination')
      .orderBy('status')
      .orderBy('code')
      .execute();
    return rows.map((row) => ({
      destination: row.destination,
      status: row.status,
      code: row.code ?? undefined,
      events: Number(row.events),
      oldest: toInstant(row.oldest),
    }));
  }

  /** Conversions that were sent or refused, by day of the order in UTC and kinds of identifiers. */
  async days(destination: string): Promise<readonly OutboxDay[]> {
    const { rows } = await sql<{
      day: string;
      status: string;
      code: string | null;
      identifiers: string | null;
      events: string;
      latency: string | null;
    }>`select date_format(occurred_at, '%Y-%m-%d') as day, status, code, identifiers,
        count(*) as events,
        sum(timestampdiff(second, occurred_at, sent_at)) as latency
      from __cortex_conversions where destination = ${destination} and revision = 0
      group by 1, 2, 3, 4 order by 1, 2, 3, 4`.execute(this.#db);
    return rows.map((row) => ({
      day: row.day,
      status: row.status,
      code: row.code ?? undefined,
      identifiers:
        row.identifiers === null ? undefined : row.identifiers.split(',').filter(Boolean),
      events: Number(row.events),
      latencySeconds: row.latency === null ? 0 : Number(row.latency),
    }));
  }
}

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
