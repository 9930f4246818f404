import type { Coupon } from '../shop/catalog-records.ts';
import type { Order, OrderAt } from '../shop/order-records.ts';
import type { Account } from '../shop/people-records.ts';
import { decimal } from '../shop/money.ts';
import { orderNumber } from '../shop/order-number.ts';
import { timeOrNull, timeText } from './answers.ts';
import { couponRecord } from './coupon-json.ts';
import { addressId, customerId, orderId } from './ids.ts';
import { kilograms, lineRecord } from './line-json.ts';
import { addressRecord, contactFields, customerRecord, flatAddress } from './people-json.ts';

export interface OrderOptions {
  readonly storeId: string;
  /** `undefined` for a guest, and for an account that was removed. */
  readonly account: Account | undefined;
  readonly coupon: Coupon | undefined;
  /** `aggregates=fulfillment_orders` was asked for. */
  readonly withFulfillments: boolean;
}

/** A record of `/orders`. Ids and quantities are texts here; empty maps are empty lists. */
export function orderRecord(at: OrderAt, options: OrderOptions) {
  const { order } = at;
  const { contact, browser, payment } = order;
  return {
    id: orderId(order.index),
    token: `token-of-order-${order.index}`,
    store_id: options.storeId,
    ...contactFields(contact),
    shipping_min_days: order.shipping.minimumDays,
    shipping_max_days: order.shipping.maximumDays,
    ...flatAddress('billing', contact, order.billingAddress),
    ...moneyFields(order),
    coupon: options.coupon === undefined ? [] : [couponRecord(options.coupon)],
    promotional_discount: {
      id: null,
      store_id: Number(options.storeId),
      order_id: orderId(order.index),
      created_at: timeText(order.placedAt),
      total_discount_amount: '0.00',
      contents: [],
      promotions_applied: [],
    },
    checkout_enabled: true,
    weight: kilograms(order.totals.weightGrams),
    currency: 'BRL',
    language: 'pt',
    gateway: 'nuvempago',
    gateway_id: payment.gatewayId,
    gateway_name: 'Nuvem Pago',
    ...shippingFields(at),
    extra: {},
    storefront: order.isTest ? 'form' : 'store',
    note: order.note ?? null,
    ...timeFields(at),
    next_action: 'noop',
    payment_details: {
      method: payment.method === 'card' ? 'credit_card' : payment.method,
      credit_card_company: payment.cardBrand ?? null,
      installments: String(payment.installments),
    },
    attributes: [],
    customer: customerOf(order, options.account),
    products: order.lines.map((line) => lineRecord(line, 'order')),
    number: orderNumber(order.index),
    owner_note: order.isTest ? 'Pedido de teste' : null,
    status: at.status,
    payment_status: PAYMENT_STATUS[at.paymentStatus],
    landing_url: order.visit.landingUrl,
    client_details: { browser_ip: browser.ip, user_agent: browser.userAgent },
    app_id: null,
    has_shippable_products: true,
    ...(options.withFulfillments ? { fulfillments: fulfillments(at) } : {}),
  };
}

const PAYMENT_STATUS: Readonly<Record<OrderAt['paymentStatus'], string>> = {
  pending: 'pending',
  authorized: 'authorized',
  paid: 'paid',
  partially_refunded: 'partially_refunded',
  refunded: 'refunded',
  voided: 'voided',
  expired: 'abandoned',
};

const CENTAVOS_PER_DOLLAR = 540;

function moneyFields({ totals, shipping }: Order) {
  return {
    shipping_cost_owner: decimal(shipping.cost),
    shipping_cost_customer: decimal(totals.shipping),
    subtotal: decimal(totals.subtotal),
    discount: decimal(totals.couponDiscount + totals.paymentDiscount),
    discount_coupon: decimal(totals.couponDiscount),
    discount_gateway: decimal(totals.paymentDiscount),
    total: decimal(totals.total),
    total_usd: decimal(Math.round((totals.total * 100) / CENTAVOS_PER_DOLLAR)),
  };
}

function shippingFields({ order, fulfilment, shippedAt }: OrderAt) {
  const { shipping, recipient, contact, shippingAddress, placedAt } = order;
  const receiver = recipient === undefined ? contact : { ...contact, ...recipient };
  const id = addressId(order.index);
  return {
    shipping: shipping.carrier,
    shipping_option: shipping.service,
    shipping_option_code: '04510',
    shipping_option_reference: null,
    shipping_pickup_details: null,
    shipping_tracking_number: shippedAt === undefined ? null : shipping.trackingCode,
    shipping_tracking_url: null,
    shipping_pickup_type: 'ship',
    shipping_suboption: [],
    shipping_status: fulfilment === 'unfulfilled' ? 'unshipped' : fulfilment,
    shipping_address: {
      ...addressRecord(shippingAddress, { id, contact: receiver, at: placedAt }),
      customs: null,
    },
  };
}

function timeFields(at: OrderAt) {
  const placed = new Date(at.order.placedAt).toISOString();
  return {
    created_at: timeText(at.order.placedAt),
    updated_at: timeText(at.updatedAt),
    completed_at: {
      date: `${placed.slice(0, 19).replace('T', ' ')}.000000`,
      timezone_type: 3,
      timezone: 'UTC',
    },
    paid_at: timeOrNull(at.paidAt),
    shipped_at: timeOrNull(at.shippedAt),
    cancelled_at: timeOrNull(at.cancelledAt),
    cancel_reason: at.cancelReason ?? null,
    closed_at: at.status === 'closed' ? timeText(at.updatedAt) : null,
    read_at: null,
  };
}

/** The customer as now; of a removed account only what the order keeps. */
function customerOf(order: Order, account: Account | undefined) {
  if (order.accountId === undefined) return null;
  if (account !== undefined) return customerRecord(account);
  const { name, email, phone, document } = order.contact;
  return { id: customerId(order.accountId), name, email, phone, identification: document };
}

function fulfillments({ order, shippedAt, deliveredAt, updatedAt }: OrderAt) {
  if (shippedAt === undefined) return [];
  return [
    {
      id: `01FULFILMENT${String(order.index).padStart(14, '0')}`,
      number: `${orderNumber(order.index)}-1`,
      status: deliveredAt === undefined ? 'DISPATCHED' : 'DELIVERED',
      assigned_location: { id: '01HVAURORA0000000000000001', name: 'Loja' },
      shipping: { carrier: order.shipping.carrier, option: order.shipping.service },
      tracking_info: { code: order.shipping.trackingCode, url: null },
      created_at: timeText(shippedAt),
      updated_at: timeText(updatedAt),
    },
  ];
}
