import type { Order, OrderAt, OrderEvent, PaymentStatus } from './order-records.ts';

/** How an order stands at an instant: its events until then, one after the other. */
export function orderAt(order: Order, now: number): OrderAt {
  const events = order.events.filter(({ at }) => at <= now);
  const atOf = (kind: OrderEvent['kind']) => events.find((event) => event.kind === kind)?.at;
  const cancelled = events.find((event) => event.kind === 'cancelled');
  const refunds = events.flatMap((event) =>
    event.kind === 'refunded' ? [{ at: event.at, refund: event.refund }] : [],
  );
  const refundedAmount = refunds.reduce((sum, { refund }) => sum + refund.amount, 0);
  const deliveredAt = atOf('delivered');
  const shippedAt = atOf('shipped');
  return {
    order,
    updatedAt: events.at(-1)?.at ?? order.placedAt,
    paymentStatus: paymentStatusOf(order, events, refundedAmount),
    status: cancelled !== undefined ? 'cancelled' : deliveredAt !== undefined ? 'closed' : 'open',
    fulfilment:
      deliveredAt !== undefined ? 'delivered' : shippedAt !== undefined ? 'shipped' : 'unfulfilled',
    paidAt: atOf('paid'),
    shippedAt,
    deliveredAt,
    cancelledAt: cancelled?.at,
    cancelReason: cancelled?.kind === 'cancelled' ? cancelled.reason : undefined,
    refunds,
    refundedAmount,
    events,
  };
}

/** The last thing that happened to the money; a declined card is voided. */
function paymentStatusOf(
  order: Order,
  events: readonly OrderEvent[],
  refundedAmount: number,
): PaymentStatus {
  let status: PaymentStatus = 'pending';
  for (const event of events) {
    switch (event.kind) {
      case 'authorized':
      case 'paid':
      case 'expired':
        status = event.kind;
        break;
      case 'cancelled':
        if (event.reason === 'declined') status = 'voided';
        break;
      case 'refunded':
        status = refundedAmount >= order.totals.total ? 'refunded' : 'partially_refunded';
        break;
      case 'placed':
      case 'edited':
      case 'shipped':
      case 'delivered':
        break;
    }
  }
  return status;
}
