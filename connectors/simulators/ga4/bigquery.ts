import { ExportedEvents } from './exported-events.ts';
import type { ExportedEvent } from './exported-events.ts';
import type { MeasuredSession } from '../shop/analytics-records.ts';
import { decimal } from '../shop/money.ts';
import { orderNumber } from '../shop/order-number.ts';
import type { SimulatorContext, SimulatorRequest, SimulatorResponse } from '../simulator.ts';
import { bare, jsonText } from '../json-text.ts';
import { failure } from './answers.ts';
import type { Ga4State } from './state.ts';
import type { Ga4World } from './world.ts';

type Context = SimulatorContext<Ga4World, Ga4State>;
type Json = Readonly<Record<string, unknown>>;

interface QueryBody {
  readonly query?: string;
  readonly maxResults?: number;
  readonly queryParameters?: readonly {
    readonly name: string;
    readonly parameterValue: { readonly value: string };
  }[];
}

/** `jobs.query`: the events of some days, the first page of them at once. */
export function runQuery(request: SimulatorRequest, context: Context): SimulatorResponse {
  const {
    query = '',
    maxResults = 1000,
    queryParameters = [],
  } = (request.json() ?? {}) as QueryBody;
  if (!query.startsWith('SELECT TO_JSON_STRING(t) AS row FROM ')) {
    return failure(400, 'invalidQuery', 'The simulator knows one query only.');
  }
  const [since = '', until = ''] = queryParameters.map(
    ({ parameterValue }) => parameterValue.value,
  );
  const { world, state } = context;
  const events = new ExportedEvents(
    daysBetween(since, until, world).map((date) => ({
      date,
      sessions: world.analytics.sessions(date, request.now),
    })),
  );
  const job = state.keepJob(events);
  const kind = 'bigquery#queryResponse';
  return page({ job, events, world, begin: 0, size: maxResults, kind });
}

/** `jobs.getQueryResults`: the pages that follow. */
export function queryResults(
  request: SimulatorRequest,
  { state, world }: Context,
): SimulatorResponse {
  const job = request.parameters['job'] ?? '';
  const events = state.job(job);
  if (events === undefined) return failure(404, 'notFound', `Not found: Job ${job}`);
  const begin = Number(request.query.get('pageToken') ?? 0);
  const size = Number(request.query.get('maxResults') ?? 1000);
  const kind = 'bigquery#getQueryResultsResponse';
  return page({ job, events, world, begin, size, kind });
}

interface ResultPage {
  readonly job: string;
  readonly events: ExportedEvents;
  readonly world: Ga4World;
  readonly begin: number;
  readonly size: number;
  readonly kind: string;
}

function page({ job, events, world, begin, size, kind }: ResultPage): SimulatorResponse {
  const shown = events.slice(begin, begin + size).map((event) => jsonText(recordOf(event, world)));
  const end = begin + shown.length;
  return {
    status: 200,
    body: {
      kind,
      schema: { fields: [{ name: 'row', type: 'STRING', mode: 'NULLABLE' }] },
      jobReference: { projectId: 'simulated', jobId: job, location: 'southamerica-east1' },
      totalRows: String(events.count),
      ...(end < events.count ? { pageToken: String(end) } : {}),
      ...(shown.length === 0 ? {} : { rows: shown.map((v) => ({ f: [{ v }] })) }),
      jobComplete: true,
      cacheHit: false,
    },
  };
}

/** `20261001` and `20261003`, both included. */
function daysBetween(since: string, until: string, { calendar }: Ga4World): readonly string[] {
  const dates: string[] = [];
  for (let date = dashed(since); date <= dashed(until); date = calendar.addDays(date, 1)) {
    dates.push(date);
  }
  return dates;
}

function dashed(day: string): string {
  return `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`;
}

function recordOf({ name, at, index, session, date }: ExportedEvent, world: Ga4World): Json {
  const micros = bare(`${at}000`);
  const source = {
    source: session.source,
    medium: session.medium,
    campaign_name: session.campaign,
    default_channel_group: session.channelGroup,
  };
  return {
    event_date: date.replaceAll('-', ''),
    event_timestamp: micros,
    event_name: name,
    event_params: parametersOf(session),
    user_id: null,
    user_pseudo_id: session.clientId,
    privacy_info: { analytics_storage: 'Yes', ads_storage: 'Yes', uses_transient_token: 'No' },
    device: { category: session.device },
    geo: { country: 'Brazil', region: 'State of Sao Paulo', city: 'Sao Paulo' },
    stream_id: '4410022331',
    platform: 'WEB',
    ...(name === 'purchase' ? purchaseOf(session, world) : { ecommerce: null, items: [] }),
    collected_traffic_source: {
      manual_source: session.source,
      manual_medium: session.medium,
      manual_campaign_name: session.campaign,
      gclid: new URL(session.landingUrl, 'https://loja.example.com').searchParams.get('gclid'),
    },
    batch_event_index: index + 1,
    batch_page_id: session.startedAt,
    batch_ordering_id: index + 1,
    session_traffic_source_last_click: { cross_channel_campaign: source },
  };
}

function parametersOf({ sessionId, isNewUser, landingUrl, referrer }: MeasuredSession) {
  const none = { string_value: null, int_value: null, float_value: null, double_value: null };
  return [
    { key: 'ga_session_id', value: { ...none, int_value: sessionId } },
    { key: 'ga_session_number', value: { ...none, int_value: isNewUser ? 1 : 2 } },
    { key: 'page_location', value: { ...none, string_value: landingUrl } },
    ...(referrer === ''
      ? []
      : [{ key: 'page_referrer', value: { ...none, string_value: referrer } }]),
  ];
}

function purchaseOf({ orderIndex }: MeasuredSession, { orders }: Ga4World): Json {
  if (orderIndex === undefined) return { ecommerce: null, items: [] };
  const { lines, totals } = orders.life(orderIndex);
  return {
    ecommerce: {
      transaction_id: String(orderNumber(orderIndex)),
      purchase_revenue: bare(decimal(totals.total)),
      total_item_quantity: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    },
    items: lines.map((line) => ({
      item_id: line.variant.sku,
      item_name: line.name,
      price: bare(decimal(line.unitPrice)),
      quantity: line.quantity,
      item_revenue: bare(decimal(line.unitPrice * line.quantity)),
    })),
  };
}
