import type { ApiVersion } from '../sdk/definition.ts';
import type {
  ApiResponse,
  Authorization,
  HttpPolicy,
  RatePolicy,
  RateSignal,
} from '../sdk/http.ts';
import type { NuvemshopAccount } from './account.ts';
import { classify } from './classify.ts';
import { slotMs } from './slots.ts';

/** Nuvemshop names no day on which a version ends; `v1` is the one before. */
export const API_VERSION: ApiVersion = { version: '2025-03' };

/** The platform opened in 2010: no record is older. */
export const FIRST_DAY = '2010-01-01';

export const TOKEN_ORIGIN = 'https://www.tiendanube.com';

/** The path of a resource of a store: `/2025-03/2981734/orders`. */
export function pathOf(storeId: string, resource: string): string {
  return `/${API_VERSION.version}/${storeId}/${resource}`;
}

/** Slots that stay free for other calls of the app. */
const SLOTS_TO_KEEP = 2;

function bucketOf(size: number): NonNullable<RatePolicy['bucket']> {
  return { size: size - SLOTS_TO_KEEP, perSecond: 1000 / slotMs(size) };
}

export const nuvemshopHttp: HttpPolicy<NuvemshopAccount> = {
  origin: () => 'https://api.nuvemshop.com.br',
  otherOrigins: [TOKEN_ORIGIN],
  authorize,
  // A leaky bucket of 40 calls that loses 2 a second, per store and app; ten times that on the upper plans, which
  // the headers of the first answer tell.
  rate: { concurrency: 4, bucket: bucketOf(40) },
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

/** What is left of the bucket. `x-rate-limit-reset` is no wait: it says when the whole bucket is empty. */
function pace({ headers }: ApiResponse): RateSignal | undefined {
  const limit = Number(headers['x-rate-limit-limit']);
  const left = Number(headers['x-rate-limit-remaining']);
  if (!(limit > SLOTS_TO_KEEP) || !(left >= 0)) return undefined;
  return {
    state: `${String(left)} of ${String(limit)} left`,
    left: left - SLOTS_TO_KEEP,
    bucket: bucketOf(limit),
  };
}
