import type { SimulatorClock } from '../simulated-clock.ts';
import { WindowQuota } from '../limits.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Days begin at midnight in Brasília. */
const BRASILIA_MS = 3 * 60 * MINUTE_MS;

/** Why the store cannot be read: `error_code` of the 401. */
export type ClosedCode = 1001 | 1002 | 1003;

export interface TrayLimits {
  readonly perMinute: number;
  readonly perDay: number;
}

/** What Tray remembers between requests. */
export class TrayState {
  readonly storeId = '1104532';
  /** Codes of installations, which can be traded for tokens again and again. */
  readonly codes = new Set(['simulated-code']);
  /** The store is blocked (1001), inactive (1002) or cancelled (1003). */
  closed: ClosedCode | undefined;
  /** Filters by time are passed over in silence. */
  ignoresFilters = false;
  readonly #clock: SimulatorClock;
  readonly #shopClock: SimulatorClock;
  #minute: WindowQuota;
  #day: WindowQuota;
  /** Lists that are costly to make, by name. */
  readonly #lists = new Map<string, { readonly at: number; readonly list: readonly unknown[] }>();

  constructor(clock: SimulatorClock, shopClock: SimulatorClock) {
    this.#clock = clock;
    this.#shopClock = shopClock;
    ({ minute: this.#minute, day: this.#day } = quotasOf(clock, {
      perMinute: 180,
      perDay: 10_000,
    }));
  }

  get minute(): WindowQuota {
    return this.#minute;
  }

  get day(): WindowQuota {
    return this.#day;
  }

  /** Other limits from now on; what was used is forgotten. */
  useLimits(limits: TrayLimits): void {
    ({ minute: this.#minute, day: this.#day } = quotasOf(this.#clock, limits));
  }

  /** A list as of the last full minute, made once for it. */
  listOf<T>(name: string, make: (now: number) => readonly T[]): readonly T[] {
    const at = Math.floor(this.#shopClock.now() / MINUTE_MS) * MINUTE_MS;
    const known = this.#lists.get(name);
    if (known?.at === at) return known.list as readonly T[];
    const list = make(at);
    this.#lists.set(name, { at, list });
    return list;
  }
}

function quotasOf(clock: SimulatorClock, { perMinute, perDay }: TrayLimits) {
  return {
    minute: new WindowQuota(clock, perMinute, MINUTE_MS),
    day: new WindowQuota(clock, perDay, DAY_MS, BRASILIA_MS),
  };
}
