import type { OrderAt } from '../shop/order-records.ts';

interface Status {
  readonly id: string;
  readonly status: string;
  readonly type: 'open' | 'closed' | 'canceled';
  /** Made by the store, not by Tray. */
  readonly isOwn?: boolean;
}

const WAITING: Status = { id: '2', status: 'AGUARDANDO PAGAMENTO', type: 'open' };
const TO_SEND: Status = { id: '1', status: 'A ENVIAR', type: 'open' };
const SENT: Status = { id: '3', status: 'ENVIADO', type: 'open' };
const DONE: Status = { id: '69', status: 'FINALIZADO', type: 'closed' };
const CANCELLED: Status = { id: '5', status: 'CANCELADO', type: 'canceled' };
const RETURNED: Status = {
  id: '101',
  status: 'DEVOLVIDO (TROCA FÁCIL)',
  type: 'canceled',
  isOwn: true,
};

export const STATUSES: readonly Status[] = [TO_SEND, WAITING, SENT, CANCELLED, DONE, RETURNED];

/** The status of an order by free text of the store. */
export function statusOf(at: OrderAt): Status {
  if (at.paymentStatus === 'refunded') return RETURNED;
  if (at.status === 'cancelled') return CANCELLED;
  if (at.status === 'closed') return DONE;
  if (at.shippedAt !== undefined) return SENT;
  return at.paidAt === undefined ? WAITING : TO_SEND;
}

/** A record of `/orders/statuses`, and `OrderStatus` of an order. */
export function statusRecord({ id, status, type, isOwn = false }: Status) {
  return {
    id,
    default: isOwn ? '0' : '1',
    type,
    show_backoffice: '1',
    allow_edit_order: '0',
    description: '',
    status,
    show_status_central: '',
    background: '#CAFAD1',
  };
}
