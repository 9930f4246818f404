/** What Cortex keeps in the target database about what was read from platforms. Times are UTC. */
export interface SyncTables {
  /** One row per stream of an account. Whoever writes its raw tables holds this row locked. */
  readonly __cortex_sync_streams: {
    readonly platform: string;
    readonly account_id: string;
    readonly stream: string;
    readonly version: number;
    /** JSON: `[["2026-10-01","2026-10-08"]]`. */
    readonly intervals: string;
    readonly cursor_at: string | null;
    readonly synced_at: string | null;
    readonly swept_at: string | null;
    readonly deep_read_at: string | null;
    /** The newest transaction of each purpose: tells whether a commit happened whose answer was lost. */
    readonly sync_commit: string | null;
    readonly backfill_commit: string | null;
  };
  /** Windows of replaced rows that were committed in the last days, with the begin of their read by the server's clock. */
  readonly __cortex_sync_reads: {
    readonly platform: string;
    readonly account_id: string;
    readonly stream: string;
    readonly began_at: string;
    readonly range_from: string;
    readonly range_to: string;
  };
  /** What a platform says of an account. */
  readonly __cortex_sync_accounts: {
    readonly platform: string;
    readonly account_id: string;
    readonly name: string;
    readonly time_zone: string;
    readonly currency: string;
    readonly checked_at: string;
  };
  /** The newest run of a stream and purpose: its lease while it works, its figures afterwards. */
  readonly __cortex_sync_runs: {
    readonly platform: string;
    readonly account_id: string;
    readonly stream: string;
    readonly purpose: string;
    readonly run_id: string;
    readonly command: string;
    readonly host: string;
    readonly user: string;
    readonly pid: number;
    readonly thread_id: number;
    readonly started_at: string;
    readonly finished_at: string | null;
    readonly status: string | null;
    readonly added: number;
    readonly updated: number;
    readonly unchanged: number;
    readonly deleted: number;
    readonly misfits: number;
    readonly rejected: number;
  };
  /** What did not fit, once per stream, place and run. */
  readonly __cortex_sync_issues: {
    readonly run_id: string;
    readonly platform: string;
    readonly account_id: string;
    readonly stream: string;
    /** SHA-256 of kind, table, column, path and problem. */
    readonly issue_hash: string;
    readonly kind: string;
    readonly table_name: string;
    readonly column_name: string | null;
    readonly path: string;
    readonly problem: string;
    readonly value_hash: string | null;
    readonly occurrences: number;
    readonly seen_at: string;
  };
  /** Records that could not be stored, once each. */
  readonly __cortex_sync_rejects: {
    readonly platform: string;
    readonly account_id: string;
    readonly stream: string;
    readonly record_hash: string;
    readonly problem: string;
    readonly record: string | null;
    readonly run_id: string;
    readonly seen_at: string;
  };
}
