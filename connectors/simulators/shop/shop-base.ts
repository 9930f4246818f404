import { Campaigns } from './campaigns.ts';
import { shopCalendar } from './calendar.ts';
import { ShopCatalog } from './catalog.ts';
import { People } from './people.ts';
import { SalesDays } from './sales-days.ts';
import type { ShopCalendar, WorldOptions } from './world-records.ts';

/** The small tables that everything else is computed from. */
export interface ShopBase {
  readonly options: Required<WorldOptions>;
  readonly seed: number;
  readonly store: Store;
  readonly calendar: ShopCalendar;
  readonly sales: SalesDays;
  readonly carts: SalesDays;
  readonly people: People;
  readonly catalog: ShopCatalog;
  readonly campaigns: Campaigns;
  /** First instant of the shop's first day, and the end of its last. */
  readonly start: number;
  readonly end: number;
}

/** A shop of the group, for people. */
interface Store {
  readonly name: string;
  readonly domain: string;
}

const STORES: readonly [Store, Store, Store] = [
  { name: 'Loja Aurora', domain: 'lojaaurora.example.com' },
  { name: 'Aurora Casa', domain: 'auroracasa.example.com' },
  { name: 'Aurora Outlet', domain: 'auroraoutlet.example.com' },
];

/** Carts that are abandoned for each order that is placed. */
const CARTS_PER_ORDER = 0.6;

export function makeShopBase(options: WorldOptions): ShopBase {
  const { seed, orders, days, startDate } = options;
  const { timeZone = 'America/Sao_Paulo', group = seed, store = 0 } = options;
  if (!Number.isInteger(orders) || orders < 1 || !Number.isInteger(days) || days < 1) {
    throw new RangeError('a shop has a whole number of orders and days, at least one of each');
  }
  const calendar = shopCalendar(timeZone);
  const start = calendar.startOf(startDate);
  const end = calendar.startOf(calendar.addDays(startDate, days));
  const size = Math.min(900, Math.max(24, Math.round(12 + Math.sqrt(orders) * 0.5)));
  const place = { seed, days, startDate, calendar };
  return {
    options: { seed, orders, days, startDate, timeZone, group, store },
    seed,
    store: STORES[store],
    calendar,
    sales: new SalesDays({ ...place, count: orders }),
    carts: new SalesDays({ ...place, seed: seed + 1, count: Math.ceil(orders * CARTS_PER_ORDER) }),
    people: new People(seed, orders),
    catalog: new ShopCatalog({ seed, size, start, end }),
    campaigns: new Campaigns({ seed, start, end, calendar }),
    start,
    end,
  };
}
