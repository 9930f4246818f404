import type { AdDay } from '../shop/advertising-records.ts';
import { decimal } from '../shop/money.ts';

/** All metrics and attributes of a row as texts; `-` where there is no value. */
export function metricTexts(
  { metrics, campaignId, adSetId, adId }: AdDay,
  names: ReadonlyMap<string, string>,
  currency: string,
): Readonly<Record<string, string>> {
  const { spend, impressions, clicks, reach } = metrics;
  const purchases = metrics.purchases7d + metrics.viewPurchases1d;
  const revenue = metrics.revenue7d + metrics.viewRevenue1d;
  const views = Math.floor(impressions * 0.9);
  return {
    spend: decimal(spend),
    impressions: String(impressions),
    clicks: String(clicks),
    cpc: rate(spend / 100, clicks),
    cpm: rate(spend * 10, impressions),
    ctr: rate(clicks * 100, impressions),
    reach: String(reach),
    frequency: rate(impressions, reach),
    conversion: String(purchases),
    cost_per_conversion: rate(spend / 100, purchases),
    conversion_rate: rate(purchases * 100, clicks),
    complete_payment: String(purchases),
    total_complete_payment_rate: decimal(revenue),
    value_per_complete_payment: purchases === 0 ? '-' : rate(revenue / 100, purchases),
    video_play_actions: views === 0 ? '-' : String(views),
    video_watched_2s: views === 0 ? '-' : String(Math.floor(views * 0.44)),
    video_watched_6s: views === 0 ? '-' : String(Math.floor(views * 0.17)),
    campaign_id: campaignId,
    campaign_name: names.get(campaignId) ?? '-',
    adgroup_id: adSetId,
    adgroup_name: names.get(adSetId) ?? '-',
    ad_name: names.get(adId) ?? '-',
    currency,
  };
}

/** Two digits after the point; 0 where there is nothing to divide by. */
function rate(above: number, below: number): string {
  return (below === 0 ? 0 : above / below).toFixed(2);
}
