/** How a value to come is counted: money later is worth less. */
export interface ValuePeriods {
  readonly periods: number;
  /** Of one period, in the unit of the expectation. */
  readonly length: number;
  /** Per period: 0.01 is one per cent. */
  readonly discount: number;
}

/**
 * The discounted value of what is expected in periods to come, each paid at its end.
 * `expectedPurchases` gives the purchases up to a time from now, `value` that of one purchase.
 */
export function lifetimeValue(
  expectedPurchases: (time: number) => number,
  value: number,
  { periods, length, discount }: ValuePeriods,
): number {
  let sum = 0;
  let before = 0;
  for (let period = 1; period <= periods; period += 1) {
    const until = expectedPurchases(period * length);
    sum += (value * (until - before)) / (1 + discount) ** period;
    before = until;
  }
  return sum;
}
