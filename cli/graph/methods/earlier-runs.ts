import type { FreshnessRecord } from '../state/previous-state.ts';
import { comparisonMissing, valueNotTaken } from '../messages.ts';
import type { SelectorMethod } from './method.ts';
import { matching, refused } from './method.ts';

/** Nodes that ended with this status in the earlier run. */
export const result: SelectorMethod = {
  name: 'result',
  matcher(atom, { inputs }) {
    if (inputs.results === undefined) return refused(comparisonMissing(atom, 'run_results.json'));
    const wanted = inputs.results.filter(({ status }) => status === atom.value);
    const ids = new Set(wanted.map(({ id }) => id));
    return matching((node) => ids.has(node.id));
  },
  known: ({ inputs }) => new Set(inputs.results?.map(({ status }) => status)),
};

/** `fresher`: sources that got newer rows since the earlier freshness check. */
export const sourceStatus: SelectorMethod = {
  name: 'source_status',
  matcher(atom, { inputs }) {
    if (inputs.previousFreshness === undefined || inputs.currentFreshness === undefined) {
      return refused(comparisonMissing(atom, 'sources.json'));
    }
    if (atom.value !== 'fresher') return refused(valueNotTaken(atom, ['fresher']));
    const ids = fresherSources(inputs.previousFreshness, inputs.currentFreshness);
    return matching((node) => ids.has(node.id));
  },
  known: () => ['fresher'],
};

/** A source whose check failed in either run is never fresher. */
function fresherSources(
  previous: readonly FreshnessRecord[],
  current: readonly FreshnessRecord[],
): ReadonlySet<string> {
  const before = new Map(previous.map((record) => [record.id, record]));
  const fresher = current.filter((record) => {
    if (record.maxLoadedAt === undefined) return false;
    const earlier = before.get(record.id);
    if (earlier === undefined) return true;
    if (earlier.maxLoadedAt === undefined) return false;
    return Date.parse(record.maxLoadedAt) > Date.parse(earlier.maxLoadedAt);
  });
  return new Set(fresher.map(({ id }) => id));
}
