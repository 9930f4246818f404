import type { ApiResponse, ResponseOutcome } from '../sdk/http.ts';
import type { JsonRecord, JsonValue } from '../sdk/json.ts';
import { isList, isRecord, textAt, valueAt } from '../sdk/value-source.ts';

/** Another bulk operation of the app is still running. */
const BULK_WAIT_MS = 10_000;

const PLAIN_STATUS: Readonly<Record<number, ResponseOutcome>> = {
  401: { action: 'refresh_auth' },
  402: { action: 'skip_account', reason: 'the shop is frozen until its bill is paid' },
  403: { action: 'fatal', kind: 'permission', reason: 'the app may not use the Admin API' },
  404: { action: 'fatal', kind: 'account', reason: 'there is no shop at this domain' },
  423: { action: 'skip_account', reason: 'the shop is locked' },
};

/** GraphQL answers with 200 and says in `errors[].extensions.code` what went wrong. */
const BY_CODE: Readonly<Record<string, 'retry' | 'split_request' | 'permission' | 'skip_account'>> =
  {
    INTERNAL_SERVER_ERROR: 'retry',
    MAX_COST_EXCEEDED: 'split_request',
    ACCESS_DENIED: 'permission',
    SHOP_INACTIVE: 'skip_account',
  };

/** What an answer means: by its status, by the codes of its GraphQL errors, by the end of a bulk operation. */
export function classify(response: ApiResponse): ResponseOutcome {
  const { status, body } = response;
  if (status === 429 || status === 430) {
    return { action: 'rate_limited', reason: 'too many calls in a second' };
  }
  if (status >= 500) return { action: 'retry', reason: `HTTP ${status}` };
  const plain = PLAIN_STATUS[status];
  if (plain !== undefined) return plain;
  if (status >= 400) return { action: 'fatal', kind: 'request', reason: messageOf(body) };
  if (!isRecord(body)) return { action: 'retry', reason: 'an answer that is no JSON' };
  return errorsOf(body).length > 0 ? classifyErrors(body) : classifyBulk(body);
}

function classifyErrors(body: JsonRecord): ResponseOutcome {
  const codes = errorsOf(body).map((error) => textAt(error, 'extensions.code'));
  const reason = messageOf(body);
  if (codes.includes('THROTTLED')) return throttled(body);
  const kinds = codes.map((code) => BY_CODE[code]);
  if (kinds.includes('permission')) return { action: 'fatal', kind: 'permission', reason };
  if (kinds.includes('skip_account')) return { action: 'skip_account', reason };
  if (kinds.includes('split_request')) return { action: 'split_request', reason };
  if (kinds.includes('retry')) return { action: 'retry', reason };
  return { action: 'fatal', kind: 'query', reason };
}

/** The wait is what is missing, divided by what comes back in a second. */
function throttled(body: JsonRecord): ResponseOutcome {
  const cost = valueAt(body, 'extensions.cost');
  const requested = Number(valueAt(cost, 'requestedQueryCost'));
  const available = Number(valueAt(cost, 'throttleStatus.currentlyAvailable'));
  const perSecond = Number(valueAt(cost, 'throttleStatus.restoreRate'));
  const waitMs = Math.ceil(((requested - available) / perSecond) * 1000);
  return {
    action: 'rate_limited',
    waitMs: Number.isFinite(waitMs) ? Math.max(waitMs, 0) : undefined,
    reason: 'the shop’s points are used up',
  };
}

/** A bulk operation that cannot start or did not end well says so without `errors`. */
function classifyBulk(body: JsonRecord): ResponseOutcome {
  const refused = valueAt(body, 'data.bulkOperationRunQuery.userErrors');
  if (isList(refused) && refused.length > 0) {
    const reason = textAt(refused[0], 'message');
    return valueAt(refused[0], 'code') === 'OPERATION_IN_PROGRESS'
      ? { action: 'rate_limited', waitMs: BULK_WAIT_MS, reason }
      : { action: 'fatal', kind: 'query', reason };
  }
  const status = valueAt(body, 'data.node.status');
  if (status !== 'FAILED' && status !== 'CANCELED' && status !== 'EXPIRED') return { action: 'ok' };
  const code = textAt(body, 'data.node.errorCode');
  if (code === 'ACCESS_DENIED') {
    return { action: 'fatal', kind: 'permission', reason: 'the bulk operation lacks a scope' };
  }
  return {
    action: 'split_request',
    by: 'slice',
    reason: `the bulk operation ended as ${textAt(body, 'data.node.status')} (${code})`,
  };
}

function errorsOf(body: JsonRecord): readonly JsonValue[] {
  const errors = body['errors'];
  if (isList(errors)) return errors;
  return typeof errors === 'string' ? [{ message: errors }] : [];
}

function messageOf(body: JsonValue): string {
  const errors = isRecord(body) ? errorsOf(body) : [];
  const messages = errors.map((error) => textAt(error, 'message'));
  return messages.length > 0 ? messages.join('; ') : 'an answer without a message';
}
