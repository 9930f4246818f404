import { definePlatform } from '../sdk/definition.ts';
import { abandonedCheckouts } from './abandoned-checkouts.ts';
import type { NuvemshopAccount } from './account.ts';
import { nuvemshopAccount } from './account.ts';
import { API_VERSION, nuvemshopHttp } from './api.ts';
import { categories } from './categories.ts';
import { connectGuide } from './connect.ts';
import { coupons } from './coupons.ts';
import { customers } from './customers.ts';
import { orders } from './orders.ts';
import { products } from './products.ts';
import { probeStore, store } from './store.ts';

/** Nuvemshop, called Tiendanube outside Brazil. */
export const nuvemshop = definePlatform<NuvemshopAccount>({
  name: 'nuvemshop',
  label: 'Nuvemshop',
  version: 1,
  apiVersion: API_VERSION,
  account: nuvemshopAccount,
  accountId: (account) => account.store_id,
  http: nuvemshopHttp,
  probe: probeStore,
  streams: [store, orders, customers, products, categories, abandonedCheckouts, coupons],
  connect: connectGuide,
});
