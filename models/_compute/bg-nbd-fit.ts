import type { SmoothFunction } from './minimise.ts';
import { minimise } from './minimise.ts';
import type { PurchaseSummaries, SummaryColumns } from './purchase-summaries.ts';

/** Rates of purchase are Gamma(r, alpha), the chance to leave after a purchase is Beta(a, b). */
export interface BgNbdParameters {
  readonly r: number;
  /** In the unit of time of the data. */
  readonly alpha: number;
  readonly a: number;
  readonly b: number;
}

export interface BgNbdFit extends BgNbdParameters {
  readonly logLikelihood: number;
  readonly isConverged: boolean;
  /** Nobody seems to leave: the data tell a plain NBD, and a and b have no meaning. */
  readonly isDegenerate: boolean;
}

/** Below this part of customers who leave, or beyond this b, the closed forms of BG/NBD cancel to nothing. */
const LEAST_LEAVING = 1e-6;
const GREATEST_B = 1e6;

export function isDegenerate({ a, b }: Pick<BgNbdParameters, 'a' | 'b'>): boolean {
  return a / (a + b) < LEAST_LEAVING || b > GREATEST_B;
}

/** ln of the likelihood of all customers. Fader, Hardie and Lee, "Counting your customers the easy way" (2005). */
export function bgNbdLogLikelihood(
  parameters: BgNbdParameters,
  summaries: PurchaseSummaries,
): number {
  return likelihood(parameters, summaries.columns(1), summaries.mostPurchases).value;
}

/** r, alpha (of a mean age of 1), a and b to start from: leaving is common, rare, or all but absent. */
const STARTS = [
  [0.5, 0.5, 1, 2],
  [1, 1, 0.1, 1],
  [0.5, 0.5, 0.01, 10],
] as const;

/** The parameters of the greatest likelihood. Needs customers with repeat purchases: callers say how many are enough. */
export function fitBgNbd(summaries: PurchaseSummaries): BgNbdFit {
  const scale = summaries.meanAge();
  const columns = summaries.columns(scale);
  const { customers, mostPurchases, repeatCustomers } = summaries;
  const objective: SmoothFunction = (logs) => {
    const [r = 1, alpha = 1, a = 1, b = 1] = logs.map(Math.exp);
    const { value, gradient } = likelihood({ r, alpha, a, b }, columns, mostPurchases);
    const isNumber = Number.isFinite(value);
    return {
      value: isNumber ? -value / customers : Infinity,
      gradient: [r, alpha, a, b].map((each, index) => (-each * (gradient[index] ?? 0)) / customers),
    };
  };
  const minima = STARTS.map((start) =>
    minimise(objective, start.map(Math.log), { tolerance: 1e-9, mostSteps: 500 }),
  );
  const best = minima.reduce((least, each) => (each.value < least.value ? each : least));
  const [r = 1, alpha = 1, a = 1, b = 1] = best.point.map(Math.exp);
  return {
    r,
    alpha: alpha * scale,
    a,
    b,
    // Times were divided by the scale: each repeat purchase brings its density back.
    logLikelihood: -best.value * customers - totalPurchases(columns) * Math.log(scale),
    isConverged: best.isConverged && repeatCustomers > 0,
    isDegenerate: isDegenerate({ a, b }),
  };
}

function totalPurchases({ frequency, count }: SummaryColumns): number {
  return frequency.reduce((sum, value, index) => sum + value * (count[index] ?? 0), 0);
}

/** The sum over customers, and its derivatives by r, alpha, a and b. */
function likelihood(
  { r, alpha, a, b }: BgNbdParameters,
  columns: SummaryColumns,
  mostPurchases: number,
): { readonly value: number; readonly gradient: readonly number[] } {
  const products = runningProducts({ r, a, b }, mostPurchases);
  const logAlpha = Math.log(alpha);
  const logA = Math.log(a);
  let [value, byR, byAlpha, byA, byB] = [0, 0, 0, 0, 0];
  for (let index = 0; index < columns.count.length; index += 1) {
    const x = columns.frequency[index] ?? 0;
    const count = columns.count[index] ?? 0;
    const end = alpha + (columns.age[index] ?? 0);
    const last = alpha + (columns.recency[index] ?? 0);
    const logEnd = Math.log(end);
    let one = (products.value[x] ?? 0) + r * logAlpha - (r + x) * logEnd;
    let alive = 0;
    if (x > 0) {
      const odds = logA - Math.log(b + x - 1) + (r + x) * (logEnd - Math.log(last));
      one += odds > 0 ? odds + Math.log1p(Math.exp(-odds)) : Math.log1p(Math.exp(odds));
      alive = 1 / (1 + Math.exp(-odds));
      byA += count * (alive / a);
      byB -= count * (alive / (b + x - 1));
      byR += count * alive * (logEnd - Math.log(last));
    }
    value += count * one;
    byR += count * ((products.byR[x] ?? 0) + logAlpha - logEnd);
    byAlpha += count * (r / alpha - (r + x) / end + alive * (r + x) * (1 / end - 1 / last));
    byA += count * (products.byA[x] ?? 0);
    byB += count * (products.byB[x] ?? 0);
  }
  return { value, gradient: [byR, byAlpha, byA, byB] };
}

/**
 * Γ(r+x)/Γ(r) and B(a, b+x)/B(a, b) for every x, as logs with their derivatives. As x is a whole number they are
 * products: no digits are lost to differences of great logs.
 */
function runningProducts({ r, a, b }: Omit<BgNbdParameters, 'alpha'>, most: number) {
  const value = new Float64Array(most + 1);
  const byR = new Float64Array(most + 1);
  const byA = new Float64Array(most + 1);
  const byB = new Float64Array(most + 1);
  for (let x = 0; x < most; x += 1) {
    value[x + 1] = (value[x] ?? 0) + Math.log(r + x) - Math.log1p(a / (b + x));
    byR[x + 1] = (byR[x] ?? 0) + 1 / (r + x);
    byA[x + 1] = (byA[x] ?? 0) - 1 / (a + b + x);
    byB[x + 1] = (byB[x] ?? 0) + a / ((b + x) * (a + b + x));
  }
  return { value, byR, byA, byB };
}
