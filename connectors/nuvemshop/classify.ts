import type { ApiRequest, ApiResponse, ResponseOutcome } from '../sdk/http.ts';
import type { JsonValue } from '../sdk/json.ts';
import { isList, isRecord } from '../sdk/value-source.ts';
import { slotMs } from './slots.ts';
import { scalarText } from '../sdk/scalar-text.ts';

const OK: ResponseOutcome = { action: 'ok' };

/** The end of a list's path: `/2025-03/2981734/orders`, unlike `/orders/1`. */
const LIST = /\/\d+\/(orders|customers|products|categories|checkouts|coupons)$/;

/** Means by its status; a 404 ends a list, and tells that a single object is gone. */
export function classify(response: ApiResponse, request: ApiRequest): ResponseOutcome {
  const { status, body } = response;
  const reason = reasonOf(response);
  if (status >= 200 && status < 300) return outcomeOfBody(body, isListPath(request));
  switch (status) {
    case 401:
      return { action: 'fatal', kind: 'auth', reason };
    case 402:
      return { action: 'skip_account', reason };
    case 403:
      return { action: 'fatal', kind: 'permission', reason };
    case 404:
      return outcomeOfMissing(request, reason);
    case 422:
      return isBeyondBound(body)
        ? { action: 'split_request', by: 'slice', reason }
        : { action: 'fatal', kind: 'request', reason };
    case 429:
      return { action: 'rate_limited', waitMs: slotOf(response), reason };
    default:
      return status === 408 || status >= 500
        ? { action: 'retry', reason }
        : { action: 'fatal', kind: 'request', reason };
  }
}

/** Until one call leaked; `x-rate-limit-reset` says when all of them did. */
function slotOf({ headers }: ApiResponse): number {
  return slotMs(Number(headers['x-rate-limit-limit']));
}

function outcomeOfBody(body: JsonValue, isListed: boolean): ResponseOutcome {
  if (typeof body === 'string') return { action: 'retry', reason: 'an answer that is no JSON' };
  if (isListed && !isList(body)) {
    return { action: 'fatal', kind: 'response', reason: 'no list where a list is expected' };
  }
  return OK;
}

/** A page past the end, or an empty list; a detail that was deleted; a store that is not there. */
function outcomeOfMissing(request: ApiRequest, reason: string): ResponseOutcome {
  if (isListPath(request)) return { action: 'end_of_pages' };
  return pathOfRequest(request).endsWith('/store')
    ? { action: 'fatal', kind: 'account', reason }
    : { action: 'skip_record' };
}

/** A query cannot reach past 10,000 items; a value that is refused is named by its field instead. */
function isBeyondBound(body: JsonValue): boolean {
  if (!isRecord(body) || body['code'] === undefined) return false;
  return /10[.,]?000/.test(scalarText(body['description']));
}

function isListPath(request: ApiRequest): boolean {
  return LIST.test(pathOfRequest(request));
}

function pathOfRequest({ url }: ApiRequest): string {
  return url.split('?')[0] ?? '';
}

/** What the platform says, without anything of a record: `HTTP 403: Missing a required scope`. */
function reasonOf({ status, body }: ApiResponse): string {
  const said = isRecord(body) ? (body['description'] ?? body['message'] ?? fieldsOf(body)) : '';
  return typeof said === 'string' && said !== ''
    ? `HTTP ${String(status)}: ${said}`
    : `HTTP ${String(status)}`;
}

/** `{"created_at_min": ["The date format is invalid."]}` */
function fieldsOf(body: Readonly<Record<string, JsonValue | undefined>>): string {
  return Object.entries(body)
    .map(
      ([field, problems]) =>
        `\`${field}\`: ${isList(problems) ? problems.map((problem) => scalarText(problem)).join(' ') : ''}`,
    )
    .join('; ');
}
