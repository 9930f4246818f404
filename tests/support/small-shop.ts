import type { ShopFacts, ShopWorld } from '../../connectors/simulators/shop/world-records.ts';
import { createWorld } from '../../connectors/simulators/shop/world.ts';

/** A generated shop of 400 orders, placed in the 40 days before 5 October 2026. */
export function smallShop(): ShopWorld {
  return createWorld({ seed: 7, orders: 400, days: 40, startDate: '2026-08-27' });
}

/** What changes of the shop, and of its ad accounts, when their accounts move. */
export function elsewhere(
  facts: Partial<Pick<ShopFacts, 'currency' | 'timeZone' | 'country'>>,
): Partial<ShopWorld> {
  const { shop, advertising } = smallShop();
  return {
    shop: { ...shop, ...facts },
    advertising: {
      ...advertising,
      account: (platform) => ({ ...advertising.account(platform), ...facts }),
    },
  };
}

/** The instant at which tests look at it: two days before its last order. */
export const SMALL_SHOP_NOW = '2026-10-04T12:00:00Z';
