/** Milliseconds: 1, 2, 4, 8 and 16 seconds, at most. */
const FIRST_MS = 1_000;
const LONGEST_MS = 16_000;

/**
 * How long to wait before a try, the first being 0: a random time up to a bound that doubles, so that
 * clients which failed together do not come back together. `random` is in [0, 1).
 */
export function backOffMs(tries: number, random: () => number): number {
  return Math.round(random() * Math.min(FIRST_MS * 2 ** tries, LONGEST_MS));
}
