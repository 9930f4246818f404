import { digamma, logGamma } from './gamma.ts';
import type { SmoothFunction } from './minimise.ts';
import { minimise } from './minimise.ts';

/** The value of a purchase is Gamma(p, ν) for a customer, and ν is Gamma(q, v) over customers. */
export interface GammaGammaParameters {
  readonly p: number;
  readonly q: number;
  /** In the currency of the data. */
  readonly v: number;
}

export interface GammaGammaFit extends GammaGammaParameters {
  readonly logLikelihood: number;
  readonly isConverged: boolean;
}

/** Customers with repeat purchases of a positive mean value, as two columns that grow. */
export class PurchaseValues {
  readonly frequency: number[] = [];
  readonly meanValue: number[] = [];

  /** Leaves out customers without a repeat purchase and those whose purchases came to nothing. */
  add(frequency: number, meanValue: number): void {
    if (frequency <= 0 || !(meanValue > 0)) return;
    this.frequency.push(frequency);
    this.meanValue.push(meanValue);
  }

  /** The mean of the values, each customer counted once; NaN without any. */
  mean(): number {
    return mean(this.meanValue);
  }

  /** The mean of all purchases, each counted once; NaN without any. */
  meanOfPurchases(): number {
    let [total, purchases] = [0, 0];
    for (const [index, frequency] of this.frequency.entries()) {
      total += frequency * (this.meanValue[index] ?? 0);
      purchases += frequency;
    }
    return total / purchases;
  }

  /** Pearson's correlation of how often and how much: the model assumes none. NaN without a spread. */
  correlation(): number {
    const [x, m] = [mean(this.frequency), mean(this.meanValue)];
    let [xx, mm, xm] = [0, 0, 0];
    for (const [index, frequency] of this.frequency.entries()) {
      const value = (this.meanValue[index] ?? 0) - m;
      xx += (frequency - x) ** 2;
      mm += value ** 2;
      xm += (frequency - x) * value;
    }
    return xm / Math.sqrt(xx * mm);
  }
}

function mean(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** With a greater q customers do not differ in what they spend, and q and v grow together for ever. */
const GREATEST_Q = 1e6;

const STARTS = [
  [2, 3, 1],
  [6, 4, 0.5],
  [1, 1.5, 1],
] as const;

/** The parameters of the greatest likelihood. Fader and Hardie, "The Gamma-Gamma model of monetary value" (2013). */
export function fitGammaGamma(values: PurchaseValues): GammaGammaFit {
  const size = values.frequency.length;
  const scale = values.mean();
  const objective: SmoothFunction = (logs) => {
    const [p = 1, q = 1, v = 1] = logs.map(Math.exp);
    const { value, gradient } = likelihood({ p, q, v }, values, scale);
    return {
      value: Number.isFinite(value) ? -value / size : Infinity,
      gradient: [p, q, v].map((each, index) => (-each * (gradient[index] ?? 0)) / size),
    };
  };
  const minima = STARTS.map((start) =>
    minimise(objective, start.map(Math.log), {
      tolerance: 1e-8,
      mostSteps: 500,
      farthest: Math.log(GREATEST_Q),
    }),
  );
  const best = minima.reduce((least, each) => (each.value < least.value ? each : least));
  const [p = 1, q = 1, v = 1] = best.point.map(Math.exp);
  const logLikelihood = -best.value * size - size * Math.log(scale);
  return { p, q, v: v * scale, logLikelihood, isConverged: best.isConverged };
}

/**
 * False where the parameters predict no value. Where customers do not differ the search has no maximum to end at (q and v
 * grow together), and with q of 1 or less the mean over customers is infinite.
 */
export function predictsValues({ isConverged, p, q, v }: GammaGammaFit): boolean {
  return isConverged && q > 1 && Number.isFinite(p + q + v);
}

/** The mean value that is expected of a customer: the own mean and that of all, weighted by what is known. */
export function expectedValue(
  { p, q, v }: GammaGammaParameters,
  frequency: number,
  meanValue: number,
): number {
  const known = p * frequency;
  return (v * p + known * meanValue) / (known + q - 1);
}

/** The sum over customers, and its derivatives by p, q and v. Values are divided by `scale`. */
function likelihood(
  { p, q, v }: GammaGammaParameters,
  { frequency, meanValue }: PurchaseValues,
  scale: number,
): { readonly value: number; readonly gradient: readonly number[] } {
  const byFrequency = new Map<number, { value: number; both: number; own: number }>();
  const ofFrequency = (x: number) => {
    const known = byFrequency.get(x);
    if (known !== undefined) return known;
    const made = {
      value: logGamma(p * x + q) - logGamma(p * x),
      both: digamma(p * x + q),
      own: digamma(p * x),
    };
    byFrequency.set(x, made);
    return made;
  };
  const constant = q * Math.log(v) - logGamma(q);
  const byQConstant = Math.log(v) - digamma(q);
  let [value, byP, byQ, byV] = [0, 0, 0, 0];
  for (const [index, x] of frequency.entries()) {
    const m = (meanValue[index] ?? 0) / scale;
    const known = ofFrequency(x);
    const total = x * m + v;
    const logTotal = Math.log(total);
    const logSum = Math.log(x * m);
    value += known.value + constant + p * x * logSum - Math.log(m) - (p * x + q) * logTotal;
    byP += x * (known.both - known.own + logSum - logTotal);
    byQ += known.both + byQConstant - logTotal;
    byV += q / v - (p * x + q) / total;
  }
  return { value, gradient: [byP, byQ, byV] };
}
