import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The rows that each node of the last build in a project's folder wrote, by the node's name. */
export function rowsWritten(directory: string): Readonly<Record<string, number>> {
  const { results } = JSON.parse(
    readFileSync(join(directory, 'target/run_results.json'), 'utf8'),
  ) as RunResults;
  return Object.fromEntries(
    results.map(({ unique_id, adapter_response }) => [
      unique_id.split('.').at(-1) ?? '',
      adapter_response.rows_affected ?? 0,
    ]),
  );
}

interface RunResults {
  readonly results: readonly {
    readonly unique_id: string;
    readonly adapter_response: { readonly rows_affected?: number };
  }[];
}
