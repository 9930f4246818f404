import type { ShopWorld } from './shop/world-records.ts';
import { createWorld } from './shop/world.ts';

/** Size of a group of shops that share customers. */
export interface GroupOptions {
  readonly seed: number;
  /** Of all shops together, placed within `days`. */
  readonly orders: number;
  readonly days: number;
  /** `2026-07-03`, the first day. */
  readonly startDate: string;
}

/** Half of the orders are those of the main shop, which alone advertises. */
const SHARES = { nuvemshop: 0.5, tray: 0.25, shopify: 0.25 } as const;

/** What each platform shows: three shops of one group, and the advertising and visits of the first. */
export function shopGroup(options: GroupOptions): (platform: string) => ShopWorld {
  const { seed, orders, days, startDate } = options;
  const shop = (platform: keyof typeof SHARES, store: 0 | 1 | 2) =>
    createWorld({
      seed: seed + store,
      orders: Math.round(orders * SHARES[platform]),
      days,
      startDate,
      group: seed,
      store,
    });
  const main = shop('nuvemshop', 0);
  const others = new Map([
    ['tray', shop('tray', 1)],
    ['shopify', shop('shopify', 2)],
  ]);
  return (platform) => others.get(platform) ?? main;
}
