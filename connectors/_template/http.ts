import type { ApiResponse, HttpPolicy, RateSignal, ResponseOutcome } from '../sdk/http.ts';
import { textAt } from '../sdk/value-source.ts';
import type { Account } from './platform.ts';

/** How the platform is spoken to: declarations and pure functions, nothing that sends or waits. */
export const http: HttpPolicy<Account> = {
  origin: () => 'https://api.template.example',
  authorize: ({ token }) => ({ headers: { authorization: `Bearer ${token.reveal()}` } }),
  rate: { concurrency: 2, bucket: { size: 40, perSecond: 2 } },
  pace,
  classify,
};

/** The platform says with each answer how many calls are left. */
function pace({ headers }: ApiResponse): RateSignal | undefined {
  const left = headers['x-calls-left'];
  return left === undefined ? undefined : { state: `${left} calls left`, left: Number(left) };
}

/** What an answer means; the runner does what has to be done. */
function classify({ status, body }: ApiResponse): ResponseOutcome {
  const reason = textAt(body, 'message') || `HTTP ${status}`;
  if (status < 300) return { action: 'ok' };
  if (status === 401) return { action: 'fatal', kind: 'auth', reason };
  if (status === 402) return { action: 'skip_account', reason };
  if (status === 404) return { action: 'skip_record' };
  if (status === 413) return { action: 'split_request', reason };
  if (status === 429) return { action: 'rate_limited', reason };
  if (status >= 500) return { action: 'retry', reason };
  return { action: 'fatal', kind: 'request', reason };
}
