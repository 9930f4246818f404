import type { ApiRequest, ApiResponse, ResponseOutcome } from '../sdk/http.ts';
import type { JsonRecord, JsonValue } from '../sdk/json.ts';
import { isRecord } from '../sdk/value-source.ts';
import { regainMs } from './usage.ts';

/** Meta's error object, as far as it decides what to do. */
interface MetaError {
  readonly code: number;
  readonly subcode: number | undefined;
  readonly message: string;
  readonly isTransient: boolean;
}

const OK: ResponseOutcome = { action: 'ok' };

const TOO_FAST = new Set([
  4, 17, 32, 613, 80_000, 80_001, 80_002, 80_003, 80_004, 80_005, 80_006, 80_008,
]);
const TOO_MUCH = new Set(['100/1487534', '100/1504018', '2/1504038']);
/** A breakdown or a metric that cannot be asked for: the same for every try. */
const NEVER_RIGHT = new Set(['2/1504041', '2/1504042']);
const PASSING = new Set([-2, 1, 2, 104, 960]);

/** Means by its status, its error object, or the state of a report run. */
export function classify(response: ApiResponse, request: ApiRequest): ResponseOutcome {
  const error = errorOf(response.body);
  if (error !== undefined) return outcomeOf(error, response, request);
  if (response.status === 429) {
    return { action: 'rate_limited', waitMs: regainMs(response.headers), reason: 'HTTP 429' };
  }
  if (response.status >= 400 && response.status < 500) {
    return { action: 'fatal', kind: 'response', reason: `HTTP ${String(response.status)}` };
  }
  if (response.status >= 500 || !isRecord(response.body)) {
    return {
      action: 'retry',
      reason: `HTTP ${String(response.status)} without an answer of the API`,
    };
  }
  return outcomeOfRun(response.body) ?? OK;
}

function outcomeOf(error: MetaError, response: ApiResponse, request: ApiRequest): ResponseOutcome {
  const reason = `code ${codeText(error)}: ${error.message}`;
  const pair = `${String(error.code)}/${String(error.subcode ?? '')}`;
  if (TOO_MUCH.has(pair) || /reduce the amount of data/i.test(error.message)) {
    return { action: 'split_request', reason };
  }
  if (TOO_FAST.has(error.code)) {
    return { action: 'rate_limited', waitMs: regainMs(response.headers), reason };
  }
  if (error.code === 190 || error.code === 102) return { action: 'fatal', kind: 'auth', reason };
  if (isPermission(error.code)) return { action: 'fatal', kind: 'permission', reason };
  if (error.code === 2635) return { action: 'fatal', kind: 'version', reason };
  if (NEVER_RIGHT.has(pair)) return { action: 'fatal', kind: 'request', reason };
  if (pair === '100/33') return outcomeOfMissing(request, reason);
  if (PASSING.has(error.code) || error.isTransient || response.status >= 500) {
    return { action: 'retry', reason };
  }
  return { action: 'fatal', kind: 'request', reason };
}

function isPermission(code: number): boolean {
  return code === 3 || code === 10 || (code >= 200 && code <= 299);
}

/** A report run is asked for before Meta knows it everywhere; an account that is not there never will be. */
function outcomeOfMissing(request: ApiRequest, reason: string): ResponseOutcome {
  return /\/act_\d+/.test(request.url)
    ? { action: 'fatal', kind: 'permission', reason }
    : { action: 'retry', reason };
}

/** A report that failed or was skipped was too large; it is made before its pages are read. */
function outcomeOfRun(body: JsonRecord): ResponseOutcome | undefined {
  const status = body['async_status'];
  if (status !== 'Job Failed' && status !== 'Job Skipped') return undefined;
  const message = body['error_user_msg'] ?? body['error_message'];
  const detail = typeof message === 'string' ? `: ${message}` : '';
  return {
    action: 'split_request',
    by: 'slice',
    reason: `the report ended as \`${status}\`${detail}`,
  };
}

function errorOf(body: JsonValue): MetaError | undefined {
  const error = isRecord(body) ? body['error'] : undefined;
  if (!isRecord(error)) return undefined;
  return {
    code: numberOf(error['code']) ?? 0,
    subcode: numberOf(error['error_subcode']),
    message: typeof error['message'] === 'string' ? error['message'] : 'no message',
    isTransient: error['is_transient'] === true,
  };
}

function codeText(error: MetaError): string {
  const { code, subcode } = error;
  return subcode === undefined ? String(code) : `${String(code)}/${String(subcode)}`;
}

function numberOf(value: JsonValue | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
