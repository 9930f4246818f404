import type {
  Ad,
  AdAccount,
  AdClickList,
  AdDay,
  AdSet,
  Campaign,
  SearchTermDay,
} from './advertising-records.ts';
import type {
  EventDay,
  ItemDay,
  LandingPageDay,
  SessionList,
  TrafficDay,
  TransactionDay,
} from './analytics-records.ts';
import type { Category, Coupon, ProductAt } from './catalog-records.ts';
import type { AdPlatform, ShopTruth } from './journey-records.ts';
import type { Cart, Order, OrderAt, OrderLine } from './order-records.ts';
import type { Account, DeletedAccount } from './people-records.ts';

export interface WorldOptions {
  readonly seed: number;
  /** From 100 to 5,000,000, placed within `days`. */
  readonly orders: number;
  readonly days: number;
  /** `2025-10-01`, the shop's first day. */
  readonly startDate: string;
  /** IANA name; `America/Sao_Paulo` otherwise. */
  readonly timeZone?: string;
  /** Seed of the people: shops that name the same one share some of their customers. `seed` otherwise. */
  readonly group?: number;
  /** Which shop of the group it is; each has a name, a domain and customers of its own. 0 otherwise. */
  readonly store?: 0 | 1 | 2;
}

/**
 * A generated shop: the same one for the same options, whatever is asked and in which order. Nothing is
 * kept but small tables; every record is computed from its number.
 *
 * `now` is always the instant that something is looked at from: what came later does not exist yet.
 * Windows are half open, `from` included and `to` not.
 */
export interface ShopWorld {
  readonly options: Required<WorldOptions>;
  readonly shop: ShopFacts;
  readonly calendar: ShopCalendar;
  readonly orders: OrderShelf;
  readonly accounts: AccountShelf;
  readonly catalog: Catalog;
  readonly carts: CartShelf;
  readonly advertising: Advertising;
  readonly analytics: Analytics;
  readonly truth: ShopTruth;
}

export interface ShopFacts {
  readonly name: string;
  readonly domain: string;
  readonly email: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly country: string;
  readonly createdAt: number;
}

/** Days of the shop's calendar. */
export interface ShopCalendar {
  readonly timeZone: string;
  /** `2026-10-01` of an instant. */
  dateOf(instant: number): string;
  /** Midnight at which a date begins, in the shop's zone. */
  startOf(date: string): number;
  /** The date some days later (or earlier). */
  addDays(date: string, days: number): string;
  /** `2026-10-01 21:40:00`, the wall clock without an offset. */
  wallClock(instant: number): string;
}

/** A part of a list, in the order of the list. */
export interface Slice<T> {
  /** All that the list holds. */
  readonly total: number;
  readonly items: readonly T[];
}

export interface Part {
  readonly offset: number;
  readonly limit: number;
}

export interface Window {
  readonly from: number;
  readonly to: number;
}

export interface OrderShelf {
  /** Orders whose latest change by `now` lies in the window. Sorted by placing unless asked by change. */
  changed(window: Window, now: number, part: Part, sortedBy?: 'placed' | 'changed'): Slice<OrderAt>;
  /** Orders placed in the window, sorted by placing. */
  placed(window: Window, now: number, part: Part): Slice<OrderAt>;
  /** An order by its number; `undefined` where it does not exist by `now`. */
  at(index: number, now: number): OrderAt | undefined;
  /** The whole life of an order. */
  life(index: number): Order;
  /** Its lines alone, which is quicker. */
  linesOf(index: number): readonly OrderLine[];
  /** Orders placed before an instant. */
  countBefore(instant: number): number;
}

export interface AccountShelf {
  /** Accounts whose latest change by `now` lies in the window, sorted by change, without deleted ones. */
  changed(window: Window, now: number, part: Part): Slice<Account>;
  /** `undefined` where it does not exist by `now`: not yet, or no longer. */
  at(id: number, now: number): Account | undefined;
  /** Accounts deleted in the window, oldest first. */
  deleted(window: Window, now: number): readonly DeletedAccount[];
}

/** Small enough to be listed as a whole; all sorted by id. */
export interface Catalog {
  products(now: number): readonly ProductAt[];
  product(id: number, now: number): ProductAt | undefined;
  deletedProducts(
    window: Window,
    now: number,
  ): readonly { readonly id: number; readonly deletedAt: number }[];
  categories(now: number): readonly Category[];
  coupons(now: number): readonly Coupon[];
}

export interface CartShelf {
  /** Carts abandoned in the window, sorted by abandonment. */
  abandoned(window: Window, now: number, part: Part): Slice<Cart>;
  at(index: number, now: number): Cart | undefined;
}

export interface Advertising {
  account(platform: AdPlatform): AdAccount;
  /** Everything that exists by `now`, archived and deleted ones included; sorted by id. */
  campaigns(platform: AdPlatform, now: number): readonly Campaign[];
  adSets(platform: AdPlatform, now: number): readonly AdSet[];
  ads(platform: AdPlatform, now: number): readonly Ad[];
  /** Reported rows of a date: today's so far, and restated for 28 days. Sorted by campaign, ad set, ad. */
  days(platform: AdPlatform, date: string, now: number): readonly AdDay[];
  /** Clicks of a date: Google's `click_view`. */
  clicks(platform: AdPlatform, date: string, now: number): AdClickList;
  searchTerms(date: string, now: number): readonly SearchTermDay[];
}

/** All as processed by `now`: a day settles 48 hours after its end, and rows of it can vanish until then. */
export interface Analytics {
  traffic(date: string, now: number): readonly TrafficDay[];
  transactions(date: string, now: number): readonly TransactionDay[];
  items(date: string, now: number): readonly ItemDay[];
  events(date: string, now: number): readonly EventDay[];
  landingPages(date: string, now: number): readonly LandingPageDay[];
  /** Sessions that began on the date, by `now`. */
  sessions(date: string, now: number): SessionList;
}
