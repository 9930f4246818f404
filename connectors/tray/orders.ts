import { date } from '../sdk/columns/dates.ts';
import { bigint, decimal, flag, integer } from '../sdk/columns/numbers.ts';
import { longText, text } from '../sdk/columns/text.ts';
import type { Stream } from '../sdk/definition.ts';
import { computed } from '../sdk/value-source.ts';
import type { TrayAccount } from './account.ts';
import { CALLS_A_DAY, CALLS_A_MINUTE } from './api.ts';
import { brasiliaTime, dateAndHour, reference } from './columns.ts';
import { couponPart } from './coupon-text.ts';
import { daysOf, modifiedFilter } from './days.ts';
import { readListedDetails } from './details.ts';
import { orderChildren } from './order-children.ts';
import { orderPii } from './order-pii.ts';

/** Orders that a store of usual size takes in a day, for estimates. */
const USUAL_ORDERS_A_DAY = 100;

/** The record is the answer of the complete call: `{"Order": {…}, "Extensions": [], …}`. */
export const orders: Stream<TrayAccount> = {
  name: 'orders',
  description:
    'Orders with their lines, payments and customer. ' +
    'total = partial_total - discount - coupon_discount + shipment_value + payment_method_rate',
  key: ['id'],
  columns: {
    id: bigint('Order.id', 'Id and number of the order'),
    status: text('Order.status', 'Name of the status, free text of the store'),
    status_id: reference('Order.OrderStatus.id', 'Status'),
    status_type: text('Order.OrderStatus.type', 'What the status means: open, closed, canceled'),
    placed_at: dateAndHour('Order.date', 'Order.hour', 'When it was placed'),
    placed_on: date('Order.date', 'Day on which it was placed, in Brasília'),
    modified_at: brasiliaTime('Order.modified', 'When it last changed'),
    paid_on: date('Order.payment_date', 'Day of the payment, in Brasília'),
    shipped_on: date('Order.shipment_date', 'Day of the shipment, in Brasília'),
    sent_on: date('Order.sending_date', 'Day on which it was sent, in Brasília'),
    estimated_delivery_on: date('Order.estimated_delivery_date', 'Day promised for the delivery'),
    has_payment: flag('Order.has_payment', 'It was paid'),
    has_shipment: flag('Order.has_shipment', 'It was shipped'),
    has_invoice: flag('Order.has_invoice', 'It has an invoice'),
    partial_total: decimal('Order.partial_total', 'Sum of the lines'),
    discount: decimal('Order.discount', 'Discount without the coupon'),
    coupon_code: text(
      computed((order) => couponPart(order, 'code')),
      'Coupon that was used',
    ),
    coupon_discount: decimal(
      computed((order) => couponPart(order, 'discount')),
      'Discount by the coupon',
    ),
    progressive_discount: decimal('Order.progressive_discount', 'Discount by quantity'),
    shipment_value: decimal('Order.shipment_value', 'Shipping that the customer pays'),
    payment_method_rate: decimal(
      'Order.payment_method_rate',
      'Surcharge of the payment method; negative where it is a discount',
    ),
    interest: decimal('Order.interest', 'Interest of instalments'),
    taxes: decimal('Order.taxes', 'Taxes'),
    total: decimal('Order.total', 'What the customer pays'),
    cost: decimal('Order.cost', 'Cost, as the store says'),
    payment_method: text('Order.payment_method', 'Payment method'),
    payment_method_id: reference('Order.payment_method_id', 'Payment method'),
    payment_method_type: text('Order.payment_method_type', 'credit_card, pix, boleto and others'),
    payment_form: text('Order.payment_form', 'Payment method as the order page shows it'),
    installments: integer('Order.installment', 'Number of instalments'),
    point_sale: text('Order.point_sale', 'Where it was sold: LOJA VIRTUAL, a marketplace'),
    shipment: text('Order.shipment', 'Way of shipping'),
    shipment_integrator: text('Order.shipment_integrator', 'Who arranged the shipping'),
    sending_code: text('Order.sending_code', 'Number for tracking'),
    delivery_time: text('Order.delivery_time', 'Days for the delivery'),
    session_id: text('Order.session_id', 'Session that ordered'),
    partner_id: reference('Order.partner_id', 'Partner who sold it'),
    external_code: text('Order.external_code', 'Number of the order in another system'),
    customer_id: reference('Order.customer_id', 'Customer, NULL for a guest'),
    customer_name: text('Order.Customer.name', 'Name'),
    customer_email: text('Order.Customer.email', 'E-mail; masked by marketplaces'),
    customer_cpf: text('Order.Customer.cpf', 'CPF, with or without dots; may be empty or zeros'),
    customer_cnpj: text('Order.Customer.cnpj', 'CNPJ, with or without dots; may be empty'),
    customer_phone: text('Order.Customer.phone', 'Phone'),
    customer_cellphone: text('Order.Customer.cellphone', 'Mobile phone'),
    customer_city: text('Order.Customer.city', 'City'),
    customer_state: text('Order.Customer.state', 'State, two letters'),
    customer_zip_code: text('Order.Customer.zip_code', 'Postal code (CEP)'),
    customer_created_at: brasiliaTime(
      'Order.Customer.created',
      'When the customer was first known',
    ),
    customer_note: longText('Order.customer_note', 'Note of the customer'),
    store_note: longText('Order.store_note', 'Notes of the store and of the payment'),
  },
  children: orderChildren,
  // The filter knows days only, and whether it means their ends is not sure: two more are read.
  cursor: { kind: 'instants', overlapHours: 48, lagMinutes: 5, windowDays: 7 },
  write: { mode: 'upsert' },
  versionBy: 'modified_at',
  pii: orderPii,
  person: {
    account: 'Order.customer_id',
    traces: ['Order.customer_id', 'Order.Customer.id', 'Order.session_id', 'Order.external_code'],
  },
  pageSize: 50,
  async *read(context, slice) {
    if (slice.kind !== 'instants') return;
    const days = daysOf(slice);
    const query = { modified: modifiedFilter(days), sort: 'id_asc' };
    const list = { resource: 'orders', list: 'Orders', item: 'Order', query };
    yield* readListedDetails(context, {
      list,
      days,
      resourceOf: (id) => `orders/${id}/complete`,
    });
  },
  estimate: (days) => ({
    calls: days * USUAL_ORDERS_A_DAY + Math.ceil((days * USUAL_ORDERS_A_DAY) / 50),
    volume: `${USUAL_ORDERS_A_DAY} orders a day`,
    perMinute: CALLS_A_MINUTE,
    perDay: CALLS_A_DAY,
  }),
};
