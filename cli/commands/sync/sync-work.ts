import type { SyncOrder } from '../../../connectors/runner/sync/sync-run.ts';
import type { Database } from '../../warehouse/database.ts';
import type { ProjectSession } from '../session.ts';
import type { SyncReporting } from './sync-reporting.ts';

/** What the parts of a sync work with. */
export interface SyncWork {
  readonly session: ProjectSession;
  readonly database: Database;
  readonly order: SyncOrder;
  readonly tableDefaults: { readonly charset: string; readonly collation: string };
  readonly reporting: SyncReporting;
}

/** What whoever has to wait for this run is shown. */
export function commandLine({ purpose }: SyncOrder): string {
  return `cortex ${purpose}`;
}
