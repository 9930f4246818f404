import { expect, test } from 'vitest';
import { connectorsSchema } from '../../../connectors/settings-schemas.ts';

test('editors know the streams and the account settings of a platform', async () => {
  const schema = await connectorsSchema();

  expect(schema).toMatchObject({
    properties: {
      files: { properties: { streams: {} } },
      nuvemshop: {
        additionalProperties: false,
        properties: {
          pii: { enum: ['keep', 'hash', 'drop'] },
          streams: { properties: { orders: {} } },
          accounts: {
            items: {
              properties: { store_id: { type: 'string' }, access_token: {}, origin: {} },
              additionalProperties: false,
            },
          },
        },
      },
    },
  });
  // Credentials may be kept in a file instead.
  expect(JSON.stringify(schema)).not.toMatch(/"required":\[[^\]]*"access_token"/);
});
