import type { ConnectGuide } from '../sdk/definition.ts';
import type { Ga4Account } from './account.ts';

/** A service account reads without anybody logging in. */
export const connect: ConnectGuide<Ga4Account> = {
  steps: [
    {
      key: 'property_id',
      question: 'Property id, such as 398172645',
      instructions: 'Open analytics.google.com: Admin, then Property details.',
      isSecret: false,
    },
    {
      key: 'client_email',
      question: 'E-mail address of the service account',
      instructions:
        'In console.cloud.google.com: switch on the Google Analytics Data API, make a service account and a key of ' +
        'the kind JSON. Then, in Analytics: Admin, Property access management, add its e-mail address as Viewer.',
      isSecret: false,
    },
    {
      key: 'private_key',
      question: 'Private key of the service account',
      instructions: 'The value of `private_key` in the key file, with or without its `\\n`.',
      isSecret: true,
    },
  ],
  variables: [{ name: 'GA4_PRIVATE_KEY', setting: 'private_key' }],
  exchange: async ({ property_id = '', client_email = '', private_key = '' }) => ({
    account: { property_id, client_email },
    secrets: { private_key },
  }),
};
