import { randomOf, unit } from '../random.ts';
import { keyOf } from './ad-delivery.ts';
import type { Delivery } from './ad-delivery.ts';
import { HOUR, MINUTE } from './calendar.ts';
import type { AdPlatform, Touch } from './journey-records.ts';
import { journeyOf } from './journeys.ts';
import { isTestOrder, orderOf } from './orders.ts';
import { PLATFORM_NUMBER } from './placements.ts';
import type { ShopBase } from './shop-base.ts';
import { TAG } from './tags.ts';
import type { Device } from './visits.ts';

/** Orders that a platform's pixel never hears of. */
const UNHEARD = 0.1;

/** Orders of people who saw an ad of Meta or TikTok and clicked on none of the platform's. */
const VIEWED = 0.06;

/** An order that a platform claims for a placement. */
export interface Claim {
  readonly placement: string;
  readonly device: Device;
  readonly orderedAt: number;
  /** When the platform's report shows it. */
  readonly reportedAt: number;
  readonly lag: number;
  readonly isView: boolean;
  readonly revenue: number;
}

/** A platform claims an order for its own last click, whatever other platforms had to do with it. */
export function clickClaim(base: ShopBase, platform: AdPlatform, touch: Touch): Claim | undefined {
  const { orderIndex, click, at, device } = touch;
  const heard = unit(base.seed, TAG.report, orderIndex, PLATFORM_NUMBER[platform]);
  if (click === undefined || heard < UNHEARD || isTestOrder(base, orderIndex)) return undefined;
  const last = touch.isLast
    ? touch
    : journeyOf(base, orderIndex).findLast((one) => one.click?.platform === platform);
  if (last?.position !== touch.position) return undefined;
  const order = orderOf(base, orderIndex);
  return {
    placement: `${click.campaignId} ${click.adSetId} ${click.adId}`,
    device,
    orderedAt: order.placedAt,
    reportedAt: order.placedAt + 10 * MINUTE + Math.floor(heard * 20 * HOUR),
    lag: order.placedAt - at,
    isView: false,
    revenue: order.totals.total,
  };
}

/** Orders of a day by people who had only seen an ad, claimed for placements by how often those were seen. */
export function viewClaims(
  base: ShopBase,
  platform: AdPlatform,
  day: number,
  deliveries: readonly Delivery[],
): Claim[] {
  const claims: Claim[] = [];
  if (deliveries.length === 0) return claims;
  const weights = deliveries.map(({ impressions }) => impressions);
  for (let index = base.sales.firstOf(day); index < base.sales.firstOf(day + 1); index += 1) {
    if (unit(base.seed, TAG.report, index, PLATFORM_NUMBER[platform] + 10) >= VIEWED) continue;
    const hasClick = journeyOf(base, index).some(({ click }) => click?.platform === platform);
    if (hasClick || isTestOrder(base, index)) continue;
    const order = orderOf(base, index);
    const random = randomOf(base.seed, TAG.report, index, PLATFORM_NUMBER[platform] + 20);
    const delivery = deliveries[random.weighted(weights)];
    if (delivery === undefined) continue;
    claims.push({
      placement: keyOf(delivery.placement),
      device: order.browser.device,
      orderedAt: order.placedAt,
      reportedAt: order.placedAt + random.whole(1, 30) * HOUR,
      lag: 0,
      isView: true,
      revenue: order.totals.total,
    });
  }
  return claims;
}
