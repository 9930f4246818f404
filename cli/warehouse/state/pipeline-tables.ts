/** What Cortex keeps about pipelines. Times are UTC. */
export interface PipelineTables {
  readonly __cortex_pipeline_runs: {
    readonly run_id: string;
    readonly pipeline: string;
    readonly target: string;
    /** The day it began on, in the zone of the pipeline. */
    readonly business_day: string;
    readonly host: string;
    readonly pid: number;
    readonly thread_id: number;
    readonly started_at: string;
    readonly heartbeat_at: string;
    readonly finished_at: string | null;
    /** `running`, `success`, `partial`, `failed`, `cancelled`, `crashed`. */
    readonly status: string;
  };
  readonly __cortex_pipeline_steps: {
    readonly run_id: string;
    readonly position: number;
    readonly step: string;
    /** `waiting`, `running`, `success`, `partial`, `failed`, `timed_out`, `cancelled`, `skipped`. */
    readonly status: string;
    readonly attempts: number;
    readonly exit_code: number | null;
    /** The first error code of its last try. */
    readonly code: string | null;
    /** Records that a sync changed. */
    readonly synced_rows: number;
    readonly started_at: string | null;
    readonly finished_at: string | null;
  };
}
