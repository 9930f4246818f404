import type { Account } from '../shop/people-records.ts';
import type { OrderAt } from '../shop/order-records.ts';
import { decimal } from '../shop/money.ts';
import { dateText, hourText, NO_DATE, timeText } from './answers.ts';
import { orderCustomer } from './customer-json.ts';
import { customerId, orderId, paymentId } from './ids.ts';
import { completeLine, linesOf } from './lines-json.ts';
import { statusOf, statusRecord } from './status-json.ts';

const METHODS = { pix: 'Pix', boleto: 'Boleto bancário', card: 'Cartão' };
const METHOD_TYPES = { pix: 'pix', boleto: 'bank_billet', card: 'credit_card' };

/** A record of the list `/orders`: of lines and payments only ids. */
export function listedOrder(at: OrderAt) {
  const { order } = at;
  return {
    ...headOf(at),
    ProductsSold: linesOf(order.index, order.lines).map(({ id }) => ({ id })),
    Payment: at.paidAt === undefined ? [] : [{ id: paymentId(order.index) }],
    OrderInvoice: [],
    MlOrder: [],
    OrderTransactions: [],
    MarketplaceOrder: [],
    Extensions: [],
  };
}

/** The answer of `/orders/:id/complete`. */
export function completeOrder(at: OrderAt, account: Account | undefined) {
  const { order } = at;
  const { coupon, payment } = order;
  return {
    Order: {
      ...headOf(at),
      hour: hourText(order.placedAt),
      delivered: at.deliveredAt === undefined ? '' : '1',
      shipping_cancelled: '',
      partner_id: '0',
      installment: String(payment.installments),
      sending_date: at.shippedAt === undefined ? NO_DATE : dateText(at.shippedAt),
      billing_address: '0',
      delivery_time: String(order.shipping.maximumDays),
      payment_method_id: '80',
      payment_method: METHODS[payment.method],
      tracking_url: '',
      cost: '0',
      payment_method_type: METHOD_TYPES[payment.method],
      ...(coupon === undefined
        ? {}
        : { coupon: { code: coupon.code, discount: decimal(coupon.discount) } }),
      Customer: orderCustomer(order, account),
      ProductsSold: linesOf(order.index, order.lines).map((line) => ({
        ProductsSold: completeLine(line),
      })),
      OrderInvoice: [],
      Payment: paymentsOf(at),
      MlOrder: [],
      MarketplaceOrder: [],
      OrderTransactions: [],
      OrderInvoiceAmount: [],
      partner_name: '',
    },
    Extensions: [],
    User: [],
    Confirmation: [],
  };
}

function headOf(at: OrderAt) {
  const { order } = at;
  const { totals, shipping, coupon, payment, accountId } = order;
  const status = statusOf(at);
  return {
    status: status.status,
    id: orderId(order.index),
    date: dateText(order.placedAt),
    customer_id: accountId === undefined ? '0' : customerId(accountId),
    partial_total: decimal(totals.subtotal),
    taxes: '0.00',
    discount: '0.00',
    point_sale: order.isTest ? 'TESTE' : 'LOJA VIRTUAL',
    shipment: `${shipping.carrier} - ${shipping.service}`,
    shipment_value: decimal(totals.shipping),
    shipment_date: at.shippedAt === undefined ? '' : dateText(at.shippedAt),
    store_note: '',
    customer_note: order.note ?? '',
    discount_coupon: coupon === undefined ? '' : `${coupon.code}/${decimal(coupon.discount)}`,
    payment_method_rate: decimal(-totals.paymentDiscount),
    value_1: '0.00',
    payment_form: METHODS[payment.method],
    sending_code: at.shippedAt === undefined ? '' : shipping.trackingCode,
    session_id: `session-${order.index}`,
    total: decimal(totals.total),
    payment_date: at.paidAt === undefined ? NO_DATE : dateText(at.paidAt),
    access_code: `ACCESS${order.index}`,
    progressive_discount: '0.00',
    shipment_integrator: 'Frete Fácil',
    modified: timeText(at.updatedAt),
    interest: '0.00',
    external_code: '',
    has_payment: at.paidAt === undefined ? '0' : '1',
    has_shipment: at.shippedAt === undefined ? '0' : '1',
    has_invoice: '0',
    is_traceable: '',
    OrderStatus: statusRecord(status),
    PickupLocation: [],
  };
}

function paymentsOf({ order, paidAt, updatedAt }: OrderAt) {
  if (paidAt === undefined) return [];
  return [
    {
      Payment: {
        id: paymentId(order.index),
        order_id: orderId(order.index),
        payment_method_id: '80',
        method: METHODS[order.payment.method],
        payment_place: '',
        value: decimal(order.totals.total),
        date: dateText(paidAt),
        note: '',
        created: timeText(paidAt),
        modified: timeText(updatedAt),
      },
    },
  ];
}
