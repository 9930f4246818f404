import { bare } from '../json-text.ts';
import type { AdEntity } from '../shop/advertising-records.ts';
import type { TiktokAdsWorld } from './world.ts';

type Json = Readonly<Record<string, unknown>>;

const PIXEL = '7301990011223344556';
/** What the addresses of the shop's visits were made by. */
const URL_TAGS =
  'utm_source=tiktok&utm_medium=paid_social&utm_campaign=__CAMPAIGN_NAME__&utm_content=__CID__&utm_id=__CAMPAIGN_ID__';

/** The advertiser, its contacts masked. */
export function advertiserRecord({ advertising, shop }: TiktokAdsWorld): Json {
  const account = advertising.account('tiktok');
  return {
    advertiser_id: account.id,
    name: account.name,
    company: shop.name,
    status: 'STATUS_ENABLE',
    currency: account.currency,
    timezone: account.timeZone,
    display_timezone: account.timeZone,
    country: shop.country,
    industry: '290301',
    language: 'pt',
    role: 'ROLE_ADVERTISER',
    balance: bare('1240.5'),
    create_time: Math.floor(account.createdAt / 1000),
    advertiser_account_type: 'AUCTION',
    owner_bc_id: '7301482200915700001',
    contacter: '****',
    email: '****@example.com',
    telephone_number: '+55119****0001',
  };
}

export function campaignRecords(world: TiktokAdsWorld, now: number): readonly Json[] {
  return world.advertising.campaigns('tiktok', now).map((campaign) => ({
    advertiser_id: advertiserId(world),
    campaign_id: campaign.id,
    campaign_name: campaign.name,
    objective_type: 'WEB_CONVERSIONS',
    objective: 'CONVERSIONS',
    campaign_type: 'REGULAR_CAMPAIGN',
    budget: amount(campaign.budget),
    budget_mode: 'BUDGET_MODE_DAY',
    ...statusOf(campaign, 'CAMPAIGN_STATUS'),
    is_smart_performance_campaign: false,
    is_new_structure: true,
    budget_optimize_on: true,
    special_industries: [],
    ...timesOf(campaign),
  }));
}

export function adGroupRecords(world: TiktokAdsWorld, now: number): readonly Json[] {
  const names = namesOf(world.advertising.campaigns('tiktok', now));
  return world.advertising.adSets('tiktok', now).map((group) => ({
    advertiser_id: advertiserId(world),
    campaign_id: group.campaignId,
    campaign_name: names.get(group.campaignId),
    adgroup_id: group.id,
    adgroup_name: group.name,
    ...statusOf(group, 'ADGROUP_STATUS'),
    placement_type: 'PLACEMENT_TYPE_NORMAL',
    placements: ['PLACEMENT_TIKTOK'],
    location_ids: ['3469034'],
    age_groups: ['AGE_18_24', 'AGE_25_34', 'AGE_35_44'],
    gender: 'GENDER_UNLIMITED',
    languages: ['pt'],
    budget: amount(group.budget),
    budget_mode: 'BUDGET_MODE_DAY',
    billing_event: 'OCPM',
    optimization_goal: 'CONVERT',
    optimization_event: 'ON_WEB_ORDER',
    bid_type: 'BID_TYPE_NO_BID',
    bid_price: bare('0.0'),
    pixel_id: PIXEL,
    schedule_type: group.endDate === undefined ? 'SCHEDULE_FROM_NOW' : 'SCHEDULE_START_END',
    schedule_start_time: `${group.startDate} 00:00:00`,
    schedule_end_time: `${group.endDate ?? '2036-01-01'} 23:59:59`,
    click_attribution_window: 'SEVEN_DAYS',
    view_attribution_window: 'ONE_DAY',
    ...timesOf(group),
  }));
}

/** Every fifth ad is one of Smart+, which never say when they changed. */
export function adRecords(world: TiktokAdsWorld, now: number): readonly Json[] {
  const campaigns = namesOf(world.advertising.campaigns('tiktok', now));
  const groups = namesOf(world.advertising.adSets('tiktok', now));
  return world.advertising.ads('tiktok', now).map((ad, index) => ({
    advertiser_id: advertiserId(world),
    campaign_id: ad.campaignId,
    campaign_name: campaigns.get(ad.campaignId),
    adgroup_id: ad.adSetId,
    adgroup_name: groups.get(ad.adSetId),
    ad_id: ad.id,
    ad_name: ad.name,
    ad_text: ad.body,
    ad_format: 'SINGLE_VIDEO',
    video_id: `v10044g5${ad.id}`,
    image_ids: [`tos-alisg-p-0051-sg/${ad.id}`],
    landing_page_url: `${ad.landingUrl}?${URL_TAGS}`,
    call_to_action: 'SHOP_NOW',
    ...statusOf(ad, 'AD_STATUS'),
    tracking_pixel_id: bare(PIXEL),
    is_aco: false,
    ...timesOf(ad),
    ...(index % 5 === 4 ? { modify_time: null } : {}),
  }));
}

function advertiserId({ advertising }: TiktokAdsWorld): string {
  return advertising.account('tiktok').id;
}

function namesOf(entities: readonly AdEntity[]): ReadonlyMap<string, string> {
  return new Map(entities.map(({ id, name }) => [id, name]));
}

/** TikTok keeps no archive: what is archived is deleted. */
function statusOf({ status }: AdEntity, prefix: string): Json {
  switch (status) {
    case 'active':
      return { operation_status: 'ENABLE', secondary_status: `${prefix}_ENABLE` };
    case 'paused':
      return { operation_status: 'DISABLE', secondary_status: `${prefix}_DISABLE` };
    case 'archived':
    case 'deleted':
      return { operation_status: 'DELETE', secondary_status: `${prefix}_DELETE` };
  }
}

function timesOf({ createdAt, updatedAt }: AdEntity): Json {
  return { create_time: utc(createdAt), modify_time: utc(updatedAt) };
}

function utc(instant: number): string {
  return new Date(instant).toISOString().slice(0, 19).replace('T', ' ');
}

/** A JSON number with a point: `300.0`. */
function amount(centavos: number): string {
  return bare((centavos / 100).toFixed(1));
}
