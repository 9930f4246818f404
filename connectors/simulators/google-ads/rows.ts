import { bare } from '../json-text.ts';
import type { AdMetrics, SearchTermDay } from '../shop/advertising-records.ts';
import { SEARCH_TERMS } from '../shop/words.ts';
import type { GaqlQuery } from './gaql.ts';
import type { GoogleAdsWorld } from './world.ts';

export type Json = Readonly<Record<string, unknown>>;

/** Centavos in a millionth of the currency. */
const MICROS = 10_000;

interface Asked {
  readonly world: GoogleAdsWorld;
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
  readonly query: GaqlQuery;
}

/** All rows of a resource with every field that the simulator knows; the answer keeps the selected ones. */
export function rowsOf(asked: Asked): readonly Json[] | undefined {
  switch (asked.query.resource) {
    case 'customer':
      return [{ customer: customerOf(asked) }];
    case 'campaign':
      return asked.query.days === undefined ? campaignRows(asked) : campaignDays(asked);
    case 'ad_group':
      return adGroupRows(asked);
    case 'ad_group_ad':
      return asked.query.days === undefined ? adRows(asked) : adDays(asked);
    case 'search_term_view':
      return searchTermRows(asked);
    case 'keyword_view':
      return keywordRows(asked);
    case 'click_view':
      return clickRows(asked);
    default:
      return undefined;
  }
}

function customerOf({ world }: Asked): Json {
  const account = world.advertising.account('google');
  return {
    resourceName: `customers/${account.id}`,
    id: account.id,
    descriptiveName: account.name,
    currencyCode: account.currency,
    timeZone: account.timeZone,
    autoTaggingEnabled: true,
    manager: false,
    status: 'ENABLED',
  };
}

const CHANNELS = {
  sales: 'SEARCH',
  remarketing: 'DISPLAY',
  search_brand: 'SEARCH',
  search: 'SEARCH',
  shopping: 'SHOPPING',
  performance_max: 'PERFORMANCE_MAX',
} as const;

const STATUSES = {
  active: 'ENABLED',
  paused: 'PAUSED',
  archived: 'REMOVED',
  deleted: 'REMOVED',
} as const;

function campaignRows(asked: Asked): readonly Json[] {
  const customer = customerOf(asked);
  return asked.world.advertising.campaigns('google', asked.now).map((campaign) => ({
    customer,
    campaign: {
      resourceName: `${String(customer['resourceName'])}/campaigns/${campaign.id}`,
      id: campaign.id,
      name: campaign.name,
      status: STATUSES[campaign.status],
      servingStatus: campaign.status === 'active' ? 'SERVING' : 'ENDED',
      advertisingChannelType: CHANNELS[campaign.kind],
      biddingStrategyType: 'MAXIMIZE_CONVERSION_VALUE',
      campaignBudget: `${String(customer['resourceName'])}/campaignBudgets/${campaign.id}`,
      startDateTime: `${campaign.startDate} 00:00:00`,
      trackingUrlTemplate: '{lpurl}?utm_source=google&utm_medium=cpc&utm_campaign={campaignid}',
    },
    campaignBudget: { amountMicros: String(campaign.budget * MICROS) },
  }));
}

function adGroupRows(asked: Asked): readonly Json[] {
  const customer = customerOf(asked);
  return asked.world.advertising.adSets('google', asked.now).map((group) => ({
    customer,
    campaign: { id: group.campaignId },
    adGroup: {
      resourceName: `${String(customer['resourceName'])}/adGroups/${group.id}`,
      id: group.id,
      name: group.name,
      status: STATUSES[group.status],
      type: 'SEARCH_STANDARD',
      cpcBidMicros: '1500000',
    },
  }));
}

function adRows(asked: Asked): readonly Json[] {
  const customer = customerOf(asked);
  return asked.world.advertising.ads('google', asked.now).map((ad) => ({
    customer,
    campaign: { id: ad.campaignId },
    adGroup: { id: ad.adSetId },
    adGroupAd: {
      resourceName: `${String(customer['resourceName'])}/adGroupAds/${ad.adSetId}~${ad.id}`,
      status: STATUSES[ad.status],
      adStrength: 'GOOD',
      ad: {
        id: ad.id,
        type: 'RESPONSIVE_SEARCH_AD',
        finalUrls: [ad.landingUrl],
        responsiveSearchAd: {
          headlines: [{ text: ad.headline }],
          descriptions: [{ text: ad.body }],
          path1: 'loja',
        },
      },
    },
  }));
}

