import { dayRange } from '../sdk/date-slice.ts';
import type { Column } from '../sdk/columns.ts';
import type { Page, Slice, Stream } from '../sdk/definition.ts';
import type { JsonRecord } from '../sdk/json.ts';
import { valueAt } from '../sdk/value-source.ts';
import type { TiktokAdsAccount } from './account.ts';
import type { TiktokAdsRead } from './pages.ts';
import { pagesOf } from './pages.ts';
import { adMetrics, campaignMetrics, dayColumns } from './report-columns.ts';

/** Conversions count up to 28 days after a click. */
const RESTATED_DAYS = 28;
/** Most days of a request for daily rows, both ends counted. */
const LONGEST_WINDOW_DAYS = 30;
const PAGE_SIZE = 1000;

interface Report {
  readonly name: string;
  readonly description: string;
  /** `ad_id`. */
  readonly id: string;
  /** `AUCTION_AD`. */
  readonly level: string;
  /** Columns by the metric that they read, in the order in which they are asked for. */
  readonly metrics: Readonly<Record<string, Column>>;
}

const adReport = report({
  name: 'ad_report_daily',
  description: 'Delivery, spend and conversions of each ad and day that delivered',
  id: 'ad_id',
  level: 'AUCTION_AD',
  metrics: adMetrics,
});

const campaignReport = report({
  name: 'campaign_report_daily',
  description: 'Delivery and spend of each campaign and day that delivered',
  id: 'campaign_id',
  level: 'AUCTION_CAMPAIGN',
  metrics: campaignMetrics,
});

export const reportStreams: readonly Stream<TiktokAdsAccount>[] = [adReport, campaignReport];

function report(definition: Report): Stream<TiktokAdsAccount> {
  const { name, description, id, metrics } = definition;
  return {
    name,
    description,
    key: [id, 'stat_time_day'],
    columns: { ...dayColumns(id), ...metrics },
    cursor: { kind: 'dates', restatedDays: RESTATED_DAYS, windowDays: LONGEST_WINDOW_DAYS },
    // A day that had rows can lose one.
    write: { mode: 'replace_window', windowColumn: 'stat_time_day' },
    pageSize: PAGE_SIZE,
    read: (context, slice) => read(context, slice, definition),
    estimate: (days) => ({ calls: Math.ceil(days / LONGEST_WINDOW_DAYS) * 3, perMinute: 480 }),
  };
}

async function* read(
  context: TiktokAdsRead,
  slice: Slice,
  { id, level, metrics }: Report,
): AsyncGenerator<Page, void> {
  const { since, until } = dayRange(slice);
  const listing = {
    endpoint: 'report/integrated/get',
    query: {
      advertiser_id: context.accountId,
      service_type: 'AUCTION',
      report_type: 'BASIC',
      data_level: level,
      dimensions: JSON.stringify([id, 'stat_time_day']),
      metrics: JSON.stringify(Object.keys(metrics)),
      start_date: since,
      end_date: until,
    },
    identityOf: (record: JsonRecord) => JSON.stringify(valueAt(record, 'dimensions')),
  };
  for await (const page of pagesOf(context, listing)) {
    yield { ...page, records: page.records.map((record) => withAdvertiser(record, context)) };
  }
}

/** Rows of reports leave out whose they are. */
function withAdvertiser(record: JsonRecord, { accountId }: TiktokAdsRead): JsonRecord {
  return { advertiser_id: accountId, ...record };
}
