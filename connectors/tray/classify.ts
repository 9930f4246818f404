import type { ApiRequest, ApiResponse, ResponseOutcome } from '../sdk/http.ts';
import type { JsonRecord, JsonValue } from '../sdk/json.ts';
import { isList, isRecord } from '../sdk/value-source.ts';

const OK: ResponseOutcome = { action: 'ok' };

/** Nothing was seen that tells when calls are served again: the next minute is at most this far away. */
const MINUTE_MS = 60_000;
/** `error_code` of a 401. */
const EXPIRED = 1000;
/** Blocked, inactive (a bill of the store), cancelled: only the store's owner can do something. */
const CLOSED = new Set([1001, 1002, 1003]);
/** `/orders/70011/complete`, `/customers/501`: one object. */
const DETAIL = /\/\d+(\/complete)?$/;

/** Means by its status and, for a 401, by its `error_code`. */
export function classify(response: ApiResponse, request: ApiRequest): ResponseOutcome {
  const { status, body } = response;
  const reason = reasonOf(response);
  if (status >= 200 && status < 300) return outcomeOfBody(body, request);
  switch (status) {
    case 401:
      return outcomeOfRefusal(codeOf(body), reason);
    case 403:
      return { action: 'fatal', kind: 'permission', reason };
    case 404:
      return outcomeOfMissing(request, reason);
    case 429:
      return isDaily(body)
        ? { action: 'stop_until_reset', reason }
        : { action: 'rate_limited', waitMs: MINUTE_MS, reason };
    default:
      return status === 408 || status >= 500
        ? { action: 'retry', reason }
        : { action: 'fatal', kind: 'request', reason };
  }
}

/** A filter that Tray did not apply would give everything where a few days were asked for. */
function outcomeOfBody(body: JsonValue, request: ApiRequest): ResponseOutcome {
  if (!isRecord(body)) return { action: 'retry', reason: 'an answer that is no JSON object' };
  if (request.query?.['modified'] === undefined || isApplied(body, 'modified')) return OK;
  const reason = 'Tray did not apply the filter `modified` (`appliedFilters` lacks it)';
  return { action: 'fatal', kind: 'response', reason };
}

/** `appliedFilters` is a list of maps, or a map. */
function isApplied({ appliedFilters }: JsonRecord, filter: string): boolean {
  const applied = isList(appliedFilters) ? appliedFilters : [appliedFilters];
  return applied.some((filters) => isRecord(filters) && filters[filter] !== undefined);
}

function outcomeOfRefusal(code: number | undefined, reason: string): ResponseOutcome {
  if (code === EXPIRED) return { action: 'refresh_auth' };
  const kind = code !== undefined && CLOSED.has(code) ? 'account' : 'auth';
  return { action: 'fatal', kind, reason };
}

/** An object that was deleted; a page that is no more; a path that Tray does not have. */
function outcomeOfMissing({ url, query }: ApiRequest, reason: string): ResponseOutcome {
  if (DETAIL.test(url)) return { action: 'skip_record' };
  return Number(query?.['page'] ?? 1) > 1
    ? { action: 'end_of_pages' }
    : { action: 'fatal', kind: 'request', reason };
}

/** How Tray tells the limit of a day from that of a minute was not seen; the wording is the only hint. */
function isDaily(body: JsonValue): boolean {
  return /di[aá]ri|\bdaily\b/i.test(causesOf(body));
}

function codeOf(body: JsonValue): number | undefined {
  const code = isRecord(body) ? Number(body['error_code']) : Number.NaN;
  return Number.isNaN(code) ? undefined : code;
}

/** `HTTP 401 (1001): Loja bloqueada` */
function reasonOf({ status, body }: ApiResponse): string {
  const code = codeOf(body);
  const causes = causesOf(body);
  const head = code === undefined ? `HTTP ${String(status)}` : `HTTP ${String(status)} (${code})`;
  return causes === '' ? head : `${head}: ${causes}`;
}

/** `causes` is a list of texts, or a map of lists of texts. */
function causesOf(body: JsonValue): string {
  if (!isRecord(body)) return '';
  const causes = textsIn(body['causes']);
  return causes.length > 0 ? causes.join(' ') : textsIn(body['message']).join(' ');
}

function textsIn(value: JsonValue | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  if (isList(value)) return value.flatMap((item) => textsIn(item));
  return isRecord(value) ? Object.values(value).flatMap((item) => textsIn(item)) : [];
}