/** Spend is reported by device, conversions by action; both may not be asked for at once. */
function campaignDays(asked: Asked): readonly Json[] {
  const customer = customerOf(asked);
  const campaigns = new Map(
    asked.world.advertising.campaigns('google', asked.now).map((one) => [one.id, one]),
  );
  const byAction = asked.query.fields.includes('segments.conversion_action');
  return daysOf(asked).flatMap((date) => {
    const sums = new Map<string, Record<string, AdMetrics>>();
    for (const row of asked.world.advertising.days('google', date, asked.now)) {
      const sum = sums.get(row.campaignId) ?? {};
      for (const [device, metrics] of Object.entries(row.byDevice)) {
        sum[device] = added(sum[device], metrics);
      }
      sums.set(row.campaignId, sum);
    }
    return [...sums].flatMap(([id, devices]) => {
      const found = campaigns.get(id);
      const campaign = {
        id,
        name: found?.name,
        status: found === undefined ? 'REMOVED' : STATUSES[found.status],
        advertisingChannelType: found === undefined ? 'SEARCH' : CHANNELS[found.kind],
      };
      if (byAction) return conversionRows(Object.values(devices), { customer, campaign, date });
      const adNetworkType = found?.kind === 'performance_max' ? 'MIXED' : 'SEARCH';
      return Object.entries(devices).map(([device, metrics]) => ({
        customer,
        campaign,
        metrics: metricsOf(metrics),
        segments: { date, device: device.toUpperCase(), adNetworkType },
      }));
    });
  });
}

function conversionRows(
  devices: readonly AdMetrics[],
  {
    date,
    ...entities
  }: { readonly customer: Json; readonly campaign: Json; readonly date: string },
): readonly Json[] {
  const whole = devices.reduce((sum, metrics) => added(sum, metrics));
  const action = (id: string, category: string, name: string) => ({
    date,
    conversionAction: `${String(entities.customer['resourceName'])}/conversionActions/${id}`,
    conversionActionCategory: category,
    conversionActionName: name,
  });
  const purchases = {
    conversions: double(whole.purchases28d),
    conversionsValue: money(whole.revenue28d),
    allConversions: double(whole.purchases28d),
  };
  const carts = { conversions: 0, conversionsValue: 0, allConversions: double(whole.addsToCart) };
  return [
    { ...entities, metrics: purchases, segments: action('6511200341', 'PURCHASE', 'Compra') },
    { ...entities, metrics: carts, segments: action('6511200990', 'ADD_TO_CART', 'Carrinho') },
  ].filter(({ metrics }) => !isNothing(metrics));
}

function adDays(asked: Asked): readonly Json[] {
  const customer = customerOf(asked);
  return daysOf(asked).flatMap((date) =>
    asked.world.advertising
      .days('google', date, asked.now)
      .filter(({ adId }) => adId !== '')
      .map((row) => ({
        customer,
        campaign: { id: row.campaignId },
        adGroup: { id: row.adSetId },
        adGroupAd: { ad: { id: row.adId } },
        metrics: metricsOf(row.metrics),
        segments: { date, adNetworkType: 'SEARCH' },
      })),
  );
}

function searchTermRows(asked: Asked): readonly Json[] {
  const { id } = asked.world.advertising.account('google');
  return termDays(asked).map((row) => {
    const coded = Buffer.from(row.term).toString('base64url');
    const name = `customers/${id}/searchTermViews/${row.campaignId}~${row.adSetId}~${coded}`;
    return {
      campaign: { id: row.campaignId },
      adGroup: { id: row.adSetId },
      searchTermView: { resourceName: name, searchTerm: row.term, status: 'NONE' },
      metrics: termMetrics(row),
      segments: { date: row.date },
    };
  });
}

