import type { SimulatorClock } from '../simulated-clock.ts';
import { WindowQuota } from '../limits.ts';
import type { ShopWorld } from '../shop/world-records.ts';
import type { CartLine } from './cart-json.ts';
import { LinePages } from './line-pages.ts';
import type { TrayLine } from './lines-json.ts';
import { linesOf } from './lines-json.ts';

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
  /** Lines of the orders, by the numbers of these. */
  readonly soldLines: LinePages<TrayLine>;
  readonly cartLines: LinePages<CartLine>;
  readonly #clock: SimulatorClock;
  readonly #shopClock: SimulatorClock;
  #minute: WindowQuota;
  #day: WindowQuota;

  constructor(clock: SimulatorClock, shopClock: SimulatorClock, world: ShopWorld) {
    const { orders, carts } = world;
    this.soldLines = new LinePages((index) => linesOf(index, orders.linesOf(index)));
    this.cartLines = new LinePages((index) => {
      const cart = carts.at(index, Number.POSITIVE_INFINITY);
      return cart === undefined ? [] : cart.lines.map((line) => ({ cart, line }));
    });
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

  /** Lists of lines are as of the last full minute, so that their pages fit together. */
  listedAt(): number {
    return Math.floor(this.#shopClock.now() / MINUTE_MS) * MINUTE_MS;
  }
}

function quotasOf(clock: SimulatorClock, { perMinute, perDay }: TrayLimits) {
  return {
    minute: new WindowQuota(clock, perMinute, MINUTE_MS),
    day: new WindowQuota(clock, perDay, DAY_MS, BRASILIA_MS),
  };
}
