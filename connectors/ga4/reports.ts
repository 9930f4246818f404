import type { Column } from '../sdk/columns.ts';
import type { PiiPath, Stream } from '../sdk/definition.ts';
import { date } from '../sdk/columns/dates.ts';
import { bigint, decimal, flag } from '../sdk/columns/numbers.ts';
import { text } from '../sdk/columns/text.ts';
import type { Ga4Account } from './account.ts';
import { reportPages } from './run-report.ts';

type Columns = Readonly<Record<string, Column>>;

interface Report {
  readonly name: string;
  readonly description: string;
  /** By the name of GA4's dimension, which the column reads. `date` is always the first. */
  readonly dimensions: Readonly<Record<string, readonly [column: string, definition: Column]>>;
  readonly metrics: Readonly<Record<string, readonly [column: string, definition: Column]>>;
  readonly optional?: boolean;
  readonly pii?: readonly PiiPath[];
}

const QUALITY: Columns = {
  is_sampled: flag('isSampled', 'The figures are estimates from a sample'),
  is_thresholded: flag('isThresholded', 'Rows of few people were left out of the answer'),
  has_other_row: flag('hasOtherRow', 'Rare values were summed up in a row `(other)`'),
  currency_code: text('currencyCode', 'Currency of the amounts', { length: 3 }),
  time_zone: text('timeZone', 'Zone of the day', { length: 64 }),
};

/** A report may be asked for 250,000 rows at once: as records they would take hundreds of megabytes. */
const PAGE_SIZE = 10_000;

const source = dimension('session_source', 'sessionSource', 'Source of the session');
const medium = dimension('session_medium', 'sessionMedium', 'Medium of the session');
const campaign = dimension(
  'session_campaign_name',
  'sessionCampaignName',
  'Campaign of the session: utm_campaign, or its name in a linked ad account',
);

const session = {
  sessionSource: source,
  sessionMedium: medium,
  sessionCampaignName: campaign,
} as const;

const purchases = count('ecommerce_purchases', 'ecommercePurchases', 'Purchases that were seen');
const revenue = amount('purchase_revenue', 'purchaseRevenue', 'What those purchases came to');
const users = count('total_users', 'totalUsers', 'People; cannot be added up over rows');
const sessions = count('sessions', 'sessions', 'Sessions; cannot be added up over all dimensions');

const REPORTS: readonly Report[] = [
  {
    name: 'traffic_daily',
    description: 'Sessions and purchases by day, source, medium, campaign and channel.',
    dimensions: {
      ...session,
      sessionDefaultChannelGroup: dimension(
        'session_default_channel_group',
        'sessionDefaultChannelGroup',
        'Channel, by Google’s own rules',
      ),
    },
    metrics: {
      sessions,
      totalUsers: users,
      newUsers: count('new_users', 'newUsers', 'People who came for the first time'),
      engagedSessions: count('engaged_sessions', 'engagedSessions', 'Sessions of some length'),
      eventCount: count('event_count', 'eventCount', 'Events'),
      userEngagementDuration: amount(
        'engagement_seconds',
        'userEngagementDuration',
        'Seconds that the site was in front',
      ),
      ecommercePurchases: purchases,
      purchaseRevenue: revenue,
    },
  },
  {
    name: 'transactions',
    description:
      'Purchases by day and order number. A number that came twice counts 2; blocked ones are missing.',
    dimensions: {
      transactionId: dimension(
        'transaction_id',
        'transactionId',
        'Order number that the site sent',
      ),
      ...session,
    },
    metrics: { ecommercePurchases: purchases, purchaseRevenue: revenue },
  },
  {
    name: 'items_daily',
    description: 'Products seen, put into carts and bought, by day.',
    dimensions: {
      itemId: dimension('item_id', 'itemId', 'Id of the product that the site sent'),
      itemName: dimension('item_name', 'itemName', 'Name of the product that the site sent'),
    },
    metrics: {
      itemsViewed: count('items_viewed', 'itemsViewed', 'Units that were looked at'),
      itemsAddedToCart: count('items_added_to_cart', 'itemsAddedToCart', 'Units put into carts'),
      itemsPurchased: count('items_purchased', 'itemsPurchased', 'Units bought'),
      itemRevenue: amount('item_revenue', 'itemRevenue', 'What they came to'),
    },
  },
  {
    name: 'events_daily',
    description: 'Events by day and name.',
    dimensions: { eventName: dimension('event_name', 'eventName', 'Name of the event') },
    metrics: { eventCount: count('event_count', 'eventCount', 'Events') },
  },
  {
    name: 'landing_pages',
    description: 'Sessions by day and the page at which they began.',
    dimensions: {
      landingPagePlusQueryString: dimension(
        'landing_page',
        'landingPagePlusQueryString',
        'Page with its query',
      ),
    },
    metrics: {
      sessions,
      totalUsers: users,
      ecommercePurchases: purchases,
      purchaseRevenue: revenue,
    },
    // Forms that were sent by mistake put e-mail addresses there.
    pii: [{ path: 'landingPagePlusQueryString', kind: 'text' }],
  },
  {
    name: 'city_daily',
    description: 'People by day and city.',
    optional: true,
    dimensions: { city: dimension('city', 'city', 'City') },
    metrics: {
      activeUsers: count('active_users', 'activeUsers', 'People who used the site'),
    },
  },
];

export const reports: readonly Stream<Ga4Account>[] = REPORTS.map(reportStream);

/** Rows can vanish when a day is processed again, so a day is replaced as a whole. */
function reportStream(report: Report): Stream<Ga4Account> {
  const { name, description, optional, pii } = report;
  const dimensions = Object.keys(report.dimensions);
  const columns = Object.fromEntries(Object.values(report.dimensions));
  return {
    name,
    description,
    ...(optional === undefined ? {} : { optional }),
    ...(pii === undefined ? {} : { pii }),
    key: ['date', ...Object.keys(columns)],
    hashedKey: true,
    columns: {
      date: date('date', 'Day in the property’s time zone'),
      ...columns,
      ...Object.fromEntries(Object.values(report.metrics)),
      ...QUALITY,
    },
    // Two days of processing; a day at a time keeps samples and the row `(other)` small.
    cursor: { kind: 'dates', restatedDays: 7, windowDays: 1 },
    write: { mode: 'replace_window', windowColumn: 'date' },
    pageSize: PAGE_SIZE,
    read: (context, slice) =>
      reportPages(context, slice, {
        dimensions: ['date', ...dimensions],
        metrics: Object.keys(report.metrics),
      }),
    estimate: (days) => ({ calls: days }),
  };
}

function dimension(
  ...[column, name, description]: [string, string, string]
): readonly [string, Column] {
  return [column, text(name, `${description}; \`(not set)\` is a value`, { length: 1000 })];
}

function count(
  ...[column, name, description]: [string, string, string]
): readonly [string, Column] {
  return [column, bigint(name, description)];
}

function amount(
  ...[column, name, description]: [string, string, string]
): readonly [string, Column] {
  return [column, decimal(name, description, { scale: 6, rounds: true })];
}
