import { bigint } from '../../sdk/columns/numbers.ts';
import { text } from '../../sdk/columns/text.ts';
import type { Stream } from '../../sdk/definition.ts';
import { pagesOf } from '../pages.ts';
import type { Account } from '../platform.ts';

export const customers: Stream<Account> = {
  name: 'customers',
  description: 'Customers that exist now; those that are gone are marked',
  key: ['id'],
  columns: {
    id: bigint('id', 'Id of the customer'),
    name: text('name', 'Full name'),
  },
  cursor: { kind: 'none' },
  write: { mode: 'snapshot' },
  pii: [{ path: 'name', kind: 'name' }],
  pageSize: 100,
  async *read({ http, accountId, pageSize }) {
    yield* pagesOf(http, { url: `/shops/${accountId}/customers`, query: { limit: pageSize } });
  },
};
