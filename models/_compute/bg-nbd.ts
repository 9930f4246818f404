import type { Quadrature } from './beta-quadrature.ts';
import { betaQuadrature } from './beta-quadrature.ts';
import type { BgNbdParameters } from './bg-nbd-fit.ts';
import { isDegenerate } from './bg-nbd-fit.ts';
import type { PurchaseSummary } from './purchase-summaries.ts';

/** The most points of an average; so many are asked for only by far more purchases than a shop sees in a day. */
const MOST_POINTS = 512;

/** What BG/NBD expects of customers under given parameters. Times are in the unit of the parameters. */
export class BgNbd {
  readonly #parameters: BgNbdParameters;
  readonly #isDegenerate: boolean;
  readonly #quadratures = new Map<string, Quadrature>();
  /** Customers who bought as often in as long expect the same, once they are alive. */
  readonly #expected = new Map<string, number>();

  constructor(parameters: BgNbdParameters) {
    this.#parameters = parameters;
    this.#isDegenerate = isDegenerate(parameters);
  }

  /** The probability that a customer has not left; 1 without a repeat purchase, and where nobody leaves. */
  aliveProbability({ frequency: x, recency, age }: PurchaseSummary): number {
    const { r, alpha, a, b } = this.#parameters;
    if (x === 0 || this.#isDegenerate) return 1;
    const odds = Math.log(a / (b + x - 1)) + (r + x) * Math.log((alpha + age) / (alpha + recency));
    return 1 / (1 + Math.exp(odds));
  }

  /** Purchases that are expected of a customer within `time` from now. */
  expectedPurchases(customer: PurchaseSummary, time: number): number {
    return this.aliveProbability(customer) * this.#expectedWhenAlive(customer, time);
  }

  /** Purchases that are expected of a customer of whom nothing is known within `time` of the first one. */
  expectedOfNew(time: number): number {
    return this.#expectedWhenAlive({ frequency: 0, age: 0 }, time);
  }

  /** The probability that a new customer buys nothing within `time` of the first purchase. */
  noPurchaseProbability(time: number): number {
    const { r, alpha } = this.#parameters;
    return (alpha / (alpha + time)) ** r;
  }

  /**
   * The mean of (1 - (1 + p t / (alpha + T))^-(r + x)) / p over the chance p to leave, which is Beta(a, b + x). It equals
   * the published closed form with the function 2F1, without its differences of great numbers and without its
   * gaps (a = 1, a + b + x = 1); where nobody leaves it is t (r + x) / (alpha + T).
   */
  #expectedWhenAlive(
    { frequency: x, age }: Pick<PurchaseSummary, 'frequency' | 'age'>,
    time: number,
  ): number {
    const { r, alpha } = this.#parameters;
    const rate = r + x;
    const reach = time / (alpha + age);
    if (this.#isDegenerate) return rate * reach;
    const key = `${x},${age},${time}`;
    const known = this.#expected.get(key);
    if (known !== undefined) return known;
    const { points, weights } = this.#quadratureFor(x, pointsFor(rate, reach));
    let sum = 0;
    for (const [index, p] of points.entries())
      sum += (weights[index] ?? 0) * (-Math.expm1(-rate * Math.log1p(p * reach)) / p);
    this.#expected.set(key, sum);
    return sum;
  }

  #quadratureFor(x: number, size: number): Quadrature {
    const key = `${x},${size}`;
    const known = this.#quadratures.get(key);
    if (known !== undefined) return known;
    const { a, b } = this.#parameters;
    const made = betaQuadrature(a, b + x, size);
    this.#quadratures.set(key, made);
    return made;
  }
}

/** Points that give twelve digits: the function bends within 1 / (rate * reach) of 0. In steps, to be shared. */
function pointsFor(rate: number, reach: number): number {
  const needed = 32 + 6 * Math.sqrt(reach * Math.max(1, rate));
  return Math.min(MOST_POINTS, 32 * Math.ceil(needed / 32));
}
