import type { ApiRequest, ApiResponse, HttpPolicy, RateSignal, TokenGrant } from '../sdk/http.ts';
import { TokenRefused } from '../sdk/http.ts';
import { ReadFailure } from '../sdk/read-failure.ts';
import { isRecord, textAt, valueAt } from '../sdk/value-source.ts';
import type { ShopifyAccount } from './account.ts';
import { classify } from './classify.ts';

/** Admin GraphQL API. A version lives at least twelve months: https://shopify.dev/docs/api/usage/versioning */
export const API_VERSION = { version: '2026-10', sunset: '2027-10-01' } as const;

export const GRAPHQL_PATH = `/admin/api/${API_VERSION.version}/graphql.json`;

/** What a shop of the smallest plan may spend at once, and gets back in a second, in points. */
const BUCKET = { size: 2000, perSecond: 100 };

export const http: HttpPolicy<ShopifyAccount> = {
  origin: ({ shop }) => `https://${shop}`,
  downloadHosts: ['storage.googleapis.com'],
  authorize: ({ access_token }, token) => ({
    headers: { 'X-Shopify-Access-Token': access_token?.reveal() ?? token ?? '' },
  }),
  tokens: { request: tokenRequest, read: readToken },
  rate: { concurrency: 2, bucket: BUCKET },
  pace,
  classify,
};

/** https://shopify.dev/docs/apps/build/authentication-authorization: a token for about 24 hours. */
function tokenRequest(account: ShopifyAccount): ApiRequest | undefined {
  if (account.access_token !== undefined) return undefined;
  return {
    method: 'POST',
    url: '/admin/oauth/access_token',
    isAnonymous: true,
    form: {
      grant_type: 'client_credentials',
      client_id: account.client_id,
      client_secret: account.client_secret?.reveal(),
    },
  };
}

function readToken({ status, body }: ApiResponse, now: number): TokenGrant {
  if (status === 404) {
    const reason = 'there is no shop at this domain';
    throw new ReadFailure({ action: 'fatal', kind: 'account', reason });
  }
  const token = textAt(body, 'access_token');
  const seconds = Number(valueAt(body, 'expires_in'));
  if (status !== 200 || token === '' || !Number.isFinite(seconds)) {
    throw new TokenRefused('Shopify gives no token for this client id and secret');
  }
  return { accessToken: token, expiresAt: now + seconds * 1000 };
}

/** The bucket's state stands in every GraphQL answer. */
function pace({ body }: ApiResponse): RateSignal | undefined {
  const throttle = valueAt(body, 'extensions.cost.throttleStatus');
  if (!isRecord(throttle)) return undefined;
  const left = Number(throttle['currentlyAvailable']);
  const size = Number(throttle['maximumAvailable']);
  return { state: `${Math.floor(left)} of ${size} points left`, left };
}
