import { createHmac } from 'node:crypto';
import type { Authorization, HttpPolicy } from '../sdk/http.ts';
import type { ApiVersion } from '../sdk/definition.ts';
import type { MetaAdsAccount } from './account.ts';
import { classify } from './classify.ts';
import { paceOf } from './usage.ts';

/**
 * Meta names the end of a version when the next ones come out; Marketing API versions live about a year
 * (v23 ended on 2026-06-09).
 */
export const API_VERSION: ApiVersion = { version: 'v25.0', servedIn: 'facebook-api-version' };

/** The path of an object or an edge: `campaigns` of the account, or a report run. */
export function pathOf(...parts: readonly string[]): string {
  return ['', API_VERSION.version, ...parts].join('/');
}

export const metaAdsHttp: HttpPolicy<MetaAdsAccount> = {
  origin: () => 'https://graph.facebook.com',
  authorize,
  // Meta names no number of calls; what it says in its usage headers bounds them.
  rate: { concurrency: 4 },
  pace: paceOf,
  classify,
  secretPaths: ['paging.next', 'paging.previous'],
};

/** The token goes into a header, never into a URL. */
function authorize(account: MetaAdsAccount): Authorization {
  const token = account.access_token.reveal();
  const headers = { authorization: `Bearer ${token}` };
  if (account.app_secret === undefined) return { headers };
  const proof = createHmac('sha256', account.app_secret.reveal()).update(token).digest('hex');
  return { headers, query: { appsecret_proof: proof } };
}
