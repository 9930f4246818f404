import type { ConnectGuide } from '../sdk/definition.ts';
import type { ShopifyAccount } from './account.ts';

const SCOPES =
  'read_orders, read_all_orders, read_products, read_customers, read_inventory, read_locations, read_returns';

/** https://shopify.dev/docs/apps/build/dev-dashboard: apps are made there since January 2026. */
export const connect: ConnectGuide<ShopifyAccount> = {
  steps: [
    {
      key: 'shop',
      question: 'Domain of the shop at Shopify, such as loja-aurora.myshopify.com',
      instructions: 'Open the shop’s admin: Settings, then Domains. It ends in myshopify.com.',
      isSecret: false,
    },
    {
      key: 'client_id',
      question: 'Client id of the app',
      instructions:
        `Open the Dev Dashboard, create an app, give its version the scopes ${SCOPES}, release it and ` +
        'install it in the shop. Customer data also needs the approval “protected customer data”. ' +
        'The client id stands under Settings.',
      isSecret: false,
    },
    {
      key: 'client_secret',
      question: 'Client secret of the app',
      instructions: 'It stands below the client id.',
      isSecret: true,
    },
  ],
  variables: [
    { name: 'SHOPIFY_CLIENT_ID', setting: 'client_id' },
    { name: 'SHOPIFY_CLIENT_SECRET', setting: 'client_secret' },
  ],
  exchange: async (answers) => ({
    account: { shop: answers['shop'] ?? '', client_id: answers['client_id'] },
    secrets: { client_secret: answers['client_secret'] ?? '' },
  }),
};
