import { Kept } from '../kept.ts';
import { WindowQuota } from '../limits.ts';
import type { SimulatorClock } from '../simulated-clock.ts';
import type { ExportedEvents } from './exported-events.ts';

/** Results of queries are paged once, right after they were made; each keeps the events of five minutes. */
const KEPT_JOBS = { most: 12 };

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Midnight Pacific time, in winter. */
const PACIFIC_MS = 8 * HOUR_MS;

/** What the platform remembers of a property: its tokens, and results of queries that are being paged. */
export class Ga4State {
  readonly perHour: WindowQuota;
  readonly perDay: WindowQuota;
  readonly #jobs = new Kept<string, ExportedEvents>(KEPT_JOBS);
  #lastJob = 0;

  constructor(clock: SimulatorClock) {
    this.perHour = new WindowQuota(clock, 40_000, HOUR_MS);
    this.perDay = new WindowQuota(clock, 200_000, DAY_MS, PACIFIC_MS);
  }

  /** Keeps the result of a query for the pages that follow; its name. */
  keepJob(events: ExportedEvents): string {
    this.#lastJob += 1;
    const name = `job_${this.#lastJob}`;
    this.#jobs.of(name, () => events);
    return name;
  }

  job(name: string): ExportedEvents | undefined {
    return this.#jobs.get(name);
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
