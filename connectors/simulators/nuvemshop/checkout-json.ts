import type { Cart } from '../shop/order-records.ts';
import { decimal } from '../shop/money.ts';
import { timeText } from './answers.ts';
import { checkoutId } from './ids.ts';
import { lineRecord } from './line-json.ts';
import { contactFields, flatAddress } from './people-json.ts';

/** A record of `/checkouts`. Ids and quantities are numbers here. */
export function checkoutRecord(cart: Cart, storeId: string) {
  const { index, contact, shippingAddress, subtotal, startedAt, abandonedAt } = cart;
  return {
    id: checkoutId(index),
    token: `token-of-checkout-${index}`,
    store_id: Number(storeId),
    ...contactFields(contact),
    ...flatAddress('billing', contact, shippingAddress),
    shipping_cost_owner: '0.00',
    shipping_cost_customer: '0.00',
    coupon: [],
    subtotal: decimal(subtotal),
    discount: '0.00',
    discount_coupon: '0.00',
    discount_gateway: '0.00',
    total: decimal(subtotal),
    total_usd: '0.00',
    currency: 'BRL',
    language: 'pt',
    gateway: null,
    gateway_id: null,
    shipping_option: null,
    shipping_suboption: [],
    extra: {},
    storefront: 'store',
    note: null,
    created_at: timeText(startedAt),
    updated_at: timeText(abandonedAt),
    completed_at: null,
    next_action: 'noop',
    payment_details: { method: null, credit_card_company: null, installments: 1 },
    attributes: [],
    products: cart.lines.map((line) => lineRecord(line, 'checkout')),
    abandoned_checkout_url: `https://www.lojaaurora.com.br/checkout/v3/proxy/${checkoutId(index)}/${index}`,
    ...flatAddress('shipping', contact, shippingAddress),
  };
}
