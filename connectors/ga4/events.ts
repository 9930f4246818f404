import type { ChildTable, Page, ReadContext, Slice, Stream } from '../sdk/definition.ts';
import { date } from '../sdk/columns/dates.ts';
import { epoch } from '../sdk/columns/instants.ts';
import { bigint, decimal, double, integer } from '../sdk/columns/numbers.ts';
import { longText, text } from '../sdk/columns/text.ts';
import { dayRange } from '../sdk/date-slice.ts';
import type { JsonRecord, JsonValue } from '../sdk/json.ts';
import { parseJson } from '../sdk/parse-json.ts';
import { ReadFailure } from '../sdk/read-failure.ts';
import { recordsAt, recordsIn } from '../sdk/records-at.ts';
import { computed, isList, isRecord, textAt, valueAt } from '../sdk/value-source.ts';
import type { Ga4Account } from './account.ts';
import { BIGQUERY_ORIGIN } from './api.ts';

/** BigQuery gives its rows no id: what tells events apart, batches included. */
const EVENT_KEY = [
  'event_date',
  'event_timestamp',
  'user_pseudo_id',
  'event_name',
  'batch_page_id',
  'batch_ordering_id',
  'batch_event_index',
] as const;

const POLL_MS = 2000;

const CHILDREN: readonly ChildTable[] = [
  {
    name: 'event_params',
    description: 'Parameters of the events; one of the four values is set.',
    path: 'event_params',
    parentKey: EVENT_KEY,
    key: 'position',
    columns: {
      key: text('key', 'Name of the parameter'),
      string_value: longText('value.string_value', 'Its text'),
      int_value: bigint('value.int_value', 'Its whole number'),
      float_value: double('value.float_value', 'Its number'),
      double_value: double('value.double_value', 'Its number, of double precision'),
    },
  },
  {
    name: 'event_items',
    description: 'Products of the events.',
    path: 'items',
    parentKey: EVENT_KEY,
    key: 'position',
    columns: {
      item_id: text('item_id', 'Id of the product that the site sent'),
      item_name: text('item_name', 'Name of the product that the site sent', { length: 500 }),
      item_variant: text('item_variant', 'Variant'),
      item_category: text('item_category', 'Category'),
      price: decimal('price', 'Price of one', { scale: 6, rounds: true }),
      quantity: integer('quantity', 'Units'),
      item_revenue: decimal('item_revenue', 'What they came to', { scale: 6, rounds: true }),
      coupon: text('coupon', 'Coupon'),
    },
  },
];

/** https://support.google.com/analytics/answer/7029846: the schema of the export. */
export const events: Stream<Ga4Account> = {
  name: 'events',
  description: 'Single events with their parameters and products, from the export to BigQuery.',
  key: EVENT_KEY,
  hashedKey: true,
  // Sessions are added up along it, and whether one of them changed is read from it alone.
  indexes: [['user_pseudo_id', 'ga_session_id', '_synced_at']],
  optional: true,
  columns: {
    event_date: date('event_date', 'Day in the property’s time zone'),
    event_timestamp: bigint('event_timestamp', 'Microseconds since 1970, UTC'),
    user_pseudo_id: text(
      orElse('user_pseudo_id', ''),
      'Id of the browser: the cookie’s; empty where consent was refused',
    ),
    event_name: text('event_name', 'Name of the event'),
    batch_page_id: bigint(orElse('batch_page_id', 0), 'Which page view of the browser sent it'),
    batch_ordering_id: bigint(orElse('batch_ordering_id', 0), 'Which request of the page sent it'),
    batch_event_index: bigint(orElse('batch_event_index', 0), 'Its place in the request'),
    event_at: epoch('event_timestamp', 'When it happened, UTC', { unit: 'microseconds' }),
    user_id: text('user_id', 'Id that the site gave the visitor'),
    ga_session_id: bigint(
      parameter('ga_session_id'),
      'Second at which the session began; with the browser’s id it is the session',
    ),
    ga_session_number: bigint(parameter('ga_session_number'), 'Which session of the browser it is'),
    page_location: longText(parameter('page_location'), 'Address of the page'),
    page_referrer: longText(parameter('page_referrer'), 'Page before'),
    transaction_id: text('ecommerce.transaction_id', 'Order number that the site sent'),
    purchase_revenue: decimal('ecommerce.purchase_revenue', 'What the purchase came to', {
      scale: 6,
      rounds: true,
    }),
    device_category: text('device.category', '`mobile`, `desktop`, `tablet`'),
    country: text('geo.country', 'Country'),
    region: text('geo.region', 'State'),
    city: text('geo.city', 'City'),
    collected_source: text('collected_traffic_source.manual_source', 'utm_source of the event'),
    collected_medium: text('collected_traffic_source.manual_medium', 'utm_medium of the event'),
    collected_campaign: text(
      'collected_traffic_source.manual_campaign_name',
      'utm_campaign of the event',
      { length: 500 },
    ),
    collected_content: text('collected_traffic_source.manual_content', 'utm_content of the event', {
      length: 500,
    }),
    collected_term: text('collected_traffic_source.manual_term', 'utm_term of the event', {
      length: 500,
    }),
    gclid: text('collected_traffic_source.gclid', 'Google’s click id of the event'),
    session_source: text(
      'session_traffic_source_last_click.cross_channel_campaign.source',
      'Source of the session by the last click',
    ),
    session_medium: text(
      'session_traffic_source_last_click.cross_channel_campaign.medium',
      'Medium of the session by the last click',
    ),
    session_campaign: text(
      'session_traffic_source_last_click.cross_channel_campaign.campaign_name',
      'Campaign of the session by the last click',
      { length: 500 },
    ),
  },
  children: CHILDREN,
  // Tables of a day are written again for three days.
  cursor: { kind: 'dates', restatedDays: 4, windowDays: 1 },
  write: { mode: 'replace_window', windowColumn: 'event_date' },
  pii: [
    { path: 'user_id', kind: 'id' },
    { path: 'user_pseudo_id', kind: 'id' },
    { path: 'collected_traffic_source.gclid', kind: 'id' },
  ],
  // Google ends an answer at 10 MB; parsed, events take several times as much.
  pageSize: 2000,
  read,
  estimate: (days) => ({ calls: days * 2 }),
};

