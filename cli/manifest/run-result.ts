import type { NodeId } from './node-id.ts';

/** dbt's statuses. `cancelled` nodes are written as `skipped` in `run_results.json`. */
export type NodeStatus = 'success' | 'error' | 'skipped' | 'no-op' | 'cancelled';
export type TestStatus = 'pass' | 'warn' | 'fail' | 'error' | 'skipped' | 'cancelled';

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
  readonly relationName?: string;
  readonly compiledSql?: string;
  readonly adapterResponse: Readonly<Record<string, unknown>>;
}
