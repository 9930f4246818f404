import type { AdMetrics } from './advertising-records.ts';
import { splitWhole } from './money.ts';

export const NO_METRICS: AdMetrics = {
  impressions: 0,
  reach: 0,
  clicks: 0,
  linkClicks: 0,
  spend: 0,
  purchases1d: 0,
  purchases7d: 0,
  purchases28d: 0,
  revenue1d: 0,
  revenue7d: 0,
  revenue28d: 0,
  viewPurchases1d: 0,
  viewRevenue1d: 0,
  addsToCart: 0,
  checkouts: 0,
};

const NAMES = Object.keys(NO_METRICS) as readonly (keyof AdMetrics)[];

export function addMetrics(left: AdMetrics, right: AdMetrics): AdMetrics {
  const sum: Record<string, number> = {};
  for (const name of NAMES) sum[name] = left[name] + right[name];
  return sum as unknown as AdMetrics;
}

/** Parts of all metrics by weight, which add up to them. For breakdowns (age, placement, device). */
export function splitMetrics(metrics: AdMetrics, weights: readonly number[]): AdMetrics[] {
  const parts: Record<string, number>[] = weights.map(() => ({}));
  for (const name of NAMES) {
    splitWhole(metrics[name], weights).forEach((amount, place) => {
      const part = parts[place];
      if (part !== undefined) part[name] = amount;
    });
  }
  return parts as unknown as AdMetrics[];
}
