import type { Freshness } from '../../manifest/node.ts';
import type { FreshnessThreshold } from '../../manifest/node-config.ts';

const PERIOD_MS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

/** True when a source has a threshold to be measured by. */
export function isChecked(freshness: Freshness | undefined): freshness is Freshness {
  return freshness?.warnAfter !== undefined || freshness?.errorAfter !== undefined;
}

/** What the thresholds say about rows of an age in milliseconds; an empty table is infinitely old. */
export function freshnessStatus(ageMs: number, freshness: Freshness): 'pass' | 'warn' | 'error' {
  if (isOlder(ageMs, freshness.errorAfter)) return 'error';
  return isOlder(ageMs, freshness.warnAfter) ? 'warn' : 'pass';
}

function isOlder(ageMs: number, threshold: FreshnessThreshold | undefined): boolean {
  return threshold !== undefined && ageMs > milliseconds(threshold);
}

/** How long a threshold is. */
export function milliseconds({ count, period }: FreshnessThreshold): number {
  return count * PERIOD_MS[period];
}
