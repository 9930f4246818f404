import { z } from 'zod';
import type { Secret } from '../sdk/secret.ts';
import { secret } from '../sdk/secret.ts';

/** One shop. Apps of the Dev Dashboard have a client id and secret, older custom apps an access token. */
export interface ShopifyAccount {
  /** `loja-aurora.myshopify.com`. */
  readonly shop: string;
  /** Of an older custom app (`shpat_…`); does not run out. */
  readonly access_token?: Secret | undefined;
  readonly client_id?: string | undefined;
  readonly client_secret?: Secret | undefined;
}

export const shopifyAccount: z.ZodType<ShopifyAccount> = z
  .strictObject({
    shop: z.string().regex(/^[a-z0-9][a-z0-9-]*\.myshopify\.com$/, {
      error: 'must be the shop’s own domain, such as `loja-aurora.myshopify.com`',
    }),
    access_token: secret().optional(),
    client_id: z.string().min(1).optional(),
    client_secret: secret().optional(),
  })
  .refine(
    ({ access_token, client_id, client_secret }) =>
      access_token !== undefined || (client_id !== undefined && client_secret !== undefined),
    { error: 'needs `client_id` and `client_secret`, or an `access_token`' },
  );
