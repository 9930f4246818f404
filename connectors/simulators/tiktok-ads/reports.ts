import type { AdDay, AdMetrics } from '../shop/advertising-records.ts';
import type { SimulatorContext, SimulatorRequest, SimulatorResponse } from '../simulator.ts';
import { badParameter } from './answers.ts';
import { pageOf } from './lists.ts';
import { metricTexts } from './metrics.ts';
import type { TiktokAdsState } from './state.ts';
import type { TiktokAdsWorld } from './world.ts';

type Context = SimulatorContext<TiktokAdsWorld, TiktokAdsState>;

const IDS: Readonly<Record<string, 'ad_id' | 'campaign_id'>> = {
  AUCTION_AD: 'ad_id',
  AUCTION_CAMPAIGN: 'campaign_id',
};
const MOST_DAYS = 30;
const DAY_MS = 86_400_000;
const DATE = /^\d{4}-\d\d-\d\d$/;

/** Daily rows of ads or campaigns that delivered, as strictly asked for as TikTok wants it. */
export function readReport(request: SimulatorRequest, { world }: Context): SimulatorResponse {
  const question = readQuestion(request);
  if ('status' in question) return question;
  const { id, since, until, metrics } = question;
  const names = namesOf(world, request.now);
  const rows: unknown[] = [];
  for (let date = since; date <= until; date = world.calendar.addDays(date, 1)) {
    for (const [value, day] of byId(world.advertising.days('tiktok', date, request.now), id)) {
      const texts = metricTexts(day, names, world.advertising.account('tiktok').currency);
      const unknown = metrics.find((metric) => !(metric in texts));
      if (unknown !== undefined)
        return badParameter(request, `metrics: ${unknown} is not supported.`);
      rows.push({
        dimensions: { [id]: value, stat_time_day: `${date} 00:00:00` },
        metrics: Object.fromEntries(metrics.map((metric) => [metric, texts[metric]])),
      });
    }
  }
  return pageOf(rows, `report of ${id} ${since} ${until}`, request);
}

interface Question {
  readonly id: 'ad_id' | 'campaign_id';
  readonly since: string;
  readonly until: string;
  readonly metrics: readonly string[];
}

function readQuestion(request: SimulatorRequest): Question | SimulatorResponse {
  const { query } = request;
  const id = IDS[query.get('data_level') ?? ''];
  if (id === undefined) return badParameter(request, 'data_level: is not supported.');
  if (query.get('service_type') !== 'AUCTION' || query.get('report_type') !== 'BASIC') {
    return badParameter(request, 'report_type: is not supported.');
  }
  if (query.get('dimensions') !== JSON.stringify([id, 'stat_time_day'])) {
    return badParameter(request, 'dimensions: are not supported for this data_level.');
  }
  const since = query.get('start_date') ?? '';
  const until = query.get('end_date') ?? '';
  if (!DATE.test(since) || !DATE.test(until) || since > until) {
    return badParameter(request, 'start_date: must be a date before end_date.');
  }
  if (Date.parse(until) - Date.parse(since) >= MOST_DAYS * DAY_MS) {
    return badParameter(request, 'end_date: The time span must not exceed 30 days.');
  }
  const metrics: unknown = JSON.parse(query.get('metrics') ?? '[]');
  return { id, since, until, metrics: Array.isArray(metrics) ? metrics.map(String) : [] };
}

/** The days of ads, or their sums by campaign. */
function byId(days: readonly AdDay[], id: Question['id']): ReadonlyMap<string, AdDay> {
  if (id === 'ad_id') return new Map(days.map((day) => [day.adId, day]));
  const sums = new Map<string, AdDay>();
  for (const day of days) {
    const before = sums.get(day.campaignId);
    const metrics = before === undefined ? day.metrics : added(before.metrics, day.metrics);
    sums.set(day.campaignId, { ...day, metrics });
  }
  return sums;
}

function added(left: AdMetrics, right: AdMetrics): AdMetrics {
  const sums = Object.entries(left).map(([name, value]) => [
    name,
    (value as number) + right[name as keyof AdMetrics],
  ]);
  return Object.fromEntries(sums) as AdMetrics;
}

/** Names as of the read, whatever day the rows are about. */
function namesOf({ advertising }: TiktokAdsWorld, now: number): ReadonlyMap<string, string> {
  const entities = [
    ...advertising.campaigns('tiktok', now),
    ...advertising.adSets('tiktok', now),
    ...advertising.ads('tiktok', now),
  ];
  return new Map(entities.map(({ id, name }) => [id, name]));
}
