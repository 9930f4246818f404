import { mix, unit } from '../random.ts';
import type { AdPlatform } from './journey-records.ts';
import type { Placement } from './placements.ts';
import type { ShopBase } from './shop-base.ts';
import { TAG } from './tags.ts';

/** What advertising costs and brings, by platform; money in centavos. */
const PRICES: Readonly<
  Record<
    AdPlatform,
    { readonly share: number; readonly clickThrough: number; readonly cost: number }
  >
> = {
  meta: { share: 0.26, clickThrough: 0.013, cost: 95 },
  google: { share: 0.26, clickThrough: 0.045, cost: 120 },
  tiktok: { share: 0.07, clickThrough: 0.009, cost: 60 },
};

/** Orders for each hundred clicks. */
const CONVERSION = 0.022;

/** A placement on a day, when all of it is over. */
export interface Delivery {
  readonly placement: Placement;
  readonly linkClicks: number;
  readonly impressions: number;
  readonly spend: number;
  readonly restatement: Restatement;
}

/** How a row changes after its day. */
interface Restatement {
  /** Days after which the spend is corrected, and the part that is credited back. */
  readonly correctedAfter: number;
  readonly credit: number;
  /** Days after which the row comes up (0 usually), and after which it is gone. */
  readonly appearsAfter: number;
  readonly vanishesAfter: number;
}

/** What every placement of a platform delivers on a day. `touched` counts the visits of buyers by placement. */
export function deliveriesOn(
  base: ShopBase,
  platform: AdPlatform,
  day: number,
  touched: ReadonlyMap<string, number>,
): Delivery[] {
  if (day < 0 || day >= base.sales.days) return [];
  const placements = placementsOn(base, platform, day);
  const weight = placements.reduce((sum, placement) => sum + placement.weight, 0);
  const { share, clickThrough, cost } = PRICES[platform];
  const clicks = (base.sales.countOf(day) * share) / CONVERSION;
  return placements.map((placement) => {
    const number = mix(numberOf(placement), day);
    const draw = (what: number) => unit(base.seed, TAG.adDay, number, what);
    const usual = ((clicks * placement.weight) / weight) * (0.75 + 0.5 * draw(1));
    const linkClicks = Math.max(Math.floor(usual + draw(2)), touched.get(keyOf(placement)) ?? 0);
    const impressions = Math.round((linkClicks + draw(3)) / (clickThrough * (0.7 + 0.6 * draw(4))));
    const isQuiet = !touched.has(keyOf(placement));
    return {
      placement,
      linkClicks,
      impressions,
      spend: Math.round((linkClicks + draw(3)) * cost * (0.7 + 0.6 * draw(5))),
      restatement: restatementOf(draw, isQuiet),
    };
  });
}

/** Campaign, ad set and ad of a placement in one text. */
export function keyOf({ campaign, adSet, ad }: Placement): string {
  return `${campaign.id} ${adSet.id} ${ad?.id ?? ''}`;
}

/** What delivers for some part of a day. */
function placementsOn(base: ShopBase, platform: AdPlatform, day: number): Placement[] {
  const from = base.sales.startOf(day);
  const to = base.sales.startOf(day + 1);
  return base.campaigns.placements(platform).filter(({ adSet, ad = adSet }) => {
    return ad.createdAt < to && ad.endsAt > from;
  });
}

/** Rows that no buyer clicked on can come late or vanish; any row's spend can be corrected. */
function restatementOf(draw: (what: number) => number, isQuiet: boolean): Restatement {
  return {
    correctedAfter: 2 + Math.floor(draw(6) * 5),
    credit: draw(7) < 0.3 ? draw(8) * 0.02 : 0,
    appearsAfter: isQuiet && draw(9) < 0.02 ? 2 : 0,
    vanishesAfter: isQuiet && draw(9) > 0.98 ? 5 : Number.POSITIVE_INFINITY,
  };
}

function numberOf({ adSet, ad = adSet }: Placement): number {
  return mix(Number(ad.id.slice(-9)), Number(ad.id.slice(0, -9)));
}
