import type { ApiResponse, ResponseOutcome } from '../sdk/http.ts';
import type { JsonValue } from '../sdk/json.ts';
import { isList, isRecord, textAt, valueAt } from '../sdk/value-source.ts';

/** `quotaError` and `RESOURCE_EXHAUSTED`: Google's kind of error and the error. */
interface GoogleAdsError {
  readonly kind: string;
  readonly code: string;
  readonly message: string;
  /** Milliseconds, where Google says how long to wait. */
  readonly waitMs: number | undefined;
}

const TOO_FAST = new Set([
  'RESOURCE_EXHAUSTED',
  'RESOURCE_TEMPORARILY_EXHAUSTED',
  'EXCESSIVE_SHORT_TERM_QUERY_RESOURCE_CONSUMPTION',
]);

/** What an answer means, by the first error of its GoogleAdsFailure, else by its status. */
export function classify({ status, body }: ApiResponse): ResponseOutcome {
  if (status < 400) return { action: 'ok' };
  // A retired version answers with a page for people.
  if (status === 404 && typeof body === 'string') {
    return { action: 'fatal', kind: 'version', reason: 'Google no longer serves this version' };
  }
  if (textAt(body, 'error') === 'invalid_grant') {
    const reason = 'the refresh token has ended or was withdrawn';
    return { action: 'fatal', kind: 'auth', reason };
  }
  const error = errorOf(body);
  if (status === 401 || error.code === 'OAUTH_TOKEN_EXPIRED') return { action: 'refresh_auth' };
  return byKind(error) ?? byStatus(status, error.message);
}

function byKind(error: GoogleAdsError): ResponseOutcome | undefined {
  const { kind, code, message: reason, waitMs } = error;
  switch (kind) {
    case 'quotaError':
      return TOO_FAST.has(code)
        ? { action: 'rate_limited', waitMs, reason }
        : { action: 'stop_until_reset', waitMs, reason };
    case 'internalError':
      return { action: 'retry', reason };
    case 'authorizationError':
      return code === 'CUSTOMER_NOT_ENABLED'
        ? { action: 'skip_account', reason }
        : { action: 'fatal', kind: 'permission', reason };
    case 'authenticationError':
      return { action: 'fatal', kind: 'auth', reason };
    case 'queryError':
      return code === 'REQUESTED_METRICS_FOR_MANAGER'
        ? { action: 'skip_account', reason: 'a manager account has no metrics of its own' }
        : { action: 'fatal', kind: 'query', reason };
    case 'requestError':
      // Page tokens live about two hours: a shorter window is read faster.
      return code === 'EXPIRED_PAGE_TOKEN'
        ? { action: 'split_request', by: 'slice', reason: 'the pages were read too slowly' }
        : { action: 'fatal', kind: 'request', reason };
    default:
      return undefined;
  }
}

function byStatus(status: number, message: string): ResponseOutcome {
  const reason = message === '' ? `HTTP ${status}` : message;
  if (status === 429) return { action: 'rate_limited', reason };
  if (status >= 500) return { action: 'retry', reason };
  if (status === 403) return { action: 'fatal', kind: 'permission', reason };
  return { action: 'fatal', kind: 'request', reason };
}

/** The error stands in an object, or in a list of one when the answer was begun as a stream. */
function errorOf(body: JsonValue): GoogleAdsError {
  const whole = isList(body) ? body[0] : body;
  const details = valueAt(whole, 'error.details');
  const failures = isList(details) ? details.map((detail) => valueAt(detail, 'errors')) : [];
  const first = failures.flatMap((errors) => (isList(errors) ? errors : []))[0];
  const code = valueAt(first, 'errorCode');
  const [kind, value] = isRecord(code) ? (Object.entries(code)[0] ?? []) : [];
  return {
    kind: kind ?? '',
    code: typeof value === 'string' ? value : '',
    message: textAt(first, 'message') || textAt(whole, 'error.message'),
    waitMs: waitOf(textAt(first, 'details.quotaErrorDetails.retryDelay')),
  };
}

/** `900s` in milliseconds. */
function waitOf(delay: string): number | undefined {
  const [, seconds] = /^(\d+(?:\.\d+)?)s$/.exec(delay) ?? [];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}
