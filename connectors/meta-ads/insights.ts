import { text } from '../sdk/columns/text.ts';
import { dayRange } from '../sdk/date-slice.ts';
import type { DayRange } from '../sdk/date-slice.ts';
import type { Page, Slice, Stream } from '../sdk/definition.ts';
import { computed } from '../sdk/value-source.ts';
import type { MetaAdsAccount } from './account.ts';
import { pathOf } from './api.ts';
import {
  actionTables,
  ATTRIBUTION_WINDOWS,
  INSIGHT_FIELDS,
  insightColumns,
} from './insight-columns.ts';
import type { MetaAdsRead } from './pages.ts';
import { pagesOf } from './pages.ts';
import { finishedReport } from './report-run.ts';

/** Conversions settle for 28 days after the day. */
const RESTATED_DAYS = 28;
/** Longest window that Meta answers at once without making a report. */
const LONGEST_SYNC_DAYS = 7;
const PAGE_SIZE = 100;
/** 37 months of history, less a day for the zone: asked for more, Meta answers with nothing. */
const HISTORY_DAYS = 1122;
/** 13 months for reach with breakdowns. */
const BREAKDOWN_HISTORY_DAYS = 393;
/** Stands for a part of the key that Meta left out of a row. */
const MISSING = '(not set)';

interface Insights {
  readonly name: string;
  readonly description: string;
  /** By what the rows of an ad and a day are broken down, and what each part means. */
  readonly breakdowns?: Readonly<Record<string, string>>;
}

const daily = insights({
  name: 'ad_insights_daily',
  description: 'Delivery, spend and conversions of each ad and day that delivered',
});

const ageGender = insights({
  name: 'ad_insights_age_gender',
  description: 'Daily insights of each ad by age group and gender',
  breakdowns: {
    age: 'Age group: `25-34`, `65+`, `Unknown`',
    gender: '`female`, `male` or `unknown`',
  },
});

const country = insights({
  name: 'ad_insights_country',
  description: 'Daily insights of each ad by country of the people',
  breakdowns: { country: 'ISO 3166-1 code of two letters' },
});

const publisherPlatform = insights({
  name: 'ad_insights_publisher_platform',
  description: 'Daily insights of each ad by the platform that showed it',
  breakdowns: { publisher_platform: '`facebook`, `instagram`, `audience_network`, `messenger`' },
});

export const insightStreams: readonly Stream<MetaAdsAccount>[] = [
  daily,
  ageGender,
  country,
  publisherPlatform,
];

function insights({ name, description, breakdowns = {} }: Insights): Stream<MetaAdsAccount> {
  const parts = Object.keys(breakdowns);
  const isBrokenDown = parts.length > 0;
  const key = ['date_start', 'ad_id', ...parts];
  return {
    name,
    description,
    key,
    columns: { ...insightColumns, ...breakdownColumns(breakdowns) },
    children: actionTables(name, key),
    cursor: {
      kind: 'dates',
      restatedDays: RESTATED_DAYS,
      windowDays: LONGEST_SYNC_DAYS,
      historyDays: isBrokenDown ? BREAKDOWN_HISTORY_DAYS : HISTORY_DAYS,
    },
    // A day that had rows can lose one.
    write: { mode: 'replace_window', windowColumn: 'date_start' },
    optional: isBrokenDown,
    pageSize: PAGE_SIZE,
    read: (context, slice) => read(context, slice, parts),
    // A report for each window: made, looked after some times, and paged.
    estimate: (days) => ({ calls: Math.ceil(days / LONGEST_SYNC_DAYS) * 10 }),
  };
}

function breakdownColumns(breakdowns: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(breakdowns).map(([name, description]) => [
      name,
      text(
        computed((record) => record[name] ?? MISSING),
        `${description}; \`${MISSING}\` where Meta does not say`,
        { length: 64 },
      ),
    ]),
  );
}

async function* read(
  context: MetaAdsRead,
  slice: Slice,
  breakdowns: readonly string[],
): AsyncGenerator<Page, void> {
  const range = dayRange(slice);
  const query = parametersOf(range, breakdowns);
  const isDirect =
    context.purpose === 'sync' && breakdowns.length === 0 && range.days <= LONGEST_SYNC_DAYS;
  if (isDirect) {
    yield* pagesOf(context, { url: pathOf(`act_${context.accountId}`, 'insights'), query });
    return;
  }
  const run = await finishedReport(context, { ...query, limit: context.pageSize });
  yield* pagesOf(context, { url: pathOf(run, 'insights') });
}

function parametersOf({ since, until }: DayRange, breakdowns: readonly string[]) {
  return {
    level: 'ad',
    fields: INSIGHT_FIELDS,
    time_range: JSON.stringify({ since, until }),
    time_increment: 1,
    action_attribution_windows: JSON.stringify(ATTRIBUTION_WINDOWS),
    action_breakdowns: JSON.stringify(['action_type']),
    breakdowns: breakdowns.length === 0 ? undefined : JSON.stringify(breakdowns),
  };
}