/** A part of the key that some events lack; a key must not be NULL. */
function orElse(name: string, none: JsonValue) {
  return computed((event: JsonRecord) => event[name] ?? none);
}

/** A parameter of the event, whichever of its four values is set. */
function parameter(name: string) {
  return computed((event: JsonRecord) => {
    const parameters = event['event_params'];
    if (!isList(parameters)) return undefined;
    const value = valueAt(
      parameters.find((one) => valueAt(one, 'key') === name),
      'value',
    );
    return isRecord(value)
      ? (value['string_value'] ?? value['int_value'] ?? value['double_value'])
      : undefined;
  });
}

async function* read(context: ReadContext<Ga4Account>, slice: Slice): AsyncGenerator<Page, void> {
  const { account, http, pageSize } = context;
  if (account.bigquery_project === undefined) {
    const reason =
      '`events` come from the export to BigQuery: set `bigquery_project`, or leave them out';
    throw new ReadFailure({ action: 'fatal', kind: 'account', reason });
  }
  const queries = `${BIGQUERY_ORIGIN}/bigquery/v2/projects/${account.bigquery_project}/queries`;
  let answer = await http.send({ method: 'POST', url: queries, json: queryOf(context, slice) });
  for (;;) {
    if (typeof answer === 'string') return;
    const { body } = answer;
    yield { records: recordsOf(body) };
    const pageToken = textAt(body, 'pageToken');
    const isRunning = valueAt(body, 'jobComplete') === false;
    if (pageToken === '' && !isRunning) return;
    if (isRunning) await context.sleep(POLL_MS, 'BigQuery works on the query');
    answer = await http.send({
      url: `${queries}/${textAt(body, 'jobReference.jobId')}`,
      query: {
        pageToken: pageToken === '' ? undefined : pageToken,
        maxResults: pageSize,
        location: textAt(body, 'jobReference.location') || account.bigquery_location,
      },
    });
  }
}

/** Each row as one JSON text, so that nothing of its nesting has to be rebuilt. */
function queryOf(
  { account, accountId, pageSize }: ReadContext<Ga4Account>,
  slice: Slice,
): JsonRecord {
  const { since, until } = dayRange(slice);
  const table = `${account.bigquery_project}.analytics_${accountId}.events_*`;
  return {
    query: `SELECT TO_JSON_STRING(t) AS row FROM \`${table}\` t WHERE _TABLE_SUFFIX BETWEEN @a AND @b ORDER BY event_timestamp`,
    useLegacySql: false,
    parameterMode: 'NAMED',
    maxResults: pageSize,
    queryParameters: [parameterOf('a', since), parameterOf('b', until)],
    ...(account.bigquery_location === undefined ? {} : { location: account.bigquery_location }),
  };
}

function parameterOf(name: string, day: string): JsonRecord {
  return {
    name,
    parameterType: { type: 'STRING' },
    parameterValue: { value: day.replaceAll('-', '') },
  };
}

function recordsOf(body: JsonValue): readonly JsonRecord[] {
  const rows = valueAt(body, 'rows');
  // Missing where nothing was found, and while the query is under way.
  if (rows === undefined && textAt(body, 'kind').startsWith('bigquery#')) return [];
  const texts = recordsIn(rows, 'rows').map((row) => textAt(recordsAt(row, 'f')[0], 'v'));
  return recordsIn(
    texts.map((text) => parseJson(text)),
    'rows',
  );
}
