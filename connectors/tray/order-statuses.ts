import { bigint, flag } from '../sdk/columns/numbers.ts';
import { text } from '../sdk/columns/text.ts';
import type { AccountFacts, ProbeContext, Stream } from '../sdk/definition.ts';
import type { TrayAccount } from './account.ts';
import { CALLS_A_DAY, CALLS_A_MINUTE } from './api.ts';
import { readList } from './list.ts';
import { pathOf } from './path.ts';

const LIST = { resource: 'orders/statuses', list: 'OrderStatuses', item: 'OrderStatus' };

export const orderStatuses: Stream<TrayAccount> = {
  name: 'order_statuses',
  description: 'What the statuses of a store mean: their names are its own, their type is not',
  key: ['id'],
  columns: {
    id: bigint('id', 'Id of the status'),
    status: text('status', 'Name, free text of the store'),
    type: text('type', 'open, closed or canceled', { length: 32 }),
    description: text('description', 'Description'),
    is_default: flag('default', 'Tray made it, not the store'),
    is_shown: flag('show_backoffice', 'It is shown in the administration'),
    allows_edit: flag('allow_edit_order', 'Orders of it can be edited'),
    background: text('background', 'Colour in the administration', { length: 32 }),
  },
  cursor: { kind: 'none' },
  write: { mode: 'snapshot' },
  pageSize: 50,
  read: (context) => readList(context, LIST),
  estimate: () => ({ calls: 1, perMinute: CALLS_A_MINUTE, perDay: CALLS_A_DAY }),
};

/**
 * The shortest list proves the credentials. Tray works in Brazil only and tells neither zone nor currency; the
 * address of the store is its name.
 */
export async function probeStore(context: ProbeContext<TrayAccount>): Promise<AccountFacts> {
  const { http, account } = context;
  await http.send({ url: pathOf(account, LIST.resource), query: { limit: 1, page: 1 } });
  const name = new URL(account.api_address).hostname;
  return { name, timeZone: 'America/Sao_Paulo', currency: 'BRL' };
}
