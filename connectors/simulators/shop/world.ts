import { accountShelf } from './account-shelf.ts';
import { clicksOn, searchTermsOn } from './ad-clicks.ts';
import { AdDays } from './ad-days.ts';
import { shopAnalytics } from './analytics.ts';
import { DAY } from './calendar.ts';
import { cartShelf } from './cart-shelf.ts';
import { causeOf, journeyOf } from './journeys.ts';
import { orderShelf } from './order-shelf.ts';
import { identityOf, localPersonOf } from './identity.ts';
import { makeShopBase } from './shop-base.ts';
import type { ShopBase } from './shop-base.ts';
import { TouchDays } from './touch-days.ts';
import type { Advertising, ShopWorld, WorldOptions } from './world-records.ts';

/** Makes a generated shop; throws RangeError for sizes that make no sense. */
export function createWorld(options: WorldOptions): ShopWorld {
  const base = makeShopBase(options);
  const touches = new TouchDays(base);
  const ads = new AdDays(base, touches);
  return {
    options: base.options,
    shop: {
      ...base.store,
      email: `contato@${base.store.domain}`,
      currency: 'BRL',
      timeZone: base.options.timeZone,
      country: 'BR',
      createdAt: base.start - 60 * DAY,
    },
    calendar: base.calendar,
    orders: orderShelf(base),
    accounts: accountShelf(base),
    catalog: base.catalog,
    carts: cartShelf(base),
    advertising: advertisingOf(base, ads),
    analytics: shopAnalytics(base, touches, ads),
    truth: {
      journeyOf: (index) => journeyOf(base, index),
      causeOf: (index) => causeOf(journeyOf(base, index)),
      personOf: (index) => identityOf(base, base.people.personOf(index)),
      ordersOf: (person) => base.people.ordersOf(localPersonOf(base, person)),
    },
  };
}

function advertisingOf(base: ShopBase, ads: AdDays): Advertising {
  const { campaigns } = base;
  return {
    account: (platform) => campaigns.account(platform),
    campaigns: (platform, now) => campaigns.campaigns(platform, now),
    adSets: (platform, now) => campaigns.adSets(platform, now),
    ads: (platform, now) => campaigns.ads(platform, now),
    days: (platform, date, now) => ads.rows(platform, date, now),
    clicks: (platform, date, now) => clicksOn(base, ads, platform, { date, now }),
    searchTerms: (date, now) => searchTermsOn(base, ads, date, now),
  };
}
