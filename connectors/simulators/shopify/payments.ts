import type { OrderAt } from '../shop/order-records.ts';
import { innerConnection } from './connection.ts';
import { globalId, legacyId } from './ids.ts';
import { dateTime, moneyBag } from './values.ts';

export const GATEWAYS = { pix: 'pix', boleto: 'boleto', card: 'shopify_payments' } as const;

/** Refunds of an order so far, with the lines that they return. */
export function refundsOf({ order, refunds }: OrderAt) {
  return refunds.map(({ at, refund }) => ({
    id: globalId('Refund', refund.id),
    legacyResourceId: legacyId('Refund', refund.id),
    createdAt: dateTime(at),
    updatedAt: dateTime(at),
    note: refund.reason,
    order: {
      id: globalId('Order', order.index),
      legacyResourceId: legacyId('Order', order.index),
    },
    totalRefundedSet: moneyBag(refund.amount),
    duties: [],
    refundLineItems: innerConnection(
      refund.lines.map(({ line, quantity, amount }, place) => ({
        id: globalId('RefundLineItem', refund.id * 100 + place),
        quantity,
        restockType: refund.isRestocked ? 'RETURN' : 'NO_RESTOCK',
        restocked: refund.isRestocked,
        location: null,
        lineItem: { id: globalId('LineItem', line.id) },
        priceSet: moneyBag(line.unitPrice),
        subtotalSet: moneyBag(amount),
        totalTaxSet: moneyBag(0),
      })),
    ),
  }));
}

/** What happened to the money, one transaction for each event of the order's life that moved some. */
export function transactionsOf({ order, events }: OrderAt) {
  const found = events.flatMap((event) => {
    switch (event.kind) {
      case 'authorized':
        return [{ kind: 'AUTHORIZATION', amount: order.totals.total, at: event.at }];
      case 'paid':
        return [{ kind: 'SALE', amount: order.totals.total, at: event.at }];
      case 'refunded':
        return event.refund.amount > 0
          ? [{ kind: 'REFUND', amount: event.refund.amount, at: event.at }]
          : [];
      case 'placed':
      case 'expired':
      case 'edited':
      case 'shipped':
      case 'delivered':
      case 'cancelled':
        return [];
    }
  });
  const gateway = GATEWAYS[order.payment.method];
  return found.map(({ kind, amount, at }, place) => ({
    id: globalId('OrderTransaction', order.index * 20 + place),
    kind,
    status: 'SUCCESS',
    gateway,
    formattedGateway: gateway,
    amountSet: moneyBag(amount),
    processedAt: dateTime(at),
    createdAt: dateTime(at),
    test: order.isTest,
    errorCode: null,
    paymentId: order.payment.gatewayId,
    settlementCurrency: null,
    settlementCurrencyRate: null,
    totalUnsettledSet: moneyBag(0),
  }));
}
