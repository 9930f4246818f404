import { instant } from '../sdk/columns/instants.ts';
import { bigint, decimal, integer } from '../sdk/columns/numbers.ts';
import { longText, text } from '../sdk/columns/text.ts';
import type { PiiPath, Stream } from '../sdk/definition.ts';
import { parent } from '../sdk/value-source.ts';
import type { NuvemshopAccount } from './account.ts';
import { addressColumns, addressPii } from './addresses.ts';
import { readCheckouts } from './checkout-pages.ts';
import { lineColumns } from './lines.ts';
import { contactPii } from './order-pii.ts';

const pii: readonly PiiPath[] = [
  ...contactPii,
  ...addressPii('shipping_'),
  // Whoever has the address sees the checkout, with all that the customer typed.
  { path: 'abandoned_checkout_url', kind: 'text' },
];

/**
 * Carts appear up to 6 hours after they were abandoned and the platform forgets them after 30 days: all that it
 * has are read each time, and what it forgot stays.
 */
export const abandonedCheckouts: Stream<NuvemshopAccount> = {
  name: 'abandoned_checkouts',
  description: 'Checkouts that were begun and not completed, since the first sync',
  key: ['id'],
  columns: {
    id: bigint('id', 'Id of the checkout'),
    created_at: instant('created_at', 'When it was begun'),
    updated_at: instant('updated_at', 'When it last changed'),
    completed_at: instant('completed_at', 'When it became an order after all'),
    currency: text('currency', 'ISO 4217', { length: 3 }),
    subtotal: decimal('subtotal', 'Sum of the lines, before discounts and shipping'),
    discount: decimal('discount', 'Discount, as the platform says'),
    discount_coupon: decimal('discount_coupon', 'Discount by coupons'),
    discount_gateway: decimal('discount_gateway', 'Discount by the payment method'),
    shipping_cost_customer: decimal(
      'shipping_cost_customer',
      'Shipping that the customer would pay',
    ),
    shipping_cost_owner: decimal('shipping_cost_owner', 'Shipping that the store would pay'),
    total: decimal('total', 'What the customer would pay'),
    total_usd: decimal('total_usd', 'The total converted to US dollars by the platform'),
    gateway: text('gateway', 'Payment provider, where one was chosen'),
    payment_method: text('payment_details.method', 'Payment method, where one was chosen'),
    installments: integer('payment_details.installments', 'Number of instalments'),
    shipping_option: text('shipping_option', 'Way of shipping that the customer chose'),
    storefront: text('storefront', 'Where it was begun', { length: 64 }),
    language: text('language', 'Language of the storefront', { length: 10 }),
    contact_name: text('contact_name', 'Name given in the checkout'),
    contact_email: text('contact_email', 'E-mail given in the checkout'),
    contact_phone: text('contact_phone', 'Phone given in the checkout'),
    contact_identification: text('contact_identification', 'CPF or CNPJ, with or without dots'),
    abandoned_checkout_url: longText('abandoned_checkout_url', 'Where the customer can go on'),
    ...addressColumns('billing_', 'billing_', 'billing'),
    ...addressColumns('shipping_', 'shipping_', 'shipping'),
  },
  children: [
    {
      name: 'abandoned_checkout_lines',
      description: 'Lines of an abandoned checkout',
      path: 'products',
      parentKey: ['checkout_id'],
      key: ['line_id'],
      columns: {
        ...lineColumns,
        checkout_created_at: instant(parent('created_at'), 'When the checkout was begun'),
      },
    },
  ],
  cursor: { kind: 'none' },
  write: { mode: 'upsert' },
  versionBy: 'updated_at',
  pii,
  pageSize: 200,
  read: readCheckouts,
  estimate: () => ({ calls: 10, perMinute: 120 }),
};
