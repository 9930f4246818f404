import type { Page, ReadContext, Slice } from '../sdk/definition.ts';
import { dayRange } from '../sdk/date-slice.ts';
import type { PlatformHttp } from '../sdk/http.ts';
import type { JsonRecord, JsonValue } from '../sdk/json.ts';
import { isList, textAt, valueAt } from '../sdk/value-source.ts';
import type { Ga4Account } from './account.ts';
import { API_VERSION } from './api.ts';

export interface ReportQuestion {
  /** At most nine. */
  readonly dimensions: readonly string[];
  /** At most ten. */
  readonly metrics: readonly string[];
}

interface AskedPage extends ReportQuestion {
  readonly since: string;
  readonly until: string;
  readonly limit: number;
  readonly offset: number;
}

/**
 * The rows of a report, page by page, until as many were read as Google counts. They are sorted by all
 * dimensions, without which pages can overlap.
 */
export async function* reportPages(
  context: ReadContext<Ga4Account>,
  slice: Slice,
  question: ReportQuestion,
): AsyncGenerator<Page, void> {
  const { since, until } = dayRange(slice);
  const limit = context.pageSize;
  let offset = 0;
  let total = 0;
  do {
    const body = await askForPage(context, { ...question, since, until, limit, offset });
    const records = recordsOf(body);
    total = Number(valueAt(body, 'rowCount') ?? 0);
    yield { records, notices: noticesOf(body) };
    offset += records.length;
    if (records.length === 0) return;
  } while (offset < total);
}

/** One page of a report, as the Data API answers it. */
export async function askForPage(
  { http, accountId }: { readonly http: PlatformHttp; readonly accountId: string },
  { dimensions, metrics, since, until, limit, offset }: AskedPage,
): Promise<JsonValue> {
  const answer = await http.send({
    method: 'POST',
    url: `/${API_VERSION.version}/properties/${accountId}:runReport`,
    json: {
      dateRanges: [{ startDate: since, endDate: until }],
      dimensions: dimensions.map((name) => ({ name })),
      metrics: metrics.map((name) => ({ name })),
      limit: String(limit),
      offset: String(offset),
      keepEmptyRows: false,
      returnPropertyQuota: true,
      orderBys: dimensions.map((dimensionName) => ({ dimension: { dimensionName } })),
    },
  });
  return typeof answer === 'string' ? {} : answer.body;
}

/** Rows by the names of their columns, with what Google says about the whole answer beside them. */
function recordsOf(body: JsonValue): readonly JsonRecord[] {
  const rows = valueAt(body, 'rows');
  if (!isList(rows)) return [];
  const dimensions = namesAt(body, 'dimensionHeaders');
  const metrics = namesAt(body, 'metricHeaders');
  const quality = qualityOf(body);
  return rows.map((row) => ({
    ...named(dimensions, valueAt(row, 'dimensionValues')),
    ...named(metrics, valueAt(row, 'metricValues')),
    ...quality,
  }));
}

function namesAt(body: JsonValue, path: string): readonly string[] {
  const headers = valueAt(body, path);
  return isList(headers) ? headers.map((header) => textAt(header, 'name')) : [];
}

function named(names: readonly string[], values: JsonValue | undefined): JsonRecord {
  const list = isList(values) ? values : [];
  return Object.fromEntries(names.map((name, place) => [name, valueAt(list[place], 'value')]));
}

function qualityOf(body: JsonValue): JsonRecord {
  const samples = valueAt(body, 'metadata.samplingMetadatas');
  return {
    isSampled: isList(samples) && samples.length > 0,
    isThresholded: valueAt(body, 'metadata.subjectToThresholding') === true,
    hasOtherRow: valueAt(body, 'metadata.dataLossFromOtherRow') === true,
    currencyCode: textAt(body, 'metadata.currencyCode'),
    timeZone: textAt(body, 'metadata.timeZone'),
  };
}

function noticesOf(body: JsonValue): readonly string[] {
  const { isSampled, isThresholded, hasOtherRow } = qualityOf(body);
  return [
    ...(isSampled === true ? ['some figures are estimates from a sample'] : []),
    ...(isThresholded === true ? ['rows of few people are left out by Google'] : []),
    ...(hasOtherRow === true ? ['rare values are summed up in a row `(other)`'] : []),
  ];
}
