/** Optimal-string-alignment distance, given up above `limit`. */
function distance(left: string, right: string, limit: number): number {
  if (Math.abs(left.length - right.length) > limit) return limit + 1;
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const same = left[row - 1] === right[column - 1];
      let best = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped =
        row > 1 &&
        column > 1 &&
        left[row - 1] === right[column - 2] &&
        left[row - 2] === right[column - 1];
      if (swapped) best = Math.min(best, (beforePrevious[column - 2] ?? 0) + 1);
      current[column] = best;
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[right.length] ?? limit + 1;
}

/** Up to three known names near the one that was written, nearest first. */
function nearest(wanted: string, known: Iterable<string>, most = 3): string[] {
  const lower = wanted.toLowerCase();
  const limit = lower.length <= 3 ? 1 : Math.max(2, Math.floor(lower.length / 5));
  const scored: { name: string; score: number }[] = [];
  for (const name of known) {
    const score = distance(lower, name.toLowerCase(), limit);
    if (score <= limit) scored.push({ name, score });
  }
  scored.sort((a, b) => a.score - b.score || (a.name < b.name ? -1 : 1));
  return scored.slice(0, most).map((entry) => entry.name);
}

/** `did you mean `a` or `b`?`, or `undefined` when nothing is near. */
export function didYouMean(wanted: string, known: Iterable<string>): string | undefined {
  const names = nearest(wanted, known).map((name) => `\`${name}\``);
  return names.length === 0 ? undefined : `did you mean ${listOf(names, 'or')}?`;
}

/** `a`, `a or b`, `a, b or c`. */
export function listOf(names: readonly string[], conjunction: 'or' | 'and'): string {
  if (names.length <= 1) return names[0] ?? '';
  return `${names.slice(0, -1).join(', ')} ${conjunction} ${names.at(-1)}`;
}
