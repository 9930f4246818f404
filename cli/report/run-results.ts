import type { NodeResult } from '../manifest/run-result.ts';
import type { ArtifactRun } from './artifact-metadata.ts';
import { artifactMetadata, timestamp } from './artifact-metadata.ts';
import type { Reporter } from './reporter.ts';

/** `run_results.json`, version 6 of dbt's shape. `args` holds the flags of the run and `which`. */
export function runResults(input: {
  readonly run: ArtifactRun;
  readonly results: readonly NodeResult[];
  readonly elapsedMs: number;
  readonly args: Readonly<Record<string, unknown>> & { readonly which: string };
}): Record<string, unknown> {
  return {
    metadata: artifactMetadata('run-results/v6', input.run),
    results: input.results.map(resultRow),
    elapsed_time: input.elapsedMs / 1000,
    args: input.args,
  };
}

function resultRow(result: NodeResult): Record<string, unknown> {
  return {
    status: result.status === 'cancelled' ? 'skipped' : result.status,
    timing: timing(result),
    thread_id: result.thread,
    execution_time: result.ms / 1000,
    adapter_response: result.adapterResponse,
    message: result.message === '' ? null : result.message,
    failures: result.failures ?? null,
    unique_id: result.id,
    compiled: result.compiledSql !== undefined,
    compiled_code: result.compiledSql ?? null,
    relation_name: result.relationName ?? null,
  };
}

/** Compiling is instant beside executing: it is shown as a moment at the start. */
function timing({ startedAt, finishedAt }: NodeResult): readonly Record<string, unknown>[] {
  if (startedAt === undefined) return [];
  const start = timestamp(startedAt);
  return [
    { name: 'compile', started_at: start, completed_at: start },
    { name: 'execute', started_at: start, completed_at: timestamp(finishedAt ?? startedAt) },
  ];
}

/** Collects the results of a run and hands them over at its end, also when it was cancelled. */
export function resultsReporter(
  write: (results: readonly NodeResult[], elapsedMs: number) => void,
): Reporter {
  const results: NodeResult[] = [];
  return {
    report(event) {
      if (event.type === 'nodeFinished' || event.type === 'testFinished')
        results.push(event.result);
      if (event.type === 'runFinished') write(results, event.ms);
    },
    close() {},
  };
}
