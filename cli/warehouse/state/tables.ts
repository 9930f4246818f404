import type { Generated } from 'kysely';
import type { AlertTables } from './alert-tables.ts';
import type { ConversionTables } from './conversion-tables.ts';
import type { PipelineTables } from './pipeline-tables.ts';
import type { PrivacyTables } from './privacy-tables.ts';
import type { SyncTables } from './sync-tables.ts';

/** What Cortex keeps in the target database about its own work. Times are UTC. */
export interface StateTables
  extends SyncTables, ConversionTables, AlertTables, PipelineTables, PrivacyTables {
  /** One row per run that took the run lock: while it works this is its lease. */
  readonly __cortex_runs: {
    readonly run_id: string;
    readonly command: string;
    readonly host: string;
    readonly user: string;
    readonly pid: number;
    readonly thread_id: number;
    readonly started_at: Generated<string>;
    readonly heartbeat_at: Generated<string>;
    readonly finished_at: string | null;
    readonly status: string | null;
  };
  /** The last success of every node. */
  readonly __cortex_nodes: {
    readonly node_id: string;
    readonly run_id: string;
    readonly ms: number;
    readonly row_count: number | null;
    readonly finished_at: Generated<string>;
    /** Milliseconds of its newest ordinary runs, oldest first: `1200,1150`. */
    readonly recent_ms: string | null;
    /** Of the node when it was built; NULL where its inputs were empty. */
    readonly checksum: string | null;
  };
  /** Data tests that every row of an incremental model's table passes: their checksums by id, as JSON. */
  readonly __cortex_passed_tests: { readonly node_id: string; readonly tests: string };
  /** Nodes of the run that works now whose transactions committed. */
  readonly __cortex_commits: { readonly run_id: string; readonly node_id: string };
  /** Shadows that stay for inspection after a failing test. */
  readonly __cortex_kept: {
    readonly database_name: string;
    readonly relation_name: string;
    readonly node_id: string;
    readonly run_id: string;
    readonly kept_at: Generated<string>;
  };
}
