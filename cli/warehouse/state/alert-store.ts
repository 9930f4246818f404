import type { Kysely } from 'kysely';
import type { Connection } from '../database.ts';
import type { StateTables } from './tables.ts';
import { instantText, toInstant } from './utc-text.ts';

/** Something that is wrong since a while. Times are milliseconds since the Unix epoch. */
interface OpenAlert {
  readonly key: string;
  /** Stands for what is wrong: another one is another alert. */
  readonly fingerprint: string;
  readonly openedAt: number;
  readonly notifiedAt: number;
}

interface NotificationCount {
  readonly channel: string;
  /** `due`, `sent`, `dead`. */
  readonly status: string;
  readonly notifications: number;
  /** When the newest was queued. */
  readonly newest: number;
  /** The most that one of them was tried. */
  readonly attempts: number;
}

interface DueNotification {
  readonly id: number;
  readonly channel: string;
  readonly attempts: number;
  readonly message: string;
}

const LEASE_MS = 120_000;
const KEPT_MS = 30 * 86_400_000;
const HOUR_MS = 3_600_000;

/** What is wrong now, and the outbox of what is to be told about it, in the target database. */
export class AlertStore {
  readonly #db: Kysely<StateTables>;

  private constructor(db: Kysely<StateTables>) {
    this.#db = db;
  }

  /** Makes or migrates the tables where needed. The session stays the caller's. */
  static async open(connection: Connection): Promise<AlertStore> {
    const [{ Kysely: Builder }, { ConnectionDialect }, { migrateState }] = await Promise.all([
      import('kysely'),
      import('../kysely-dialect.ts'),
      import('./migrations.ts'),
    ]);
    const db = new Builder<StateTables>({ dialect: new ConnectionDialect(connection) });
    await migrateState(db as unknown as Kysely<unknown>);
    return new AlertStore(db);
  }

  async openAlert(key: string): Promise<OpenAlert | undefined> {
    const row = await this.#db
      .selectFrom('__cortex_alerts')
      .selectAll()
      .where('alert_key', '=', key)
      .executeTakeFirst();
    return (
      row && {
        key,
        fingerprint: row.fingerprint,
        openedAt: milliseconds(row.opened_at),
        notifiedAt: milliseconds(row.notified_at),
      }
    );
  }

  /** Everything that is wrong now, what is wrong for the longest first. */
  async openAlerts(): Promise<readonly OpenAlert[]> {
    const rows = await this.#db
      .selectFrom('__cortex_alerts')
      .selectAll()
      .orderBy('opened_at')
      .orderBy('alert_key')
      .execute();
    return rows.map((row) => ({
      key: row.alert_key,
      fingerprint: row.fingerprint,
      openedAt: milliseconds(row.opened_at),
      notifiedAt: milliseconds(row.notified_at),
    }));
  }

  /** How many notifications of each channel and status, of the last 30 days, and the newest of them. */
  async counts(): Promise<readonly NotificationCount[]> {
    const rows = await this.#db
      .selectFrom('__cortex_notifications')
      .select((eb) => [
        'channel',
        'status',
        eb.fn.countAll<string>().as('notifications'),
        eb.fn.max('created_at').as('newest'),
        eb.fn.max('attempts').as('attempts'),
      ])
      .groupBy(['channel', 'status'])
      .orderBy('channel')
      .orderBy('status')
      .execute();
    return rows.map(({ channel, status, notifications, newest, attempts }) => ({
      channel,
      status,
      notifications: Number(notifications),
      newest: milliseconds(newest),
      attempts: Number(attempts),
    }));
  }

  async keepOpen(alert: OpenAlert): Promise<void> {
    const row = {
      fingerprint: alert.fingerprint,
      opened_at: instantText(alert.openedAt),
      notified_at: instantText(alert.notifiedAt),
    };
    await this.#db
      .insertInto('__cortex_alerts')
      .values({ alert_key: alert.key, ...row })
      .onDuplicateKeyUpdate(row)
      .execute();
  }

  async close(key: string): Promise<void> {
    await this.#db.deleteFrom('__cortex_alerts').where('alert_key', '=', key).execute();
  }

  /** Puts a message into the outbox, once per channel; a channel that had its share of the hour waits. */
  async queue(
    channels: readonly string[],
    message: string,
    { now, maxPerHour }: { readonly now: number; readonly maxPerHour: number },
  ): Promise<void> {
    for (const channel of channels) {
      const { count } = await this.#db
        .selectFrom('__cortex_notifications')
        .select((eb) => eb.fn.countAll().as('count'))
        .where('channel', '=', channel)
        .where('due_at', '>', instantText(now - HOUR_MS))
        .executeTakeFirstOrThrow();
      const due = Number(count) < maxPerHour ? now : now + HOUR_MS;
      await this.#db
        .insertInto('__cortex_notifications')
        .values({
          channel,
          message,
          status: 'due',
          attempts: 0,
          due_at: instantText(due),
          created_at: instantText(now),
          claimed_by: null,
        })
        .execute();
    }
  }

  /** Takes what is due for this process: no other gets it for two minutes. */
  async claim(worker: string, now: number): Promise<readonly DueNotification[]> {
    await this.#db
      .updateTable('__cortex_notifications')
      .set({ claimed_by: worker, due_at: instantText(now + LEASE_MS) })
      .where('status', '=', 'due')
      .where('due_at', '<=', instantText(now))
      .execute();
    const rows = await this.#db
      .selectFrom('__cortex_notifications')
      .selectAll()
      .where('status', '=', 'due')
      .where('claimed_by', '=', worker)
      .orderBy('id')
      .execute();
    return rows.map(({ id, channel, attempts, message }) => ({
      id: Number(id),
      channel,
      attempts: Number(attempts),
      message,
    }));
  }

  /** What became of a notification: told, to be tried again, or given up. */
  async settle(
    id: number,
    change: {
      readonly status: 'sent' | 'due' | 'dead';
      readonly attempts: number;
      readonly dueAt: number;
    },
  ): Promise<void> {
    await this.#db
      .updateTable('__cortex_notifications')
      .set({
        status: change.status,
        attempts: change.attempts,
        due_at: instantText(change.dueAt),
        claimed_by: null,
      })
      .where('id', '=', id)
      .execute();
  }

  /** Forgets what ended 30 days ago. */
  async forgetOld(now: number): Promise<void> {
    await this.#db
      .deleteFrom('__cortex_notifications')
      .where('status', '!=', 'due')
      .where('created_at', '<', instantText(now - KEPT_MS))
      .execute();
  }
}

function milliseconds(value: string): number {
  return Date.parse(toInstant(value));
}
