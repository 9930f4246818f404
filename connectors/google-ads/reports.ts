import type { Column } from '../sdk/columns.ts';
import type { PiiPath, Stream } from '../sdk/definition.ts';
import { date } from '../sdk/columns/dates.ts';
import { bigint, decimal, micros } from '../sdk/columns/numbers.ts';
import { text } from '../sdk/columns/text.ts';
import { dayRange } from '../sdk/date-slice.ts';
import type { GoogleAdsAccount } from './account.ts';
import { PAGE_SIZE, searchPages } from './search.ts';

type Columns = Readonly<Record<string, Column>>;

interface Report {
  readonly name: string;
  readonly description: string;
  readonly key: readonly string[];
  readonly hashedKey?: boolean;
  readonly columns: Columns;
  readonly select: readonly string[];
  readonly from: string;
  readonly restatedDays: number;
  readonly windowDays: number;
  readonly historyDays?: number;
  readonly deepRead?: { readonly everyDays: number; readonly days: number };
  readonly optional?: boolean;
  readonly pii?: readonly PiiPath[];
  /** Only one day at a time: `WHERE segments.date = …`. */
  readonly byDay?: boolean;
}

const day = date('segments.date', 'Day in the account’s time zone');

/** Conversions are booked on the day of the click, for 30 days by default and 90 at most. */
const RESTATED = { restatedDays: 30, deepRead: { everyDays: 7, days: 90 } } as const;

const DELIVERY = ['metrics.clicks', 'metrics.impressions', 'metrics.cost_micros'];

const VALUES = [
  ...DELIVERY,
  'metrics.conversions',
  'metrics.conversions_value',
  'metrics.all_conversions',
  'metrics.all_conversions_value',
  'metrics.view_through_conversions',
  'metrics.average_cpc',
  'metrics.ctr',
];

const delivery: Columns = {
  impressions: bigint('metrics.impressions', 'Impressions'),
  clicks: bigint('metrics.clicks', 'Clicks'),
  cost: micros('metrics.costMicros', 'Spend, in the account’s currency'),
};

const conversion = (path: string, description: string) =>
  decimal(path, description, { scale: 6, rounds: true });

const values: Columns = {
  ...delivery,
  conversions: conversion(
    'metrics.conversions',
    'Conversions that bidding counts; can be fractions',
  ),
  conversions_value: conversion('metrics.conversionsValue', 'What those conversions are worth'),
  all_conversions: conversion('metrics.allConversions', 'All conversions'),
  all_conversions_value: conversion(
    'metrics.allConversionsValue',
    'What all conversions are worth',
  ),
  view_through_conversions: bigint(
    'metrics.viewThroughConversions',
    'Conversions of people who saw an ad and did not click',
  ),
};

export const campaignDaily = report({
  name: 'campaign_daily',
  description:
    'Delivery of each campaign by day, device and network: the only report with the whole spend.',
  key: ['campaign_id', 'date', 'device', 'ad_network_type'],
  from: 'campaign',
  select: [
    'customer.id',
    'customer.currency_code',
    'customer.time_zone',
    'campaign.id',
    'campaign.name',
    'campaign.status',
    'campaign.advertising_channel_type',
    ...VALUES,
    'segments.date',
    'segments.device',
    'segments.ad_network_type',
  ],
  columns: {
    campaign_id: bigint('campaign.id', 'Id of the campaign'),
    date: day,
    device: text('segments.device', '`MOBILE`, `DESKTOP`, `TABLET` …', { length: 40 }),
    ad_network_type: text('segments.adNetworkType', 'Network: `SEARCH`, `CONTENT`, `MIXED` …', {
      length: 40,
    }),
    campaign_name: text('campaign.name', 'Name of the campaign as of the read', { length: 500 }),
    campaign_status: text('campaign.status', 'State of the campaign as of the read'),
    advertising_channel_type: text('campaign.advertisingChannelType', 'Kind of campaign'),
    ...values,
    currency_code: text('customer.currencyCode', 'Currency of the amounts', { length: 3 }),
    time_zone: text('customer.timeZone', 'Zone of the day', { length: 64 }),
  },
  windowDays: 30,
  ...RESTATED,
});

export const adDaily = report({
  name: 'ad_daily',
  description: 'Delivery of each ad by day and network. Performance Max has no rows here.',
  key: ['ad_group_id', 'ad_id', 'date', 'ad_network_type'],
  from: 'ad_group_ad',
  select: [
    'customer.id',
    'campaign.id',
    'ad_group.id',
    'ad_group_ad.ad.id',
    ...VALUES,
    'segments.date',
    'segments.ad_network_type',
  ],
  columns: {
    ad_group_id: bigint('adGroup.id', 'Id of the ad group'),
    ad_id: bigint('adGroupAd.ad.id', 'Id of the ad'),
    date: day,
    ad_network_type: text('segments.adNetworkType', 'Network', { length: 40 }),
    campaign_id: bigint('campaign.id', 'Id of the campaign'),
    ...values,
  },
  windowDays: 30,
  ...RESTATED,
});

