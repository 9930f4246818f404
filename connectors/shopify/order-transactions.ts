import type { Stream } from '../sdk/definition.ts';
import { instant } from '../sdk/columns/instants.ts';
import { bigint, flag } from '../sdk/columns/numbers.ts';
import { text } from '../sdk/columns/text.ts';
import type { ShopifyAccount } from './account.ts';
import { CHANGES } from './cursors.ts';
import { pagesOfUsualShop } from './estimate.ts';
import { MONEY_BAG, PAGE_INFO } from './fragments.ts';
import type { Operation } from './graphql.ts';
import { connectionPages } from './graphql.ts';
import { shopMoney } from './money.ts';
import { updatedIn } from './search.ts';

const PAGE_SIZE = 50;

const TRANSACTIONS: Operation = {
  name: 'order_transactions',
  cost: 52,
  document: `query order_transactions($first: Int!, $after: String, $query: String) {
  orders(first: $first, after: $after, query: $query, sortKey: UPDATED_AT) {
    ${PAGE_INFO}
    nodes {
      id legacyResourceId updatedAt
      transactions {
        id kind status gateway formattedGateway amountSet { ...Money } processedAt createdAt test errorCode
        paymentId settlementCurrency settlementCurrencyRate totalUnsettledSet { ...Money }
      }
    }
  }
}
${MONEY_BAG}`,
};

/** Transactions have no connection of their own: the orders that changed bring all of theirs. */
export const orderTransactions: Stream<ShopifyAccount> = {
  name: 'order_transactions',
  description: 'Orders as far as payments go; the transactions are the child table.',
  key: ['id'],
  columns: {
    id: text('id', 'Global id of the order', { length: 100 }),
    legacy_resource_id: bigint('legacyResourceId', 'Number of the order'),
    updated_at: instant('updatedAt', 'Last change of the order, UTC'),
  },
  children: [
    {
      name: 'transactions',
      description: 'Authorisations, captures, sales, voids and refunds of the orders.',
      path: 'transactions',
      parentKey: ['order_id'],
      key: ['id'],
      columns: {
        id: text('id', 'Global id of the transaction', { length: 100 }),
        kind: text('kind', '`AUTHORIZATION`, `CAPTURE`, `SALE`, `VOID`, `REFUND`'),
        status: text('status', '`SUCCESS`, `FAILURE`, `PENDING`, `ERROR`'),
        gateway: text('gateway', 'Way of payment'),
        amount: shopMoney('amountSet', 'Amount'),
        processed_at: instant('processedAt', 'When the payment was processed, UTC'),
        created_at: instant('createdAt', 'When the transaction was made, UTC'),
        is_test: flag('test', 'Made to try the shop out'),
        error_code: text('errorCode', 'Why it failed'),
        payment_id: text('paymentId', 'Id of the payment at its gateway'),
      },
    },
  ],
  cursor: CHANGES,
  write: { mode: 'upsert' },
  versionBy: 'updated_at',
  pageSize: PAGE_SIZE,
  leastPageSize: 1,
  estimate: pagesOfUsualShop({ perOrder: 1, pageSize: PAGE_SIZE, cost: TRANSACTIONS.cost }),
  async *read(context, slice) {
    const search = updatedIn(slice);
    const pages = connectionPages(context, { operation: TRANSACTIONS, field: 'orders', search });
    for await (const records of pages) yield { records };
  },
};
