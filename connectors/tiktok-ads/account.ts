import { z } from 'zod';
import { secret } from '../sdk/secret.ts';

/** Settings of one advertiser. */
export const tiktokAdsAccount = z.strictObject({
  /** Digits, in quotes: there are more of them than a YAML number keeps. */
  advertiser_id: z.string().regex(/^\d+$/, 'expected the digits of an advertiser, in quotes'),
  /** Does not run out; ends when the advertiser withdraws it. */
  access_token: secret(),
  /** Whether deleted campaigns, ad groups and ads are read too; their reports stay either way. */
  deleted_objects: z.boolean().default(true),
});

export type TiktokAdsAccount = z.infer<typeof tiktokAdsAccount>;
