/** Durations that are kept of a node. */
const MOST = 20;

/**
 * The durations of a node's newest ordinary runs (milliseconds, oldest first) with one more. A run of empty inputs or a full
 * refresh is no ordinary one: it adds none.
 */
export function recentDurations(
  before: readonly number[],
  ms: number,
  { isOrdinary }: { readonly isOrdinary: boolean },
): readonly number[] {
  return isOrdinary ? [...before, ms].slice(-MOST) : before;
}
