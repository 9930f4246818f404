/**
 * A stretch that was read completely and whose rows are committed. Half open; both ends are texts that sort
 * like what they mean: instants as `2026-10-01T00:00:00.000Z`, dates as `2026-10-01`.
 */
export interface Interval {
  readonly from: string;
  readonly to: string;
}

/** The intervals with one more: sorted, those that touch or overlap merged into one, empty ones left out. */
export function addInterval(intervals: readonly Interval[], added: Interval): readonly Interval[] {
  const sorted = [...intervals, added]
    .filter(({ from, to }) => from < to)
    .toSorted((a, b) => compare(a.from, b.from));
  const merged: Interval[] = [];
  for (const interval of sorted) {
    const last = merged.at(-1);
    if (last === undefined || last.to < interval.from) merged.push(interval);
    else if (last.to < interval.to)
      merged[merged.length - 1] = { from: last.from, to: interval.to };
  }
  return merged;
}

/** The parts of `wanted` that no interval covers, in order. */
export function missingIntervals(
  intervals: readonly Interval[],
  wanted: Interval,
): readonly Interval[] {
  const missing: Interval[] = [];
  let from = wanted.from;
  for (const done of intervals.toSorted((a, b) => compare(a.from, b.from))) {
    if (done.to <= from || done.from >= wanted.to) continue;
    if (from < done.from) missing.push({ from, to: done.from });
    from = done.to;
  }
  if (from < wanted.to) missing.push({ from, to: wanted.to });
  return missing;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
