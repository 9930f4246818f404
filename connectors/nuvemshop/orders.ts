import { instant } from '../sdk/columns/instants.ts';
import { bigint, decimal, integer } from '../sdk/columns/numbers.ts';
import { longText, text } from '../sdk/columns/text.ts';
import type { Stream } from '../sdk/definition.ts';
import type { NuvemshopAccount } from './account.ts';
import { addressColumns } from './addresses.ts';
import { orderChildren } from './order-children.ts';
import { orderPii } from './order-pii.ts';
import { readWindow } from './list.ts';

/** Orders that a store of usual size takes in a day, for estimates. */
const USUAL_ORDERS_A_DAY = 100;
const PAGE_SIZE = 200;

export const orders: Stream<NuvemshopAccount> = {
  name: 'orders',
  description:
    'Orders of all states. Safe discount: subtotal + shipping_cost_customer - total; whether `discount` ' +
    'contains the other two is not documented',
  key: ['id'],
  columns: {
    id: bigint('id', 'Id of the order'),
    number: bigint('number', 'Number that people see; of one store, from 100 on'),
    status: text('status', 'open, closed or cancelled', { length: 32 }),
    payment_status: text(
      'payment_status',
      'pending, authorized, paid, abandoned, refunded, voided',
      {
        length: 32,
      },
    ),
    shipping_status: text('shipping_status', 'unpacked, unshipped, shipped', { length: 32 }),
    next_action: text('next_action', 'What the store is to do next', { length: 64 }),
    created_at: instant('created_at', 'When it was placed'),
    updated_at: instant('updated_at', 'When it last changed'),
    completed_at: instant('completed_at', 'When the checkout was completed'),
    paid_at: instant('paid_at', 'When it was paid'),
    shipped_at: instant('shipped_at', 'When it was shipped'),
    cancelled_at: instant('cancelled_at', 'When it was cancelled'),
    closed_at: instant('closed_at', 'When the store closed it'),
    cancel_reason: text('cancel_reason', 'Why it was cancelled'),
    currency: text('currency', 'ISO 4217', { length: 3 }),
    subtotal: decimal('subtotal', 'Sum of the lines, before discounts and shipping'),
    discount: decimal('discount', 'Discount, as the platform says'),
    discount_coupon: decimal('discount_coupon', 'Discount by coupons'),
    discount_gateway: decimal('discount_gateway', 'Discount by the payment method'),
    promotional_discount_total: decimal(
      'promotional_discount.total_discount_amount',
      'Discount by promotions',
    ),
    shipping_cost_customer: decimal('shipping_cost_customer', 'Shipping that the customer pays'),
    shipping_cost_owner: decimal('shipping_cost_owner', 'Shipping that the store pays'),
    total: decimal('total', 'What the customer pays'),
    total_usd: decimal('total_usd', 'The total converted to US dollars by the platform'),
    gateway: text('gateway', 'Payment provider'),
    gateway_name: text('gateway_name', 'Name of the payment provider'),
    gateway_id: text('gateway_id', 'Id of the payment at the provider'),
    payment_method: text('payment_details.method', 'credit_card, pix, boleto and others'),
    credit_card_company: text('payment_details.credit_card_company', 'Brand of the card'),
    installments: integer('payment_details.installments', 'Number of instalments'),
    shipping: text('shipping', 'Carrier'),
    shipping_option: text('shipping_option', 'Way of shipping that the customer chose'),
    shipping_option_code: text('shipping_option_code', 'Its code at the carrier'),
    shipping_pickup_type: text('shipping_pickup_type', 'ship or pickup', { length: 32 }),
    shipping_tracking_number: text('shipping_tracking_number', 'Number for tracking'),
    weight: decimal('weight', 'Weight in kilograms'),
    storefront: text('storefront', 'store, mobile, facebook, meli, api, form, pos', { length: 64 }),
    app_id: bigint('app_id', 'App that made the order'),
    language: text('language', 'Language of the storefront', { length: 10 }),
    landing_url: longText(
      'landing_url',
      'First page of the session that ordered, with its UTM values',
    ),
    customer_id: bigint('customer.id', 'Customer'),
    contact_name: text('contact_name', 'Name given in the checkout'),
    contact_email: text('contact_email', 'E-mail given in the checkout'),
    contact_phone: text('contact_phone', 'Phone given in the checkout'),
    contact_identification: text('contact_identification', 'CPF or CNPJ, with or without dots'),
    browser_ip: text('client_details.browser_ip', 'IP address that ordered', { length: 64 }),
    note: longText('note', 'Note of the customer'),
    owner_note: longText('owner_note', 'Note of the store'),
    ...addressColumns('billing_', 'billing_', 'billing'),
    ...addressColumns('shipping_address.', 'shipping_', 'shipping'),
  },
  children: orderChildren,
  // Orders sort by creation, so that a window on updates moves while it is paged.
  cursor: {
    kind: 'instants',
    overlapHours: 1,
    lagMinutes: 5,
    windowDays: 7,
    deepRead: { everyDays: 7, days: 90 },
  },
  write: { mode: 'upsert' },
  versionBy: 'updated_at',
  pii: orderPii,
  person: {
    account: 'customer.id',
    traces: ['customer.id', 'customer.last_order_id', 'landing_url', 'client_details'],
  },
  pageSize: PAGE_SIZE,
  async *read(context, slice) {
    if (slice.kind !== 'instants') return;
    const aggregates = context.account.fulfillments ? 'fulfillment_orders' : undefined;
    const request = { resource: 'orders', query: { status: 'any', aggregates } };
    yield* readWindow(context, request, { filter: 'updated_at', ...slice });
  },
  estimate: (days) => ({
    calls: Math.ceil(days / 7) * Math.ceil((USUAL_ORDERS_A_DAY * 7) / PAGE_SIZE),
    volume: `${USUAL_ORDERS_A_DAY} orders a day`,
    perMinute: 120,
  }),
};
