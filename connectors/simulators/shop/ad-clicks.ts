import { mix, unit } from '../random.ts';
import type { AdDays } from './ad-days.ts';
import { keyOf } from './ad-delivery.ts';
import type { Delivery } from './ad-delivery.ts';
import type { AdClickList, ListedClick, SearchTermDay } from './advertising-records.ts';
import type { AdPlatform, Touch } from './journey-records.ts';
import { splitWhole } from './money.ts';
import type { ShopBase } from './shop-base.ts';
import { TAG } from './tags.ts';
import { clickIdOf } from './visits.ts';
import { SEARCH_TERMS } from './words.ts';

/** Clicks of a day by now: buyers' first, then those that led to nothing, ad by ad. */
export function clicksOn(
  base: ShopBase,
  days: AdDays,
  platform: AdPlatform,
  at: { readonly date: string; readonly now: number },
): AdClickList {
  const day = base.sales.dayAt(base.calendar.startOf(at.date));
  const { deliveries, touches } = days.clicked(platform, day);
  const share = base.sales.shareBy(day, at.now);
  const bought = touches.filter((touch) => touch.at <= at.now);
  const runs = deliveries.map((delivery) => idleRun(delivery, touches, share));
  return {
    count: bought.length + runs.reduce((sum, { now }) => sum + now, 0),
    at(position) {
      const touch = bought[position];
      if (touch !== undefined) return buyersClick(touch);
      let left = position - bought.length;
      for (const [place, run] of runs.entries()) {
        if (left >= 0 && left < run.now)
          return idleClick(base, { platform, day, place, run }, left);
        left -= run.now;
      }
      throw new RangeError(`there is no click ${position}`);
    },
  };
}

/** Clicks of one placement that led to no order: of the whole day, and by now. */
interface IdleRun {
  readonly delivery: Delivery;
  readonly all: number;
  readonly now: number;
}

function idleRun(delivery: Delivery, touches: readonly Touch[], share: number): IdleRun {
  const key = keyOf(delivery.placement);
  const isBuyers = ({ click }: Touch) =>
    key === `${click?.campaignId ?? ''} ${click?.adSetId ?? ''} ${click?.adId ?? ''}`;
  const all = delivery.linkClicks - touches.filter(isBuyers).length;
  return { delivery, all, now: Math.floor(all * share) };
}

function idleClick(
  base: ShopBase,
  run: {
    readonly platform: AdPlatform;
    readonly day: number;
    readonly place: number;
    readonly run: IdleRun;
  },
  number: number,
): ListedClick {
  const { platform, day, place } = run;
  const { placement } = run.run.delivery;
  const draw = unit(base.seed, TAG.click, mix(day, place), number);
  const clickedAt = base.sales.instantAt(day, (number + draw) / run.run.all);
  const id = mix(day, place, number, 1);
  return {
    platform,
    campaignId: placement.campaign.id,
    adSetId: placement.adSet.id,
    adId: placement.ad?.id ?? '',
    clickId: clickIdOf(platform, base.seed + 7, id, clickedAt),
    at: clickedAt,
    device: draw < 0.74 ? 'mobile' : 'desktop',
    orderIndex: undefined,
  };
}

function buyersClick({ click, device, orderIndex }: Touch): ListedClick {
  if (click === undefined) throw new RangeError('a visit without a click');
  return { ...click, device, orderIndex };
}

/** Search terms of the search campaigns: three for each ad and day, of the ad's own clicks. */
export function searchTermsOn(
  base: ShopBase,
  days: AdDays,
  date: string,
  now: number,
): SearchTermDay[] {
  const kinds = new Map(
    base.campaigns.campaigns('google', now).map(({ id, kind }) => [id, kind] as const),
  );
  return days.rows('google', date, now).flatMap((row) => {
    const { campaignId, adSetId, adId, metrics } = row;
    const kind = kinds.get(campaignId);
    if (kind !== 'search' && kind !== 'search_brand') return [];
    const first = Math.floor(
      unit(base.seed, TAG.adDay, Number(adId.slice(-6))) * SEARCH_TERMS.length,
    );
    const weights = [5, 3, 2];
    const impressions = splitWhole(metrics.impressions, weights);
    const clicks = splitWhole(metrics.linkClicks, weights);
    const spend = splitWhole(metrics.spend, weights);
    return weights.map((_, place) => ({
      date,
      campaignId,
      adSetId,
      adId,
      term: SEARCH_TERMS[(first + place) % SEARCH_TERMS.length] ?? '',
      impressions: impressions[place] ?? 0,
      clicks: clicks[place] ?? 0,
      spend: spend[place] ?? 0,
    }));
  });
}
