import { formatDuration, plural } from '../../kernel/format.ts';
import { median } from '../../kernel/median.ts';
import type { Check } from '../../warehouse/diagnosis/check.ts';
import { ok, warn } from '../../warehouse/diagnosis/check.ts';
import { StateStore } from '../../warehouse/state/state-store.ts';
import type { Patient } from './finding.ts';

/** Fewer earlier runs say nothing. */
const FEWEST_RUNS = 5;
/** A node is slow when its last run took so many times its median, */
const TIMES = 2;
/** and so many milliseconds more. */
const LEAST_MS = 10_000;

/** Nodes whose last run took much longer than their earlier ones. */
export async function* slowNodes({ database, manifest }: Patient): AsyncGenerator<Check> {
  const state = await StateStore.open(database.control);
  let steady = 0;
  for (const [id, { recentMs }] of await state.history()) {
    const node = manifest.nodes.get(id);
    const earlier = recentMs.slice(0, -1);
    const last = recentMs.at(-1) ?? 0;
    if (node === undefined || earlier.length < FEWEST_RUNS) continue;
    const usual = median(earlier) ?? 0;
    if (last <= usual * TIMES || last - usual < LEAST_MS) {
      steady += 1;
      continue;
    }
    const took = formatDuration(last).trim();
    const runs = plural(earlier.length, 'earlier run');
    yield warn(
      node.name,
      `took ${took}, and ${formatDuration(usual).trim()} in the middle of ${runs}`,
      `look at its plan (\`cortex compile --select ${node.name}\`, then EXPLAIN), and at what else the server did`,
    );
  }
  if (steady > 0) yield ok('durations', `${plural(steady, 'node')} as fast as before`);
}
