import type { Column } from '../sdk/columns.ts';
import type { Stream } from '../sdk/definition.ts';
import { localDateTime } from '../sdk/columns/instants.ts';
import { json } from '../sdk/columns/json.ts';
import { bigint, micros } from '../sdk/columns/numbers.ts';
import { longText, text } from '../sdk/columns/text.ts';
import { textAt } from '../sdk/value-source.ts';
import type { GoogleAdsAccount } from './account.ts';
import { PAGE_SIZE, searchPages } from './search.ts';

interface Entity {
  readonly name: string;
  readonly description: string;
  readonly key: readonly string[];
  readonly columns: Readonly<Record<string, Column>>;
  readonly query: string;
  /** Where the status stands that says `REMOVED`. */
  readonly statusPath: string;
}

export const campaigns = entity({
  name: 'campaigns',
  description: 'Campaigns, removed ones included.',
  key: ['campaign_id'],
  statusPath: 'campaign.status',
  query:
    'SELECT customer.id, campaign.id, campaign.name, campaign.status, campaign.serving_status, ' +
    'campaign.advertising_channel_type, campaign.bidding_strategy_type, campaign.campaign_budget, ' +
    'campaign.start_date_time, campaign.tracking_url_template, campaign_budget.amount_micros FROM campaign',
  columns: {
    campaign_id: bigint('campaign.id', 'Id of the campaign'),
    name: text('campaign.name', 'Name as of the read', { length: 500 }),
    status: text('campaign.status', '`ENABLED`, `PAUSED`, `REMOVED`'),
    serving_status: text('campaign.servingStatus', 'Whether it is served'),
    advertising_channel_type: text(
      'campaign.advertisingChannelType',
      '`SEARCH`, `SHOPPING`, `PERFORMANCE_MAX`, `VIDEO` …',
    ),
    bidding_strategy_type: text('campaign.biddingStrategyType', 'How it bids'),
    campaign_budget: text('campaign.campaignBudget', 'Resource name of its budget'),
    budget_amount: micros('campaignBudget.amountMicros', 'Budget of a day, in the currency'),
    started_at: localDateTime('campaign.startDateTime', 'When it began, in the account’s zone'),
    tracking_url_template: longText('campaign.trackingUrlTemplate', 'How clicks are tagged'),
  },
});

export const adGroups = entity({
  name: 'ad_groups',
  description: 'Ad groups, removed ones included.',
  key: ['ad_group_id'],
  statusPath: 'adGroup.status',
  query:
    'SELECT customer.id, campaign.id, ad_group.id, ad_group.name, ad_group.status, ad_group.type, ' +
    'ad_group.cpc_bid_micros FROM ad_group',
  columns: {
    ad_group_id: bigint('adGroup.id', 'Id of the ad group'),
    campaign_id: bigint('campaign.id', 'Id of its campaign'),
    name: text('adGroup.name', 'Name as of the read', { length: 500 }),
    status: text('adGroup.status', '`ENABLED`, `PAUSED`, `REMOVED`'),
    type: text('adGroup.type', 'Kind of ad group'),
    cpc_bid: micros('adGroup.cpcBidMicros', 'Bid for a click, in the currency'),
  },
});

export const ads = entity({
  name: 'ads',
  description: 'Ads, removed ones included. Performance Max has none.',
  key: ['ad_group_id', 'ad_id'],
  statusPath: 'adGroupAd.status',
  query:
    'SELECT customer.id, campaign.id, ad_group.id, ad_group_ad.ad.id, ad_group_ad.ad.type, ' +
    'ad_group_ad.ad.final_urls, ad_group_ad.ad.responsive_search_ad.headlines, ' +
    'ad_group_ad.ad.responsive_search_ad.descriptions, ad_group_ad.ad.responsive_search_ad.path1, ' +
    'ad_group_ad.status, ad_group_ad.ad_strength FROM ad_group_ad',
  columns: {
    ad_group_id: bigint('adGroup.id', 'Id of its ad group'),
    ad_id: bigint('adGroupAd.ad.id', 'Id of the ad; the same ad can stand in several groups'),
    campaign_id: bigint('campaign.id', 'Id of its campaign'),
    type: text('adGroupAd.ad.type', 'Kind of ad'),
    status: text('adGroupAd.status', '`ENABLED`, `PAUSED`, `REMOVED`'),
    ad_strength: text('adGroupAd.adStrength', 'Google’s opinion of the ad'),
    final_urls: json('adGroupAd.ad.finalUrls', 'Pages that it leads to'),
    headlines: json('adGroupAd.ad.responsiveSearchAd.headlines', 'Headlines of a search ad'),
    descriptions: json(
      'adGroupAd.ad.responsiveSearchAd.descriptions',
      'Descriptions of a search ad',
    ),
  },
});

/** Google filters by no time of change, so a list is read whole; it is short. */
function entity(definition: Entity): Stream<GoogleAdsAccount> {
  const { query, statusPath, ...parts } = definition;
  return {
    ...parts,
    cursor: { kind: 'none' },
    write: { mode: 'snapshot' },
    isDeleted: (record) => textAt(record, statusPath) === 'REMOVED',
    pageSize: PAGE_SIZE,
    async *read(context) {
      for await (const records of searchPages(context, query)) yield { records };
    },
  };
}
