import { accountZone } from '../sdk/columns/account-zone.ts';
import type { Column } from '../sdk/columns.ts';
import { date } from '../sdk/columns/dates.ts';
import { bigint, decimal } from '../sdk/columns/numbers.ts';
import { text } from '../sdk/columns/text.ts';

/** TikTok's way to say that there is no value. */
const NONE = { none: ['-'] } as const;
const RATE = { ...NONE, scale: 6, rounds: true } as const;

/** What a row is about; `id` is `ad_id` or `campaign_id`. */
export function dayColumns(id: string): Readonly<Record<string, Column>> {
  return {
    advertiser_id: bigint('advertiser_id', 'Id of the advertiser, added by the connector'),
    [id]: bigint(`dimensions.${id}`, 'What the row is about'),
    stat_time_day: date('dimensions.stat_time_day', 'Day of the advertiser'),
    time_zone: accountZone(),
  };
}

const count = (name: string, description: string) => bigint(`metrics.${name}`, description, NONE);
const amount = (name: string, description: string) => decimal(`metrics.${name}`, description, NONE);
const rate = (name: string, description: string) => decimal(`metrics.${name}`, description, RATE);
const label = (name: string, description: string) =>
  text(`metrics.${name}`, description, { ...NONE, length: 512 });

export const adMetrics: Readonly<Record<string, Column>> = {
  spend: amount('spend', 'Amount spent, in the currency'),
  impressions: count('impressions', 'How often it was shown'),
  clicks: count('clicks', 'Clicks to where the ad leads'),
  cpc: rate('cpc', 'Cost of a click'),
  cpm: rate('cpm', 'Cost of a thousand impressions'),
  ctr: rate('ctr', 'Clicks for a hundred impressions'),
  reach: count('reach', 'People who saw it that day; cannot be added up over days or ads'),
  frequency: rate('frequency', 'Impressions for each person; cannot be added up'),
  conversion: count('conversion', 'Conversions of the ad group’s own goal'),
  cost_per_conversion: rate('cost_per_conversion', 'Spend for each of them'),
  conversion_rate: rate('conversion_rate', 'Conversions for a hundred clicks'),
  complete_payment: count('complete_payment', 'Purchases on the web, as the pixel counts them'),
  total_complete_payment_rate: amount(
    'total_complete_payment_rate',
    'Value of those purchases in the currency; an amount, whatever its name says',
  ),
  value_per_complete_payment: rate('value_per_complete_payment', 'Value of one of them'),
  video_play_actions: count('video_play_actions', 'How often its video began'),
  video_watched_2s: count('video_watched_2s', 'How often it was watched for two seconds'),
  video_watched_6s: count('video_watched_6s', 'How often it was watched for six seconds'),
  campaign_id: count('campaign_id', 'Campaign of the ad'),
  campaign_name: label('campaign_name', 'Name as of the read, not of the day'),
  adgroup_id: count('adgroup_id', 'Ad group of the ad'),
  adgroup_name: label('adgroup_name', 'Name as of the read, not of the day'),
  ad_name: label('ad_name', 'Name as of the read, not of the day'),
  currency: text('metrics.currency', 'ISO 4217 code of the amounts', { ...NONE, length: 3 }),
};

export const campaignMetrics: Readonly<Record<string, Column>> = {
  spend: amount('spend', 'Amount spent, in the currency'),
  impressions: count('impressions', 'How often its ads were shown'),
  clicks: count('clicks', 'Clicks to where the ads lead'),
  conversion: count('conversion', 'Conversions of the ad groups’ own goals'),
  campaign_name: label('campaign_name', 'Name as of the read, not of the day'),
};
