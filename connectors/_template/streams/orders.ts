import { instant } from '../../sdk/columns/instants.ts';
import { bigint, decimal, integer } from '../../sdk/columns/numbers.ts';
import { text } from '../../sdk/columns/text.ts';
import type { Stream } from '../../sdk/definition.ts';
import { pagesOf } from '../pages.ts';
import type { Account } from '../platform.ts';

export const orders: Stream<Account> = {
  name: 'orders',
  description: 'Orders, one row each, as they are now',
  key: ['id'],
  columns: {
    id: bigint('id', 'Id of the order'),
    total: decimal('total', 'What the buyer pays, in the shop’s currency'),
    email: text('customer.email', 'E-mail address of the buyer'),
    updated_at: instant('updated_at', 'Last change'),
  },
  children: [
    {
      name: 'order_lines',
      description: 'Products of an order',
      path: 'lines',
      parentKey: ['order_id'],
      key: ['id'],
      columns: {
        id: bigint('id', 'Id of the line'),
        quantity: integer('quantity', 'Units'),
        price: decimal('price', 'Price of one unit'),
      },
    },
  ],
  cursor: { kind: 'instants', overlapHours: 1, lagMinutes: 5, windowDays: 7 },
  write: { mode: 'upsert' },
  versionBy: 'updated_at',
  isDeleted: ({ status }) => status === 'deleted',
  pii: [{ path: 'customer.email', kind: 'email' }],
  pageSize: 100,
  async *read({ http, accountId, pageSize }, slice) {
    if (slice.kind !== 'instants') return;
    yield* pagesOf(http, {
      url: `/shops/${accountId}/orders`,
      query: {
        updated_from: new Date(slice.from).toISOString(),
        updated_to: new Date(slice.to).toISOString(),
        limit: pageSize,
      },
    });
  },
};
