import { z } from 'zod';
import { secret } from '../sdk/secret.ts';

/** Settings of one ad account. */
export const metaAdsAccount = z.strictObject({
  /** Digits, with or without the `act_` that Meta's pages put before them. */
  account_id: z
    .string()
    .regex(/^(act_)?\d+$/, 'expected the digits of an ad account, in quotes')
    .transform((id) => id.replace('act_', '')),
  /** Of a system user (does not end) or of a person (ends after about 60 days). */
  access_token: secret(),
  /** For apps that require proof with every call. */
  app_secret: secret().optional(),
  /** Whether archived and deleted campaigns, ad sets and ads are read too; their reports stay either way. */
  deleted_objects: z.boolean().default(true),
});

export type MetaAdsAccount = z.infer<typeof metaAdsAccount>;
