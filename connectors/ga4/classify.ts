import type { ApiResponse, ResponseOutcome } from '../sdk/http.ts';
import { textAt } from '../sdk/value-source.ts';

const HOUR_MS = 3_600_000;

/** What an answer of Google Analytics or BigQuery means; which quota ran out stands in the text only. */
export function classify({ status, body }: ApiResponse): ResponseOutcome {
  if (status < 400) return { action: 'ok' };
  const message = textAt(body, 'error.message');
  const reason = message === '' ? `HTTP ${status}` : message;
  if (status === 401) return { action: 'refresh_auth' };
  if (status === 429) return exhausted(reason);
  if (status >= 500) return { action: 'retry', reason };
  if (status === 403) return { action: 'fatal', kind: 'permission', reason };
  if (status === 404) return { action: 'fatal', kind: 'account', reason };
  return { action: 'fatal', kind: 'request', reason };
}

function exhausted(reason: string): ResponseOutcome {
  if (/per day|daily/i.test(reason)) return { action: 'stop_until_reset', reason };
  if (/concurrent/i.test(reason)) return { action: 'retry', reason };
  // A text that names no quota is no reason to wait for an hour.
  return /per hour|thresholded/i.test(reason)
    ? { action: 'rate_limited', waitMs: HOUR_MS, reason }
    : { action: 'rate_limited', reason };
}