export const searchTerms = report({
  name: 'search_terms',
  description: 'What people searched for when an ad was shown, by day.',
  key: ['resource_name', 'date'],
  hashedKey: true,
  optional: true,
  from: 'search_term_view',
  select: [
    'campaign.id',
    'ad_group.id',
    'search_term_view.search_term',
    'search_term_view.status',
    ...DELIVERY,
    'metrics.conversions',
    'segments.date',
  ],
  columns: {
    resource_name: text('searchTermView.resourceName', 'Google’s name of the row', { length: 500 }),
    date: day,
    campaign_id: bigint('campaign.id', 'Id of the campaign'),
    ad_group_id: bigint('adGroup.id', 'Id of the ad group'),
    search_term: text('searchTermView.searchTerm', 'What was searched for', { length: 500 }),
    status: text('searchTermView.status', 'Whether it is a keyword: `ADDED`, `EXCLUDED`, `NONE`'),
    ...delivery,
    conversions: conversion('metrics.conversions', 'Conversions that bidding counts'),
  },
  // People search for names too.
  pii: [{ path: 'searchTermView.searchTerm', kind: 'text' }],
  windowDays: 7,
  restatedDays: 30,
});

export const keywordDaily = report({
  name: 'keyword_daily',
  description: 'Delivery of each keyword by day. Only Search campaigns have keywords.',
  key: ['ad_group_id', 'criterion_id', 'date'],
  optional: true,
  from: 'keyword_view',
  select: [
    'campaign.id',
    'ad_group.id',
    'ad_group_criterion.criterion_id',
    'ad_group_criterion.keyword.text',
    'ad_group_criterion.keyword.match_type',
    'ad_group_criterion.status',
    ...DELIVERY,
    'metrics.conversions',
    'metrics.conversions_value',
    'segments.date',
  ],
  columns: {
    ad_group_id: bigint('adGroup.id', 'Id of the ad group'),
    criterion_id: bigint(
      'adGroupCriterion.criterionId',
      'Id of the keyword; the same one can stand in several ad groups',
    ),
    date: day,
    campaign_id: bigint('campaign.id', 'Id of the campaign'),
    keyword: text('adGroupCriterion.keyword.text', 'The keyword', { length: 500 }),
    match_type: text('adGroupCriterion.keyword.matchType', '`EXACT`, `PHRASE`, `BROAD`'),
    status: text('adGroupCriterion.status', '`ENABLED`, `PAUSED`, `REMOVED`'),
    ...delivery,
    conversions: conversion('metrics.conversions', 'Conversions that bidding counts'),
    conversions_value: conversion('metrics.conversionsValue', 'What those conversions are worth'),
  },
  windowDays: 7,
  ...RESTATED,
});

export const clicks = report({
  name: 'clicks',
  description:
    'Each click with its gclid and campaign, for orders that carry one. 90 days of history.',
  key: ['resource_name'],
  hashedKey: true,
  from: 'click_view',
  select: [
    'campaign.id',
    'click_view.gclid',
    'click_view.keyword',
    'click_view.area_of_interest.city',
    'segments.date',
    'segments.device',
    'segments.click_type',
  ],
  columns: {
    resource_name: text('clickView.resourceName', 'Google’s name of the click', { length: 500 }),
    gclid: text('clickView.gclid', 'Click id in the landing address'),
    date: day,
    campaign_id: bigint('campaign.id', 'Id of the campaign'),
    keyword: text('clickView.keyword', 'Resource name of the keyword'),
    city: text('clickView.areaOfInterest.city', 'Where the person was, as a resource name'),
    device: text('segments.device', '`MOBILE`, `DESKTOP`, `TABLET` …', { length: 40 }),
    click_type: text('segments.clickType', 'What was clicked'),
  },
  byDay: true,
  windowDays: 1,
  restatedDays: 3,
  historyDays: 90,
});

export const conversionActionDaily = report({
  name: 'conversion_action_daily',
  description:
    'Conversions of each campaign by day and action; spend cannot be asked for with them.',
  key: ['campaign_id', 'date', 'conversion_action'],
  from: 'campaign',
  select: [
    'campaign.id',
    'segments.date',
    'segments.conversion_action',
    'segments.conversion_action_name',
    'segments.conversion_action_category',
    'metrics.conversions',
    'metrics.conversions_value',
    'metrics.all_conversions',
  ],
  columns: {
    campaign_id: bigint('campaign.id', 'Id of the campaign'),
    date: day,
    conversion_action: text('segments.conversionAction', 'Resource name of the action', {
      length: 150,
    }),
    conversion_action_name: text('segments.conversionActionName', 'Name of the action'),
    conversion_action_category: text(
      'segments.conversionActionCategory',
      '`PURCHASE`, `ADD_TO_CART` …: count purchases by it',
    ),
    conversions: conversion('metrics.conversions', 'Conversions that bidding counts'),
    conversions_value: conversion('metrics.conversionsValue', 'What they are worth'),
    all_conversions: conversion('metrics.allConversions', 'All conversions'),
  },
  windowDays: 30,
  ...RESTATED,
});

/** Rows whose metrics are all zero vanish, so a window is replaced as a whole. */
function report(definition: Report): Stream<GoogleAdsAccount> {
  const { select, from, byDay, restatedDays, windowDays, historyDays, deepRead, ...parts } =
    definition;
  return {
    ...parts,
    cursor: {
      kind: 'dates',
      restatedDays,
      windowDays,
      ...(historyDays === undefined ? {} : { historyDays }),
      ...(deepRead === undefined ? {} : { deepRead }),
    },
    write: { mode: 'replace_window', windowColumn: 'date' },
    pageSize: PAGE_SIZE,
    async *read(context, slice) {
      const { since, until } = dayRange(slice);
      const when = byDay === true ? `= '${since}'` : `BETWEEN '${since}' AND '${until}'`;
      const query = `SELECT ${select.join(', ')} FROM ${from} WHERE segments.date ${when}`;
      for await (const records of searchPages(context, query)) yield { records };
    },
    estimate: (days) => ({ calls: Math.ceil(days / windowDays) }),
  };
}
