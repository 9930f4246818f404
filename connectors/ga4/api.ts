import { createSign } from 'node:crypto';
import type { ApiVersion } from '../sdk/definition.ts';
import type { ApiRequest, ApiResponse, HttpPolicy, RateSignal, TokenGrant } from '../sdk/http.ts';
import { TokenRefused } from '../sdk/http.ts';
import { isRecord, textAt, valueAt } from '../sdk/value-source.ts';
import type { Ga4Account } from './account.ts';
import { classify } from './classify.ts';

/** Google names no end of it. */
export const API_VERSION: ApiVersion = { version: 'v1beta' };

export const BIGQUERY_ORIGIN = 'https://bigquery.googleapis.com';

const TOKEN_URL = 'https://oauth2.googleapis.com/token';

const SCOPES =
  'https://www.googleapis.com/auth/analytics.readonly https://www.googleapis.com/auth/bigquery.readonly';

const HOUR_SECONDS = 3600;

export const ga4Http: HttpPolicy<Ga4Account> = {
  origin: () => 'https://analyticsdata.googleapis.com',
  otherOrigins: ['https://oauth2.googleapis.com', BIGQUERY_ORIGIN],
  authorize: (_account, token) => ({ headers: { authorization: `Bearer ${token ?? ''}` } }),
  tokens: { request: tokenRequest, read: readToken },
  // Ten requests of a property at once; more than ten server errors an hour close it.
  rate: { concurrency: 4, tries: 3 },
  pace,
  classify,
};

/** https://developers.google.com/identity/protocols/oauth2/service-account: a signed claim for an hour. */
function tokenRequest(account: Ga4Account, _refreshToken: unknown, now: number): ApiRequest {
  const issuedAt = Math.floor(now / 1000);
  const claim = {
    iss: account.client_email,
    scope: SCOPES,
    aud: TOKEN_URL,
    iat: issuedAt,
    exp: issuedAt + HOUR_SECONDS,
  };
  const unsigned = `${encoded({ alg: 'RS256', typ: 'JWT' })}.${encoded(claim)}`;
  return {
    method: 'POST',
    url: TOKEN_URL,
    isAnonymous: true,
    form: {
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: `${unsigned}.${signature(unsigned, account)}`,
    },
  };
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

/** Environment variables often hold the key with its line breaks written as `\n`. */
function signature(text: string, { private_key }: Ga4Account): string {
  const key = private_key.reveal().replaceAll('\\n', '\n');
  try {
    return createSign('RSA-SHA256').update(text).sign(key, 'base64url');
  } catch {
    throw new TokenRefused('the private key of the service account cannot be read');
  }
}

function readToken({ body }: ApiResponse, now: number): TokenGrant {
  const token = textAt(body, 'access_token');
  const seconds = Number(valueAt(body, 'expires_in'));
  if (token === '' || !Number.isFinite(seconds)) {
    const reason = textAt(body, 'error_description') || 'it gave no token';
    throw new TokenRefused(`Google refuses the service account: ${reason}`);
  }
  return { accessToken: token, expiresAt: now + seconds * 1000 };
}

/** Tokens that are left, as every report says; one request at a time when the hour's run low. */
function pace({ body }: ApiResponse): RateSignal | undefined {
  const quota = valueAt(body, 'propertyQuota');
  if (!isRecord(quota)) return undefined;
  const hour = Number(valueAt(quota, 'tokensPerHour.remaining'));
  const day = Number(valueAt(quota, 'tokensPerDay.remaining'));
  const state = `${hour} tokens left this hour, ${day} today`;
  return { state, concurrency: hour < LOW_TOKENS ? 1 : undefined };
}

/** Of 40,000 an hour. */
const LOW_TOKENS = 2000;
