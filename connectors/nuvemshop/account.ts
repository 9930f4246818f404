import { z } from 'zod';
import { secret } from '../sdk/secret.ts';

/** Settings of one store. */
export const nuvemshopAccount = z.strictObject({
  /** Digits: `user_id` of the token's answer. */
  store_id: z.string().regex(/^\d+$/, 'expected the digits of a store, in quotes'),
  /** Does not run out; dies when the app is uninstalled or another token is issued. */
  access_token: secret(),
  /** Who Nuvemshop writes to about the app's calls; a part of the user agent, which it demands. */
  contact_email: z.email('expected an e-mail address'),
  /** Some pages of the platform print `Authorization`; what clients in use send is `Authentication`. */
  authentication_header: z.enum(['Authentication', 'Authorization']).default('Authentication'),
  /** IANA zone of the store's calendar day, where it is not the one of its country's capital. */
  time_zone: z.string().optional(),
  /** Asks for the fulfilments of each order. */
  fulfillments: z.boolean().default(true),
});

export type NuvemshopAccount = z.infer<typeof nuvemshopAccount>;
