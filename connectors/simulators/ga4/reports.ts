import type { SimulatorContext, SimulatorRequest, SimulatorResponse } from '../simulator.ts';
import { failure } from './answers.ts';
import type { ReportRow } from './report-rows.ts';
import { dayRows } from './report-rows.ts';
import type { Ga4State } from './state.ts';
import type { Ga4World } from './world.ts';

type Context = SimulatorContext<Ga4World, Ga4State>;

interface ReportBody {
  readonly dateRanges?: readonly { readonly startDate: string; readonly endDate: string }[];
  readonly dimensions?: readonly { readonly name: string }[];
  readonly metrics?: readonly { readonly name: string }[];
  readonly limit?: string;
  readonly offset?: string;
  readonly orderBys?: readonly { readonly dimension?: { readonly dimensionName: string } }[];
}

/** Tokens that a report costs: more columns and rows, more tokens. */
const TOKENS = 10;
const LONGEST_PAGE = 250_000;

/** `properties/{id}:runReport`. */
export function runReport(request: SimulatorRequest, context: Context): SimulatorResponse {
  const asked = (request.json() ?? {}) as ReportBody;
  const refused = refusal(asked, context);
  if (refused !== undefined) return refused;
  const dimensions = (asked.dimensions ?? []).map(({ name }) => name);
  const metrics = (asked.metrics ?? []).map(({ name }) => name);
  const rows = allRows([...dimensions, ...metrics], asked, { request, context });
  if (rows === undefined) {
    const message =
      "Please remove a field to make the request compatible. The request's dimensions & metrics are incompatible.";
    return failure(400, 'INVALID_ARGUMENT', message);
  }
  const sorted = rows.toSorted(byDimensions(asked));
  const begin = Math.max(0, Number(asked.offset ?? 0) - request.shift);
  const page = sorted.slice(begin, begin + Number(asked.limit ?? 10_000));
  const answer = {
    status: 200,
    body: body({ dimensions, metrics, page, total: rows.length }, context),
  };
  const list = JSON.stringify([asked.dateRanges, dimensions]);
  return { ...answer, page: { path: 'rows', list, isFirst: Number(asked.offset ?? 0) === 0 } };
}

function refusal(asked: ReportBody, { state }: Context): SimulatorResponse | undefined {
  const columns = [asked.dimensions?.length ?? 0, asked.metrics?.length ?? 0];
  if ((columns[0] ?? 0) > 9 || (columns[1] ?? 0) > 10 || Number(asked.limit) > LONGEST_PAGE) {
    return failure(400, 'INVALID_ARGUMENT', 'Too much was asked for at once.');
  }
  if (!state.perDay.take(TOKENS).isAllowed) {
    const message =
      'Exhausted property tokens per day. These quota tokens will return at midnight Pacific time.';
    return failure(429, 'RESOURCE_EXHAUSTED', message);
  }
  if (state.perHour.take(TOKENS).isAllowed) return undefined;
  const message =
    'Exhausted property tokens per hour. These quota tokens will return in under an hour.';
  return failure(429, 'RESOURCE_EXHAUSTED', message);
}

function allRows(
  fields: readonly string[],
  { dateRanges = [] }: ReportBody,
  { request, context }: { readonly request: SimulatorRequest; readonly context: Context },
): readonly ReportRow[] | undefined {
  const { world } = context;
  const rows: ReportRow[] = [];
  for (const { startDate, endDate } of dateRanges) {
    const first = dayOf(startDate, request.now, world);
    const last = dayOf(endDate, request.now, world);
    for (let date = first; date <= last; date = world.calendar.addDays(date, 1)) {
      const day = dayRows(fields, { world, date, now: request.now });
      if (day === undefined) return undefined;
      rows.push(...day);
    }
  }
  return rows;
}

function dayOf(text: string, now: number, { calendar }: Ga4World): string {
  const today = calendar.dateOf(now);
  if (text === 'today') return today;
  return text === 'yesterday' ? calendar.addDays(today, -1) : text;
}

/** Without an order pages may overlap, which here they do not; a client must ask for one all the same. */
function byDimensions({ orderBys = [] }: ReportBody) {
  const names = orderBys.flatMap(({ dimension }) => dimension?.dimensionName ?? []);
  return (a: ReportRow, b: ReportRow): number => {
    for (const name of names) {
      const [left = '', right = ''] = [a[name], b[name]];
      if (left !== right) return left < right ? -1 : 1;
    }
    return 0;
  };
}

interface Answered {
  readonly dimensions: readonly string[];
  readonly metrics: readonly string[];
  readonly page: readonly ReportRow[];
  readonly total: number;
}

/** Values are positional texts; `rows` and `rowCount` are missing where there is nothing. */
function body({ dimensions, metrics, page, total }: Answered, { world, state }: Context) {
  const valuesOf = (row: ReportRow, names: readonly string[]) =>
    names.map((name) => ({ value: row[name] ?? '' }));
  const rows = page.map((row) => ({
    dimensionValues: valuesOf(row, dimensions),
    metricValues: valuesOf(row, metrics),
  }));
  return {
    dimensionHeaders: dimensions.map((name) => ({ name })),
    metricHeaders: metrics.map((name) => ({ name, type: 'TYPE_INTEGER' })),
    ...(total === 0 ? {} : { rows, rowCount: total }),
    metadata: { currencyCode: world.shop.currency, timeZone: world.shop.timeZone },
    propertyQuota: state.quota(TOKENS),
    kind: 'analyticsData#runReport',
  };
}
