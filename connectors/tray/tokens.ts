import { z } from 'zod';
import type { ApiResponse, TokenGrant, TokenSource } from '../sdk/http.ts';
import { TokenRefused } from '../sdk/http.ts';
import { ReadFailure } from '../sdk/read-failure.ts';
import type { TrayAccount } from './account.ts';
import { pathOf } from './path.ts';

const HOUR_MS = 3_600_000;
/** Access tokens work for 3 hours, refresh tokens for 30 days and once. */
const LIFETIME_MS = 3 * HOUR_MS;

const grant = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  date_expiration_access_token: z.string().optional(),
  store_id: z.union([z.string(), z.number()]).optional(),
});

/** A new pair from the refresh token, or from the code of the installation where there is none. */
export const trayTokens: TokenSource<TrayAccount> = {
  isSingleUse: true,
  refreshDays: 30,
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

/** Tokens of another store than the one that the project names would put its rows under the wrong account. */
export function readGrant(
  response: ApiResponse,
  now: number,
  account: Pick<TrayAccount, 'store_id'>,
): TokenGrant {
  const read = grant.safeParse(response.body);
  if (response.status >= 400 || !read.success) {
    throw new TokenRefused(`HTTP ${String(response.status)}: no token was given`);
  }
  const { access_token, refresh_token, date_expiration_access_token, store_id } = read.data;
  if (store_id !== undefined && String(store_id) !== account.store_id) {
    const reason = `Tray gives tokens of store ${String(store_id)}, not of \`store_id\``;
    throw new ReadFailure({ action: 'fatal', kind: 'account', reason });
  }
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
