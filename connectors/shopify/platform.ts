import { definePlatform } from '../sdk/definition.ts';
import { abandonedCheckouts } from './abandoned-checkouts.ts';
import type { ShopifyAccount } from './account.ts';
import { shopifyAccount } from './account.ts';
import { API_VERSION, http } from './api.ts';
import { collections } from './collections.ts';
import { connect } from './connect.ts';
import { customers } from './customers.ts';
import { deletionEvents } from './deletion-events.ts';
import { inventoryLevels } from './inventory-levels.ts';
import { orderRefunds } from './order-refunds.ts';
import { orderTransactions } from './order-transactions.ts';
import { orders } from './orders.ts';
import { products } from './products.ts';
import { probeShop, shop } from './shop.ts';

/** Shopify by the GraphQL Admin API: pages for daily runs, a bulk operation for the orders of a backfill. */
export const shopify = definePlatform<ShopifyAccount>({
  name: 'shopify',
  label: 'Shopify',
  version: 1,
  apiVersion: { ...API_VERSION, servedIn: 'x-shopify-api-version' },
  account: shopifyAccount,
  accountId: ({ shop: domain }) => domain,
  http,
  probe: ({ http: client }) => probeShop(client),
  streams: [
    shop,
    orders,
    orderRefunds,
    orderTransactions,
    products,
    customers,
    abandonedCheckouts,
    inventoryLevels,
    collections,
    deletionEvents,
  ],
  connect,
});
