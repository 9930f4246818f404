import { definePlatform } from '../sdk/definition.ts';
import type { TrayAccount } from './account.ts';
import { trayAccount } from './account.ts';
import { API_VERSION, trayHttp } from './api.ts';
import { carts } from './carts.ts';
import { connectGuide } from './connect.ts';
import { customers, customersDetail } from './customers.ts';
import { discountCoupons } from './discount-coupons.ts';
import { orderStatuses, probeStore } from './order-statuses.ts';
import { orders } from './orders.ts';
import { productVariants } from './product-variants.ts';
import { products } from './products.ts';
import { productsSolds } from './products-solds.ts';

export const tray = definePlatform<TrayAccount>({
  name: 'tray',
  label: 'Tray',
  version: 1,
  apiVersion: API_VERSION,
  account: trayAccount,
  accountId: (account) => account.store_id,
  http: trayHttp,
  probe: probeStore,
  streams: [
    orders,
    orderStatuses,
    customers,
    customersDetail,
    products,
    productVariants,
    productsSolds,
    discountCoupons,
    carts,
  ],
  connect: connectGuide,
});
