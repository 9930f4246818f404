import { z } from 'zod';
import { definePlatform } from '../sdk/definition.ts';
import { secret } from '../sdk/secret.ts';
import { http } from './http.ts';
import { probe } from './probe.ts';
import { customers } from './streams/customers.ts';
import { orders } from './streams/orders.ts';

/** What the project file says of one account. Everything that is a credential is a `secret()`. */
const account = z.strictObject({
  shop_id: z.string().regex(/^\d+$/, 'must be the digits of the shop’s id'),
  token: secret(),
});

export type Account = z.infer<typeof account>;

/** An invented shop platform, to copy: see docs/connectors.md. */
export const template = definePlatform<Account>({
  name: 'template',
  label: 'Template',
  version: 1,
  apiVersion: { version: '2026-10', sunset: '2027-10-01', servedIn: 'x-api-version' },
  account,
  accountId: ({ shop_id }) => shop_id,
  http,
  probe,
  streams: [orders, customers],
  connect: {
    steps: [
      {
        key: 'token',
        question: 'Access token',
        instructions:
          'Open the shop’s settings, then API, and create a token that may read orders.',
        isSecret: true,
      },
    ],
    variables: [{ name: 'TEMPLATE_TOKEN', setting: 'token' }],
  },
});
