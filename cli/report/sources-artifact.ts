import type { Freshness } from '../manifest/node.ts';
import type { ArtifactRun } from './artifact-metadata.ts';
import { artifactMetadata, timestamp } from './artifact-metadata.ts';
import { freshnessEntry } from './manifest-nodes.ts';

/** How old the newest row of a source is, and what its thresholds say about that. */
export type FreshnessResult =
  | {
      readonly id: string;
      readonly status: 'pass' | 'warn' | 'error';
      /** Milliseconds since the Unix epoch, UTC; absent for an empty table. */
      readonly loadedAt: number | undefined;
      readonly checkedAt: number;
      readonly ms: number;
      readonly freshness: Freshness;
    }
  | { readonly id: string; readonly status: 'runtime error'; readonly message: string };

const FIRST_MOMENT = -62_135_596_800_000;

/** `sources.json`, version 3 of dbt's shape. An empty table counts as loaded in year one. */
export function sourcesArtifact(
  results: readonly FreshnessResult[],
  run: ArtifactRun,
  elapsedMs: number,
): Record<string, unknown> {
  return {
    metadata: artifactMetadata('sources/v3', run),
    results: results.map(resultRow),
    elapsed_time: elapsedMs / 1000,
  };
}

function resultRow(result: FreshnessResult): Record<string, unknown> {
  if (result.status === 'runtime error') {
    return { unique_id: result.id, error: result.message, status: result.status };
  }
  const loadedAt = result.loadedAt ?? FIRST_MOMENT;
  const started = timestamp(result.checkedAt);
  return {
    unique_id: result.id,
    max_loaded_at: timestamp(loadedAt),
    snapshotted_at: started,
    max_loaded_at_time_ago_in_s: (result.checkedAt - loadedAt) / 1000,
    status: result.status,
    criteria: freshnessEntry(result.freshness),
    adapter_response: {},
    timing: [
      { name: 'compile', started_at: started, completed_at: started },
      {
        name: 'execute',
        started_at: started,
        completed_at: timestamp(result.checkedAt + result.ms),
      },
    ],
    thread_id: 'main',
    execution_time: result.ms / 1000,
  };
}
