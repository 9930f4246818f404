import { z } from 'zod';
import { secret } from '../sdk/secret.ts';

/** Settings of one store. */
export const trayAccount = z.strictObject({
  /** Digits: `store` of the callback, `store_id` of the token's answer. */
  store_id: z.string().regex(/^\d+$/, 'expected the digits of a store, in quotes'),
  /** `https://loja.commercesuite.com.br/web_api`, as the callback sends it. */
  api_address: z
    .url({ protocol: /^https?$/, error: 'expected the address that ends in `/web_api`' })
    .transform((url) => url.replace(/\/+$/, '')),
  consumer_key: secret(),
  consumer_secret: secret(),
  /** Of the installation; asked for tokens when there is no refresh token that works. */
  code: secret().optional(),
});

export type TrayAccount = z.infer<typeof trayAccount>;
