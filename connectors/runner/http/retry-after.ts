import type { ApiResponse, ResponseOutcome } from '../../sdk/http.ts';

/**
 * An outcome with the wait that the answer asks for in `Retry-After`, where that is longer than what the platform's
 * own words come to; outcomes that end the call stay as they are.
 * https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
 */
export function withRetryAfter(
  outcome: ResponseOutcome,
  { headers }: Pick<ApiResponse, 'headers'>,
): ResponseOutcome {
  if (outcome.action !== 'rate_limited' && outcome.action !== 'retry') return outcome;
  const asked = retryAfterMs(headers);
  return asked === undefined
    ? outcome
    : { ...outcome, waitMs: Math.max(asked, outcome.waitMs ?? 0) };
}

/** Milliseconds that `Retry-After` asks for: seconds, or a date, which is measured by the answer's own clock. */
export function retryAfterMs(headers: ApiResponse['headers']): number | undefined {
  const text = headers['retry-after']?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
  const ms = Date.parse(text) - Date.parse(headers['date'] ?? '');
  return Number.isNaN(ms) ? undefined : Math.max(ms, 0);
}
