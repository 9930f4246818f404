import { clickClaim, viewClaims } from './ad-claims.ts';
import type { Claim } from './ad-claims.ts';
import { deliveriesOn, keyOf } from './ad-delivery.ts';
import type { Delivery } from './ad-delivery.ts';
import { addMetrics, NO_METRICS } from './ad-metrics.ts';
import type { AdDay, AdMetrics } from './advertising-records.ts';
import { DAY } from './calendar.ts';
import type { AdPlatform, Touch } from './journey-records.ts';
import { Kept } from '../kept.ts';
import { splitWhole } from './money.ts';
import type { ShopBase } from './shop-base.ts';
import type { TouchDays } from './touch-days.ts';
import { DEVICE_WEIGHTS, DEVICES } from './visits.ts';
import type { Device } from './visits.ts';

const KEPT = {
  most: 200,
  weightOf: (records: readonly unknown[]) => records.length,
  heaviest: 200_000,
};

/** Daily reports of the ad platforms, as they stand at an instant. */
export class AdDays {
  readonly #base: ShopBase;
  readonly #touches: TouchDays;
  readonly #deliveries = new Kept<string, readonly Delivery[]>(KEPT);
  /** Made when a report asks for them; who only wants the clicks does not wait for them. */
  readonly #claims = new Kept<string, readonly Claim[]>(KEPT);

  constructor(base: ShopBase, touches: TouchDays) {
    this.#base = base;
    this.#touches = touches;
  }

  rows(platform: AdPlatform, date: string, now: number): AdDay[] {
    const { sales, calendar } = this.#base;
    const day = sales.dayAt(calendar.startOf(date));
    const deliveries = this.#deliveriesOn(platform, day);
    const claims = this.#claimsOn(platform, day);
    const end = sales.startOf(day + 1);
    const share = sales.shareBy(day, now);
    return deliveries
      .filter(({ restatement: { appearsAfter, vanishesAfter } }) => {
        const isThere = appearsAfter === 0 || now >= end + appearsAfter * DAY;
        return isThere && now < end + vanishesAfter * DAY;
      })
      .map((delivery) => rowOf({ date, delivery, claims, now, end, share }))
      .filter(({ metrics }) => metrics.impressions > 0)
      .toSorted((left, right) => (sortKey(left) < sortKey(right) ? -1 : 1));
  }

  /** Deliveries of a day and the visits of buyers among their clicks. */
  clicked(
    platform: AdPlatform,
    day: number,
  ): { readonly deliveries: readonly Delivery[]; readonly touches: readonly Touch[] } {
    return {
      deliveries: this.#deliveriesOn(platform, day),
      touches: this.#touches.on(day).filter(({ click }) => click?.platform === platform),
    };
  }

  #deliveriesOn(platform: AdPlatform, day: number): readonly Delivery[] {
    return this.#deliveries.of(`${platform} ${day}`, () => {
      const touches = this.#touches.on(day).filter(({ click }) => click?.platform === platform);
      const touched = new Map<string, number>();
      for (const { click } of touches) {
        const key = `${click?.campaignId ?? ''} ${click?.adSetId ?? ''} ${click?.adId ?? ''}`;
        touched.set(key, (touched.get(key) ?? 0) + 1);
      }
      return deliveriesOn(this.#base, platform, day, touched);
    });
  }

  #claimsOn(platform: AdPlatform, day: number): readonly Claim[] {
    return this.#claims.of(`${platform} ${day}`, () => {
      const { deliveries, touches } = this.clicked(platform, day);
      const clicked = touches.flatMap((touch) => clickClaim(this.#base, platform, touch) ?? []);
      const viewed = platform === 'google' ? [] : viewClaims(this.#base, platform, day, deliveries);
      return [...clicked, ...viewed];
    });
  }
}

function rowOf(parts: {
  readonly date: string;
  readonly delivery: Delivery;
  readonly claims: readonly Claim[];
  readonly now: number;
  readonly end: number;
  readonly share: number;
}): AdDay {
  const { date, delivery, claims, now, end, share } = parts;
  const { placement, restatement } = delivery;
  const isCorrected = now >= end + restatement.correctedAfter * DAY;
  const spend = delivery.spend * (isCorrected ? 1 - restatement.credit : 1);
  const key = keyOf(placement);
  const reported = claims.filter((claim) => claim.placement === key && claim.reportedAt <= now);
  const delivered = {
    impressions: Math.floor(delivery.impressions * share),
    linkClicks: Math.floor(delivery.linkClicks * share),
    spend: Math.round(spend * share),
  };
  const byDevice = metricsByDevice(delivered, reported);
  return {
    date,
    campaignId: placement.campaign.id,
    adSetId: placement.adSet.id,
    adId: placement.ad?.id ?? '',
    metrics: DEVICES.reduce((sum, device) => addMetrics(sum, byDevice[device]), NO_METRICS),
    byDevice,
  };
}

function metricsByDevice(
  delivered: { readonly impressions: number; readonly linkClicks: number; readonly spend: number },
  claims: readonly Claim[],
): Record<Device, AdMetrics> {
  const impressions = splitWhole(delivered.impressions, DEVICE_WEIGHTS);
  const clicks = splitWhole(delivered.linkClicks, DEVICE_WEIGHTS);
  const spend = splitWhole(delivered.spend, DEVICE_WEIGHTS);
  const of = (device: Device, place: number): AdMetrics => {
    const shown = impressions[place] ?? 0;
    const linkClicks = clicks[place] ?? 0;
    return {
      ...purchasesOf(claims.filter((claim) => claim.device === device)),
      impressions: shown,
      reach: Math.ceil(shown * 0.83),
      linkClicks,
      clicks: linkClicks + Math.floor(linkClicks * 0.31),
      spend: spend[place] ?? 0,
      addsToCart: Math.floor(linkClicks * 0.11),
      checkouts: Math.floor(linkClicks * 0.05),
    };
  };
  return { mobile: of('mobile', 0), desktop: of('desktop', 1), tablet: of('tablet', 2) };
}

function purchasesOf(claims: readonly Claim[]) {
  const within = (days: number) => claims.filter(({ isView, lag }) => !isView && lag <= days * DAY);
  const revenue = (some: readonly Claim[]) => some.reduce((sum, claim) => sum + claim.revenue, 0);
  const [one, seven, all] = [within(1), within(7), within(28)];
  const viewed = claims.filter(({ isView }) => isView);
  return {
    purchases1d: one.length,
    purchases7d: seven.length,
    purchases28d: all.length,
    revenue1d: revenue(one),
    revenue7d: revenue(seven),
    revenue28d: revenue(all),
    viewPurchases1d: viewed.length,
    viewRevenue1d: revenue(viewed),
  };
}

function sortKey({ campaignId, adSetId, adId }: AdDay): string {
  return `${campaignId.padStart(20, '0')} ${adSetId.padStart(20, '0')} ${adId.padStart(20, '0')}`;
}
