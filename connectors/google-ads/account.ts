import { z } from 'zod';
import { secret } from '../sdk/secret.ts';

/** Ids are shown with dashes and sent without. */
const customerId = z
  .string()
  .regex(/^\d{3}-?\d{3}-?\d{4}$/, 'expected the ten digits of a customer, in quotes')
  .transform((text) => text.replaceAll('-', ''));

/** Settings of one customer, as Google calls an ad account. */
export const googleAdsAccount = z.strictObject({
  customer_id: customerId,
  /** The manager account through which the customer is reached. */
  login_customer_id: customerId.optional(),
  developer_token: secret(),
  client_id: z.string().min(1),
  client_secret: secret(),
  refresh_token: secret(),
});

export type GoogleAdsAccount = z.infer<typeof googleAdsAccount>;
