import type { ApiVersion } from '../sdk/definition.ts';
import type { ApiRequest, ApiResponse, HttpPolicy, TokenGrant } from '../sdk/http.ts';
import { TokenRefused } from '../sdk/http.ts';
import { textAt, valueAt } from '../sdk/value-source.ts';
import type { GoogleAdsAccount } from './account.ts';
import { classify } from './classify.ts';

/** https://developers.google.com/google-ads/api/docs/sunset-dates: versions live about a year. */
export const API_VERSION: ApiVersion = { version: 'v26', sunset: '2027-11-01' };

/** OAuth of Google: its own host, the same for all of Google's interfaces. */
const TOKEN_ORIGIN = 'https://oauth2.googleapis.com';

export const googleAdsHttp: HttpPolicy<GoogleAdsAccount> = {
  origin: () => 'https://googleads.googleapis.com',
  otherOrigins: [TOKEN_ORIGIN],
  authorize: ({ developer_token, login_customer_id }, token) => ({
    headers: {
      authorization: `Bearer ${token ?? ''}`,
      'developer-token': developer_token.reveal(),
      ...(login_customer_id === undefined ? {} : { 'login-customer-id': login_customer_id }),
    },
  }),
  tokens: { request: tokenRequest, read: readToken },
  // Google counts operations by the day and names no rate; it says when to wait.
  rate: { concurrency: 4, bucket: { size: 10, perSecond: 5 } },
  classify,
};

function tokenRequest({ client_id, client_secret, refresh_token }: GoogleAdsAccount): ApiRequest {
  return {
    method: 'POST',
    url: `${TOKEN_ORIGIN}/token`,
    isAnonymous: true,
    form: {
      client_id,
      client_secret: client_secret.reveal(),
      refresh_token: refresh_token.reveal(),
      grant_type: 'refresh_token',
    },
  };
}

function readToken({ body }: ApiResponse, now: number): TokenGrant {
  const token = textAt(body, 'access_token');
  const seconds = Number(valueAt(body, 'expires_in'));
  if (token === '' || !Number.isFinite(seconds)) {
    const reason = textAt(body, 'error_description') || 'it gave no token';
    throw new TokenRefused(`Google refuses the refresh token: ${reason}`);
  }
  return { accessToken: token, expiresAt: now + seconds * 1000 };
}
