import type { Database } from '../../../cli/warehouse/database.ts';
import type { SyncSession } from '../../../cli/warehouse/sync-session.ts';
import type { ErasedPeople } from '../pii/erased-people.ts';
import type { HttpWorld } from '../http/http-world.ts';
import type { SyncEvent } from './sync-event.ts';

/** What a run reads. Days are days of each account's calendar. */
export interface SyncOrder {
  readonly purpose: 'sync' | 'backfill';
  /** First day: a sync reads from it whatever was read before, a backfill what is missing from it on. */
  readonly since?: string | undefined;
  /** Last day that is read. */
  readonly until?: string | undefined;
  /** Forgets what was read, and reads from the start. Takes another currency or zone of an account. */
  readonly fullRefresh: boolean;
  /** Wait for another run of the same stream in place of being refused. */
  readonly wait: boolean;
}

/** Everything that a run touches. */
export interface SyncRun extends HttpWorld {
  readonly order: SyncOrder;
  readonly database: Database;
  readonly session: SyncSession;
  readonly tableDefaults: { readonly charset: string; readonly collation: string };
  /** Currency (ISO 4217) and IANA zone of the project's client; empty where the project says nothing. */
  readonly client: { readonly currency: string; readonly timezone: string };
  /** Streams that are read side by side, over all accounts. */
  readonly parallel: number;
  readonly onEvent: (event: SyncEvent) => void;
  /** Whose data must not come back, asked for when a stream is held; nobody's where it is not given. */
  readonly erasedPeople?: (() => Promise<ErasedPeople | undefined>) | undefined;
}
