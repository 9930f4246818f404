import { WindowQuota } from '../limits.ts';
import type { SimulatorClock } from '../simulated-clock.ts';

const DAY_MS = 86_400_000;
/** Access level Basic. */
const OPERATIONS_A_DAY = 15_000;
const REQUESTS_A_SECOND = 20;

/** What the platform remembers of a developer token: its operations. A page of the same query costs none. */
export class GoogleAdsState {
  /** Rows of a page, which a client cannot choose. */
  pageSize = 10_000;
  readonly #perDay: WindowQuota;
  readonly #clock: SimulatorClock;
  #perSecond: WindowQuota;

  constructor(clock: SimulatorClock) {
    this.#clock = clock;
    this.#perDay = new WindowQuota(clock, OPERATIONS_A_DAY, DAY_MS);
    this.#perSecond = new WindowQuota(clock, REQUESTS_A_SECOND, 1000);
  }

  /** Another number of requests in a second from now on. */
  useRequestsASecond(requests: number): void {
    this.#perSecond = new WindowQuota(this.#clock, requests, 1000);
  }

  /** Which limit a request meets, and how many seconds it should wait. */
  take(isFirstPage: boolean): { readonly scope: string; readonly seconds: number } | undefined {
    const second = this.#perSecond.take();
    if (!second.isAllowed) return { scope: 'RESOURCE_TEMPORARILY_EXHAUSTED', seconds: 1 };
    const day = isFirstPage ? this.#perDay.take() : undefined;
    if (day === undefined || day.isAllowed) return undefined;
    return { scope: 'RESOURCE_EXHAUSTED', seconds: Math.ceil(day.waitMs / 1000) };
  }
}
