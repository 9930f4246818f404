import type { ApiVersion } from '../sdk/definition.ts';
import type { HttpPolicy } from '../sdk/http.ts';
import type { TrayAccount } from './account.ts';
import { classify } from './classify.ts';
import { trayTokens } from './tokens.ts';

/** Tray's API has no versions. */
export const API_VERSION: ApiVersion = { version: 'web_api' };

/** The platform opened in 2003: no record is older. */
export const FIRST_DAY = '2003-01-01';

/** Calls that a store may be asked in a minute and in a day (50,000 a day on corporate plans). */
export const CALLS_A_MINUTE = 180;
export const CALLS_A_DAY = 10_000;
/** Calls at once before the steady pace; with it, no 60 seconds hold more than the limit. */
const BURST = 9;

export const trayHttp: HttpPolicy<TrayAccount> = {
  origin: (account) => new URL(account.api_address).origin,
  // Tray takes the token in the query only.
  authorize: (_account, token) => ({ query: { access_token: token ?? '' } }),
  tokens: trayTokens,
  rate: {
    concurrency: 4,
    bucket: { size: BURST, perSecond: (CALLS_A_MINUTE - BURST) / 60 },
  },
  classify,
};
