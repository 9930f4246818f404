/** dbt's release whose shapes the artifacts follow: readers of artifacts look at it. */
const DBT_VERSION = '1.12.3';

/** The run that an artifact belongs to. */
export interface ArtifactRun {
  readonly runId: string;
  readonly cortexVersion: string;
  /** Milliseconds since the Unix epoch, UTC. */
  readonly startedAt: number;
  readonly generatedAt: number;
}

/** The `metadata` object that all artifacts share; `schema` is the last part of its URL. */
export function artifactMetadata(schema: string, run: ArtifactRun): Record<string, unknown> {
  return {
    dbt_schema_version: `https://schemas.getdbt.com/dbt/${schema}.json`,
    dbt_version: DBT_VERSION,
    generated_at: timestamp(run.generatedAt),
    invocation_id: run.runId,
    invocation_started_at: timestamp(run.startedAt),
    env: { CORTEX_VERSION: run.cortexVersion },
  };
}

/** ISO 8601 in UTC with microseconds, as dbt writes it. */
export function timestamp(ms: number): string {
  return new Date(ms).toISOString().replace(/(\.\d{3})Z$/, '$1000Z');
}