/** The keyword that a search term was shown for is the term itself. */
function keywordRows(asked: Asked): readonly Json[] {
  return termDays(asked).map((row) => ({
    campaign: { id: row.campaignId },
    adGroup: { id: row.adSetId },
    adGroupCriterion: {
      criterionId: criterionIdOf(row.term),
      status: 'ENABLED',
      keyword: { text: row.term, matchType: 'PHRASE' },
    },
    metrics: { ...termMetrics(row), conversionsValue: 0 },
    segments: { date: row.date },
  }));
}

/** A row for each term of an ad group and day: its ads together. */
function termDays(asked: Asked): readonly SearchTermDay[] {
  const { advertising } = asked.world;
  return daysOf(asked).flatMap((date) => {
    const sums = new Map<string, SearchTermDay>();
    for (const row of advertising.searchTerms(date, asked.now)) {
      const key = `${row.adSetId} ${row.term}`;
      const before = sums.get(key);
      const sum = (part: 'clicks' | 'impressions' | 'spend') => row[part] + (before?.[part] ?? 0);
      sums.set(key, {
        ...row,
        clicks: sum('clicks'),
        impressions: sum('impressions'),
        spend: sum('spend'),
      });
    }
    return [...sums.values()];
  });
}

function termMetrics({ clicks, impressions, spend }: SearchTermDay): Json {
  return {
    clicks: String(clicks),
    impressions: String(impressions),
    costMicros: String(spend * MICROS),
    conversions: 0,
  };
}

/** One id for a text, wherever it is a keyword. */
function criterionIdOf(term: string): string {
  const place = SEARCH_TERMS.indexOf(term);
  return String(FIRST_CRITERION + place);
}

const FIRST_CRITERION = 310_400_210_001;

function clickRows(asked: Asked): readonly Json[] {
  const { id } = asked.world.advertising.account('google');
  return daysOf(asked).flatMap((date) => {
    const clicks = asked.world.advertising.clicks('google', date, asked.now);
    return Array.from({ length: clicks.count }, (_, position) => {
      const { clickId, campaignId, device } = clicks.at(position);
      return {
        campaign: { id: campaignId },
        clickView: {
          resourceName: `customers/${id}/clickViews/${date}~${clickId}`,
          gclid: clickId,
          areaOfInterest: { city: 'geoTargetConstants/1001773' },
        },
        segments: { date, device: device.toUpperCase(), clickType: 'URL_CLICKS' },
      };
    });
  });
}

/** int64 as text, fractions as numbers, as Google's JSON has them. */
function metricsOf(metrics: AdMetrics): Json {
  const cost = metrics.spend * MICROS;
  return {
    clicks: String(metrics.clicks),
    impressions: String(metrics.impressions),
    costMicros: String(cost),
    conversions: double(metrics.purchases28d),
    conversionsValue: money(metrics.revenue28d),
    allConversions: double(metrics.purchases28d + metrics.viewPurchases1d),
    allConversionsValue: money(metrics.revenue28d + metrics.viewRevenue1d),
    viewThroughConversions: String(metrics.viewPurchases1d),
    averageCpc: metrics.clicks === 0 ? 0 : cost / metrics.clicks,
    ctr: metrics.impressions === 0 ? 0 : metrics.clicks / metrics.impressions,
  };
}

/** Google writes a double without digits as `8.0`, and nothing as `0`. */
function double(value: number): unknown {
  return value === 0 ? 0 : bare(`${value}.0`);
}

function money(centavos: number): number {
  return centavos / 100;
}

function added(left: AdMetrics | undefined, right: AdMetrics): AdMetrics {
  if (left === undefined) return right;
  const names = Object.keys(right) as (keyof AdMetrics)[];
  return Object.fromEntries(
    names.map((name) => [name, left[name] + right[name]]),
  ) as unknown as AdMetrics;
}

function isNothing(metrics: Json): boolean {
  return Object.values(metrics).every((value) => value === 0 || value === '0');
}

function daysOf({ query }: Asked): readonly string[] {
  const { since = '', until = '' } = query.days ?? {};
  const days: string[] = [];
  for (let at = Date.parse(since); at <= Date.parse(until); at += 86_400_000) {
    days.push(new Date(at).toISOString().slice(0, 10));
  }
  return days;
}
