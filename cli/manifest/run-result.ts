import type { NodeId } from './node-id.ts';

/**
 * dbt's statuses. `cancelled` nodes are written as `skipped` in `run_results.json`. A `partial` stream stopped
 * where a limit of its platform was used up, and goes on in the next sync.
 */
export type NodeStatus = 'success' | 'partial' | 'error' | 'skipped' | 'no-op' | 'cancelled';
export type TestStatus = 'pass' | 'warn' | 'fail' | 'error' | 'skipped' | 'cancelled';

/** What a sync changed in the tables of a stream, in records. */
export interface SyncedFigures {
  readonly added: number;
  readonly updated: number;
  /** Rows of a report that the platform says anew. */
  readonly restated: number;
  readonly deleted: number;
  readonly refused: number;
  /** Milliseconds between the end of what is read and now; absent where the stream has no such end. */
  readonly lagMs?: number;
}

/** How one selected node ended. */
export interface NodeResult {
  readonly id: NodeId;
  readonly status: NodeStatus | TestStatus;
  readonly message: string;
  /** Milliseconds since the Unix epoch, UTC; absent when nothing ran. */
  readonly startedAt?: number;
  readonly finishedAt?: number;
  readonly ms: number;
  readonly thread: string;
  readonly failures?: number;
  readonly rows?: number;
  /** Of a stream: records by what became of them, and where its reading ends. */
  readonly synced?: SyncedFigures;
  readonly relationName?: string;
  readonly compiledSql?: string;
  readonly adapterResponse: Readonly<Record<string, unknown>>;
}
