import type { Page, ReadContext, Slice } from '../sdk/definition.ts';
import { dayRange } from '../sdk/date-slice.ts';
import type { PlatformHttp } from '../sdk/http.ts';
import type { JsonRecord, JsonValue } from '../sdk/json.ts';
import { recordsAt, recordsIn, unexpectedAnswer } from '../sdk/records-at.ts';
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

/** A report that goes on changing is read anew this often. */
const MOST_PASSES = 4;

/**
 * The rows of a report, page by page, until as many were read as Google counts. They are sorted by all
 * dimensions, without which pages can overlap. Where rows came in front of a page meanwhile, it overlaps the
 * one before all the same: only what is new moves the next page on, and a report that ends with fewer rows
 * than it counts is read anew.
 */
export async function* reportPages(
  context: ReadContext<Ga4Account>,
  slice: Slice,
  question: ReportQuestion,
): AsyncGenerator<Page, void> {
  for (let pass = 1; pass <= MOST_PASSES; pass += 1) {
    if (yield* readOnce(context, slice, question)) return;
  }
  const notice = `a report went on changing while it was read ${MOST_PASSES} times`;
  yield { records: [], notices: [notice] };
}

/** Whether every row was read that Google counts. */
async function* readOnce(
  context: ReadContext<Ga4Account>,
  slice: Slice,
  question: ReportQuestion,
): AsyncGenerator<Page, boolean> {
  const { since, until } = dayRange(slice);
  const limit = context.pageSize;
  const keyOf = (record: JsonRecord) =>
    JSON.stringify(question.dimensions.map((name) => record[name]));
  let before: ReadonlySet<string> = new Set();
  for (let offset = 0; ;) {
    const body = await askForPage(context, { ...question, since, until, limit, offset });
    const records = recordsOf(body, question);
    const total = rowCountOf(body);
    if (records.length === 0 && offset < total) throw unexpectedAnswer('`rows` are missing');
    yield { records, notices: noticesOf(body) };
    const keys = new Set(records.map(keyOf));
    const added = [...keys].filter((key) => !before.has(key)).length;
    offset += added;
    if (offset >= total) return offset === total;
    if (added === 0) return false;
    before = keys;
  }
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
function recordsOf(body: JsonValue, question: ReportQuestion): readonly JsonRecord[] {
  const rows = valueAt(body, 'rows');
  if (rows === undefined) return [];
  const dimensions = namesAt(body, 'dimensionHeaders', question.dimensions);
  const metrics = namesAt(body, 'metricHeaders', question.metrics);
  const quality = qualityOf(body);
  return recordsIn(rows, 'rows').map((row) => ({
    ...named(dimensions, recordsAt(row, 'dimensionValues')),
    ...named(metrics, recordsAt(row, 'metricValues')),
    ...quality,
  }));
}

/** Values are told apart by their places only: columns that were not asked for would shift them. */
function namesAt(body: JsonValue, path: string, asked: readonly string[]): readonly string[] {
  const names = recordsAt(body, path).map((header) => textAt(header, 'name'));
  if (names.length !== asked.length || names.some((name) => !asked.includes(name))) {
    throw unexpectedAnswer(`\`${path}\` are not the columns that were asked for`);
  }
  return names;
}

function named(names: readonly string[], values: readonly JsonRecord[]): JsonRecord {
  return Object.fromEntries(names.map((name, place) => [name, values[place]?.['value']]));
}

/** Missing where there are no rows. */
function rowCountOf(body: JsonValue): number {
  const count = Number(
    valueAt(body, 'rowCount') ?? (valueAt(body, 'rows') === undefined ? 0 : Number.NaN),
  );
  if (!Number.isInteger(count)) throw unexpectedAnswer('`rowCount` is no number');
  return count;
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
