import type { ApiVersion } from '../sdk/definition.ts';
import type { HttpPolicy } from '../sdk/http.ts';
import type { TiktokAdsAccount } from './account.ts';
import { classify } from './classify.ts';

/** TikTok names no end of v1.3. */
export const API_VERSION: ApiVersion = { version: 'v1.3' };

/** A path with the slash at its end, without which TikTok answers 404. */
export function pathOf(endpoint: string): string {
  return `/open_api/${API_VERSION.version}/${endpoint}/`;
}

export const tiktokAdsHttp: HttpPolicy<TiktokAdsAccount> = {
  origin: () => 'https://business-api.tiktok.com',
  authorize: (account) => ({ headers: { 'access-token': account.access_token.reveal() } }),
  // The basic tier serves 10 calls a second and 600 a minute, and says nothing until one is too many.
  rate: { concurrency: 4, bucket: { size: 8, perSecond: 8 } },
  classify,
};
