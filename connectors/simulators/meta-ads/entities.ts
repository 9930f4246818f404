import type { Ad, AdEntity, AdSet, Campaign } from '../shop/advertising-records.ts';
import type { MetaAdsWorld } from './world.ts';

type Json = Readonly<Record<string, unknown>>;

const PIXEL = '729184460182733';
const PAGE = '104882771920016';
/** What the addresses of the shop's visits were made by. */
const URL_TAGS =
  'utm_source={{site_source_name}}&utm_medium=paid_social&utm_campaign={{campaign.name}}&utm_content={{ad.id}}&utm_id={{campaign.id}}';

/** The account as Meta shows it. */
export function accountRecord({ advertising }: MetaAdsWorld): Json {
  const account = advertising.account('meta');
  return {
    id: `act_${account.id}`,
    account_id: account.id,
    name: account.name,
    currency: account.currency,
    timezone_name: account.timeZone,
    timezone_offset_hours_utc: -3,
    account_status: 1,
    amount_spent: '0',
    balance: '0',
    spend_cap: '0',
  };
}

export function campaignRecords(world: MetaAdsWorld, now: number): readonly Json[] {
  return world.advertising.campaigns('meta', now).map((campaign) => ({
    ...heading(world, campaign, statusOf(campaign)),
    objective: 'OUTCOME_SALES',
    buying_type: 'AUCTION',
    bid_strategy: 'LOWEST_COST_WITHOUT_CAP',
    daily_budget: String(campaign.budget),
    special_ad_categories: [],
    ...period(world, campaign),
  }));
}

export function adSetRecords(world: MetaAdsWorld, now: number): readonly Json[] {
  const campaigns = byId(world.advertising.campaigns('meta', now));
  return world.advertising.adSets('meta', now).map((adSet) => ({
    ...heading(
      world,
      adSet,
      effectiveStatus(adSet, [[campaigns.get(adSet.campaignId), 'CAMPAIGN']]),
    ),
    campaign_id: adSet.campaignId,
    billing_event: 'IMPRESSIONS',
    optimization_goal: 'OFFSITE_CONVERSIONS',
    attribution_spec: [
      { event_type: 'CLICK_THROUGH', window_days: 7 },
      { event_type: 'VIEW_THROUGH', window_days: 1 },
    ],
    promoted_object: { pixel_id: PIXEL, custom_event_type: 'PURCHASE' },
    targeting: { age_min: 18, age_max: 65, geo_locations: { countries: [world.shop.country] } },
    ...period(world, adSet),
  }));
}

export function adRecords(world: MetaAdsWorld, now: number): readonly Json[] {
  const campaigns = byId<Campaign>(world.advertising.campaigns('meta', now));
  const adSets = byId<AdSet>(world.advertising.adSets('meta', now));
  return world.advertising.ads('meta', now).map((ad) => ({
    ...heading(
      world,
      ad,
      effectiveStatus(ad, [
        [campaigns.get(ad.campaignId), 'CAMPAIGN'],
        [adSets.get(ad.adSetId), 'ADSET'],
      ]),
    ),
    campaign_id: ad.campaignId,
    adset_id: ad.adSetId,
    creative: { id: creativeId(ad) },
    tracking_specs: [{ 'action.type': ['offsite_conversion'], fb_pixel: [PIXEL] }],
  }));
}

/** One creative for each ad, sorted as ads are. */
export function creativeRecords(world: MetaAdsWorld, now: number): readonly Json[] {
  const account_id = world.advertising.account('meta').id;
  return world.advertising.ads('meta', now).map((ad) => ({
    id: creativeId(ad),
    account_id,
    name: `${ad.name} ${ad.startDate}`,
    status: ad.status === 'deleted' ? 'DELETED' : 'ACTIVE',
    object_type: 'SHARE',
    url_tags: URL_TAGS,
    effective_object_story_id: `${PAGE}_${ad.id}`,
    object_story_spec: {
      page_id: PAGE,
      link_data: {
        link: ad.landingUrl,
        message: ad.body,
        call_to_action: { type: 'SHOP_NOW' },
      },
    },
  }));
}

function creativeId({ id }: Ad): string {
  return `88${id.slice(2)}`;
}

function heading(world: MetaAdsWorld, entity: AdEntity, effective_status: string): Json {
  return {
    id: entity.id,
    account_id: world.advertising.account('meta').id,
    name: entity.name,
    status: statusOf(entity),
    effective_status,
    created_time: timeOf(world, entity.createdAt),
    updated_time: timeOf(world, entity.updatedAt),
  };
}

function period(world: MetaAdsWorld, { startDate, endDate }: AdEntity): Json {
  const { calendar } = world;
  const stop = endDate === undefined ? undefined : calendar.startOf(calendar.addDays(endDate, 1));
  return {
    start_time: timeOf(world, calendar.startOf(startDate)),
    ...(stop === undefined ? {} : { stop_time: timeOf(world, stop - 1000) }),
  };
}

function statusOf({ status }: AdEntity): string {
  return status.toUpperCase();
}

/** The status of the object, or what follows from what it belongs to. */
function effectiveStatus(
  entity: AdEntity,
  above: readonly (readonly [AdEntity | undefined, string])[],
): string {
  if (entity.status === 'archived' || entity.status === 'deleted') return statusOf(entity);
  for (const [owner, kind] of above) {
    if (owner === undefined || owner.status === 'active') continue;
    return owner.status === 'paused' ? `${kind}_PAUSED` : statusOf(owner);
  }
  return statusOf(entity);
}

function byId<T extends AdEntity>(entities: readonly T[]): ReadonlyMap<string, T> {
  return new Map(entities.map((entity) => [entity.id, entity]));
}

/** `2026-10-03T18:45:59-0300`: local, the offset without a colon. */
function timeOf({ calendar }: MetaAdsWorld, instant: number): string {
  const wall = calendar.wallClock(instant).slice(0, 19).replace(' ', 'T');
  const minutes = Math.round((Date.parse(`${wall}Z`) - instant) / 60_000);
  const sign = minutes < 0 ? '-' : '+';
  const two = (number: number) => String(Math.floor(number)).padStart(2, '0');
  const distance = Math.abs(minutes);
  return `${wall}${sign}${two(distance / 60)}${two(distance % 60)}`;
}
