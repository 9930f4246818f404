import type { Database } from '../../../cli/warehouse/database.ts';
import { letHeapGrow } from '../../../cli/platform/small-heap.ts';
import { SyncSession } from '../../../cli/warehouse/sync-session.ts';
import type { HttpWorldOptions } from '../http/open-http-world.ts';
import { openHttpWorld } from '../http/open-http-world.ts';
import type { SyncEvent } from './sync-event.ts';
import type { SyncOrder, SyncRun } from './sync-run.ts';

export interface SyncRunOptions extends HttpWorldOptions {
  readonly database: Database;
  readonly order: SyncOrder;
  /** New raw tables are made like the other tables of the target's database. */
  readonly tableDefaults: { readonly charset: string; readonly collation: string };
  readonly client: SyncRun['client'];
  /** The command line, shown to whoever has to wait. */
  readonly command: string;
  /** Streams that are read side by side; 8 unless told. */
  readonly parallel?: number | undefined;
  readonly onEvent: (event: SyncEvent) => void;
  readonly erasedPeople?: SyncRun['erasedPeople'];
}

const DEFAULT_PARALLEL = 8;

/** Opens what a run of `syncPlatforms` touches: connections to platforms, and the session of the sync state. */
export async function openSyncRun(options: SyncRunOptions): Promise<SyncRun & AsyncDisposable> {
  const { database, command, clock, parallel = DEFAULT_PARALLEL } = options;
  const session = await SyncSession.open(database, { command, clock });
  const world = await openHttpWorld(options);
  return {
    ...options,
    ...world,
    session,
    parallel,
    async [Symbol.asyncDispose]() {
      letHeapGrow();
      await world[Symbol.asyncDispose]();
      await session[Symbol.asyncDispose]();
    },
  };
}
