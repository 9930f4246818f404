import { z } from 'zod';
import type { ApiResponse, TokenGrant, TokenSource } from '../sdk/http.ts';
import { TokenRefused } from '../sdk/http.ts';
import type { TrayAccount } from './account.ts';
import { pathOf } from './path.ts';

const HOUR_MS = 3_600_000;
/** Access tokens work for 3 hours, refresh tokens for 30 days and once. */
const LIFETIME_MS = 3 * HOUR_MS;

const grant = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  date_expiration_access_token: z.string().optional(),
});

/** A new pair from the refresh token, or from the code of the installation where there is none. */
export const trayTokens: TokenSource<TrayAccount> = {
  isSingleUse: true,
  request: (account, refreshToken) => {
    const url = pathOf(account, 'auth');
    if (refreshToken !== undefined) {
      return { url, query: { refresh_token: refreshToken }, isAnonymous: true };
    }
    if (account.code === undefined) {
      throw new TokenRefused('there is neither a refresh token nor the `code` of an installation');
    }
    return {
      method: 'POST',
      url,
      form: {
        consumer_key: account.consumer_key.reveal(),
        consumer_secret: account.consumer_secret.reveal(),
        code: account.code.reveal(),
      },
      isAnonymous: true,
    };
  },
  read: readGrant,
};

export function readGrant(response: ApiResponse, now: number): TokenGrant {
  const read = grant.safeParse(response.body);
  if (response.status >= 400 || !read.success) {
    throw new TokenRefused(`HTTP ${String(response.status)}: no token was given`);
  }
  const { access_token, refresh_token, date_expiration_access_token } = read.data;
  return {
    accessToken: access_token,
    refreshToken: refresh_token,
    expiresAt: Math.min(expiry(date_expiration_access_token, now), now + LIFETIME_MS),
  };
}

/** `2026-10-01 12:00:00`, in Brasília's time. One that has passed already is of another clock. */
function expiry(text: string | undefined, now: number): number {
  const told = Date.parse(`${(text ?? '').replace(' ', 'T')}-03:00`);
  return Number.isNaN(told) || told <= now ? now + LIFETIME_MS : told;
}
