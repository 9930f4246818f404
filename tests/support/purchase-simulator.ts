import type { PurchaseSummary } from '../../models/_compute/purchase-summaries.ts';

/** Numbers in (0, 1) from a seed: the same ones in every run (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 4_294_967_296;
  };
}

/** Gamma(shape, 1), by the method of Marsaglia and Tsang. */
export function gammaNumber(shape: number, random: () => number): number {
  if (shape < 1) return gammaNumber(shape + 1, random) * random() ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const normal = Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
    const cube = (1 + normal / Math.sqrt(9 * d)) ** 3;
    if (cube > 0 && Math.log(random()) < normal ** 2 / 2 + d - d * cube + d * Math.log(cube))
      return d * cube;
  }
}

/** Customers as BG/NBD describes them, each observed for a time between half of `longest` and all of it. */
export function* simulatedCustomers(
  parameters: {
    readonly r: number;
    readonly alpha: number;
    readonly a: number;
    readonly b: number;
  },
  { customers, longest, random }: { customers: number; longest: number; random: () => number },
): Generator<PurchaseSummary> {
  const { r, alpha, a, b } = parameters;
  for (let customer = 0; customer < customers; customer += 1) {
    const rate = gammaNumber(r, random) / alpha;
    const [left, right] = [gammaNumber(a, random), gammaNumber(b, random)];
    const leaves = left / (left + right);
    const age = longest * (0.5 + random() / 2);
    let [frequency, recency] = [0, 0];
    for (let time = -Math.log(random()) / rate; time <= age; time -= Math.log(random()) / rate) {
      frequency += 1;
      recency = time;
      if (random() < leaves) break;
    }
    yield { frequency, recency, age };
  }
}
