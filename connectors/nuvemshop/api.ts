import type { ApiVersion } from '../sdk/definition.ts';
import type { ApiResponse, Authorization, HttpPolicy, RateSignal } from '../sdk/http.ts';
import type { NuvemshopAccount } from './account.ts';
import { classify } from './classify.ts';
import { slotMs } from './slots.ts';

/** Nuvemshop names no day on which a version ends; `v1` is the one before. */
export const API_VERSION: ApiVersion = { version: '2025-03' };

export const TOKEN_ORIGIN = 'https://www.tiendanube.com';

/** The path of a resource of a store: `/2025-03/2981734/orders`. */
export function pathOf(storeId: string, resource: string): string {
  return `/${API_VERSION.version}/${storeId}/${resource}`;
}

export const nuvemshopHttp: HttpPolicy<NuvemshopAccount> = {
  origin: () => 'https://api.nuvemshop.com.br',
  otherOrigins: [TOKEN_ORIGIN],
  authorize,
  // A leaky bucket of 40 calls that loses 2 a second, per store and app; ten times that on the upper plans, so
  // that only the headers tell how fast a store may be asked.
  rate: { concurrency: 2 },
  pace,
  classify,
};

function authorize(account: NuvemshopAccount): Authorization {
  return {
    headers: {
      [account.authentication_header]: `bearer ${account.access_token.reveal()}`,
      'User-Agent': `Cortex Analytics (${account.contact_email})`,
    },
  };
}

/** Two stay free for other calls of the app, and two for calls that are under way. */
const SLOTS_TO_KEEP = 4;

function pace({ headers }: ApiResponse): RateSignal | undefined {
  const limit = headers['x-rate-limit-limit'];
  const left = Number(headers['x-rate-limit-remaining']);
  if (limit === undefined || !Number.isFinite(left)) return undefined;
  const missing = Math.max(SLOTS_TO_KEEP - left, 0);
  return {
    state: `${String(left)} of ${limit} left`,
    left,
    waitMs: missing === 0 ? undefined : missing * slotMs(headers),
  };
}
