import type { AdDay, AdMetrics } from '../shop/advertising-records.ts';
import { splitWhole } from '../shop/money.ts';
import { actionsOf, actionValuesOf } from './actions.ts';
import type { InsightsQuestion } from './insights-question.ts';
import type { MetaAdsWorld } from './world.ts';

type Json = Readonly<Record<string, unknown>>;

/** A row of insights, and the key by which rows are sorted. */
export interface InsightRow {
  readonly key: string;
  readonly row: Json;
}

/** Rows of whole days as of an instant: days, ads and parts without delivery have none. */
export function insightRows(
  world: MetaAdsWorld,
  question: InsightsQuestion,
  now: number,
): readonly InsightRow[] {
  const names = namesOf(world, now);
  const rows: InsightRow[] = [];
  const today = world.calendar.dateOf(now);
  const last = question.until < today ? question.until : today;
  for (let date = question.since; date <= last; date = world.calendar.addDays(date, 1)) {
    for (const day of world.advertising.days('meta', date, now)) {
      for (const part of partsOf(day, question.breakdowns)) {
        rows.push(rowOf(day, part, names, question));
      }
    }
  }
  return rows.toSorted((left, right) => (left.key < right.key ? -1 : 1));
}

interface Part {
  /** What it is broken down by; a key that Meta does not know is left out. */
  readonly keys: Readonly<Record<string, string>>;
  readonly metrics: AdMetrics;
}

const PARTS: Readonly<Record<string, readonly (readonly [Part['keys'], number])[]>> = {
  'age,gender': [
    [{ age: '18-24', gender: 'female' }, 22],
    [{ age: '25-34', gender: 'female' }, 34],
    [{ age: '35-44', gender: 'female' }, 18],
    [{ age: '25-34', gender: 'male' }, 15],
    [{ age: '65+', gender: 'male' }, 8],
    [{ age: 'Unknown', gender: 'unknown' }, 3],
  ],
  country: [
    [{ country: 'BR' }, 97],
    [{ country: 'PT' }, 2],
    [{}, 1],
  ],
  publisher_platform: [
    [{ publisher_platform: 'instagram' }, 61],
    [{ publisher_platform: 'facebook' }, 33],
    [{ publisher_platform: 'audience_network' }, 6],
  ],
};

/** The parts of a day; their numbers add up to those of the day. */
function partsOf(day: AdDay, breakdowns: readonly string[]): readonly Part[] {
  const parts = PARTS[breakdowns.join(',')];
  if (parts === undefined) return [{ keys: {}, metrics: day.metrics }];
  const weights = parts.map(([, weight]) => weight);
  const names = Object.keys(day.metrics) as (keyof AdMetrics)[];
  const split = new Map(names.map((name) => [name, splitWhole(day.metrics[name], weights)]));
  return parts
    .map(([keys], index) => ({
      keys,
      metrics: Object.fromEntries(
        names.map((name) => [name, split.get(name)?.[index] ?? 0]),
      ) as unknown as AdMetrics,
    }))
    .filter(({ metrics }) => metrics.impressions > 0);
}

function rowOf(
  day: AdDay,
  { keys, metrics }: Part,
  names: ReturnType<typeof namesOf>,
  { fields, windows }: InsightsQuestion,
): InsightRow {
  const all: Json = {
    ...names.account,
    campaign_id: day.campaignId,
    campaign_name: names.of(day.campaignId),
    adset_id: day.adSetId,
    adset_name: names.of(day.adSetId),
    ad_id: day.adId,
    ad_name: names.of(day.adId),
    objective: 'OUTCOME_SALES',
    optimization_goal: 'OFFSITE_CONVERSIONS',
    attribution_setting: '7d_click_or_1d_view',
    ...numbersOf(metrics),
    actions: actionsOf(metrics, windows),
    action_values: actionValuesOf(metrics, windows),
    date_start: day.date,
    date_stop: day.date,
  };
  const asked = Object.entries(all).filter(
    ([name, value]) => fields.has(name) && value !== undefined,
  );
  return {
    key: [day.date, day.adId, ...Object.values(keys)].join('|'),
    row: { ...Object.fromEntries(asked), ...keys },
  };
}

/** Every metric is a text; a rate without its divisor is left out. */
function numbersOf(metrics: AdMetrics): Json {
  const { impressions, reach, clicks, linkClicks, spend } = metrics;
  const rate = (above: number, below: number) =>
    below === 0 ? undefined : (above / below).toFixed(6);
  return {
    impressions: String(impressions),
    reach: String(reach),
    frequency: rate(impressions, reach),
    clicks: String(clicks),
    inline_link_clicks: linkClicks === 0 ? undefined : String(linkClicks),
    spend: String(spend / 100),
    cpc: rate(spend / 100, clicks),
    cpm: rate(spend * 10, impressions),
    ctr: rate(clicks * 100, impressions),
  };
}

/** Names as of the read, whatever day the rows are about. */
function namesOf({ advertising }: MetaAdsWorld, now: number) {
  const account = advertising.account('meta');
  const entities = [
    ...advertising.campaigns('meta', now),
    ...advertising.adSets('meta', now),
    ...advertising.ads('meta', now),
  ];
  const names = new Map(entities.map(({ id, name }) => [id, name]));
  return {
    account: {
      account_id: account.id,
      account_name: account.name,
      account_currency: account.currency,
    },
    of: (id: string) => names.get(id),
  };
}
