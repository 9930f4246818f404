import { Bucket, WindowQuota } from '../limits.ts';
import type { SimulatorClock } from '../simulated-clock.ts';

export interface TiktokAdsLimits {
  /** Calls of the app in a second, in a minute and in a day (UTC). */
  readonly perSecond: number;
  readonly perMinute: number;
  readonly perDay: number;
  /** Calls about one advertiser in a second. */
  readonly advertiserPerSecond: number;
}

/** The basic tier. */
const BASIC_TIER: TiktokAdsLimits = {
  perSecond: 10,
  perMinute: 600,
  perDay: 864_000,
  advertiserPerSecond: 10,
};

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** What TikTok remembers between requests. */
export class TiktokAdsState {
  /** Whether the app may still read the advertiser. */
  isPermitted = true;
  readonly #clock: SimulatorClock;
  #app: Bucket;
  #advertiser: Bucket;
  #minute: WindowQuota;
  #day: WindowQuota;

  constructor(clock: SimulatorClock) {
    this.#clock = clock;
    const limiters = limitersOf(clock, BASIC_TIER);
    this.#app = limiters.app;
    this.#advertiser = limiters.advertiser;
    this.#minute = limiters.minute;
    this.#day = limiters.day;
  }

  /** Other limits from now on; what was used is forgotten. */
  useLimits(limits: Partial<TiktokAdsLimits>): void {
    const limiters = limitersOf(this.#clock, { ...BASIC_TIER, ...limits });
    this.#app = limiters.app;
    this.#advertiser = limiters.advertiser;
    this.#minute = limiters.minute;
    this.#day = limiters.day;
  }

  /** Counts a call; the code with which it is refused, where it is. */
  take(): 40_100 | 40_133 | undefined {
    if (!this.#day.take().isAllowed || !this.#minute.take().isAllowed) return 40_100;
    if (!this.#app.take().isAllowed) return 40_100;
    return this.#advertiser.take().isAllowed ? undefined : 40_133;
  }
}

function limitersOf(clock: SimulatorClock, limits: TiktokAdsLimits) {
  const { perSecond, perMinute, perDay, advertiserPerSecond } = limits;
  return {
    app: new Bucket(clock, perSecond, perSecond),
    advertiser: new Bucket(clock, advertiserPerSecond, advertiserPerSecond),
    minute: new WindowQuota(clock, perMinute, MINUTE_MS),
    day: new WindowQuota(clock, perDay, DAY_MS),
  };
}
