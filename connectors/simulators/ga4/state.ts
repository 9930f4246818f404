import { WindowQuota } from '../limits.ts';
import type { SimulatorClock } from '../simulated-clock.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Midnight Pacific time, in winter. */
const PACIFIC_MS = 8 * HOUR_MS;

/** What the platform remembers of a property: its tokens, and results of queries that are being paged. */
export class Ga4State {
  readonly perHour: WindowQuota;
  readonly perDay: WindowQuota;
  readonly jobs = new Map<string, readonly string[]>();

  constructor(clock: SimulatorClock) {
    this.perHour = new WindowQuota(clock, 40_000, HOUR_MS);
    this.perDay = new WindowQuota(clock, 200_000, DAY_MS, PACIFIC_MS);
  }

  quota(consumed: number) {
    return {
      tokensPerDay: { consumed, remaining: 200_000 - this.perDay.used },
      tokensPerHour: { consumed, remaining: 40_000 - this.perHour.used },
      concurrentRequests: { consumed: 0, remaining: 10 },
      serverErrorsPerProjectPerHour: { consumed: 0, remaining: 10 },
      potentiallyThresholdedRequestsPerHour: { consumed: 0, remaining: 120 },
      tokensPerProjectPerHour: { consumed, remaining: 14_000 },
    };
  }
}
