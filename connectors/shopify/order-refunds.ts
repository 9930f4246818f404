import type { ReadContext, Stream } from '../sdk/definition.ts';
import { instant } from '../sdk/columns/instants.ts';
import { bigint, flag, integer } from '../sdk/columns/numbers.ts';
import { longText, text } from '../sdk/columns/text.ts';
import type { JsonRecord } from '../sdk/json.ts';
import { recordsIn } from '../sdk/records-at.ts';
import { ancestor } from '../sdk/value-source.ts';
import type { ShopifyAccount } from './account.ts';
import { CHANGES } from './cursors.ts';
import { pagesOfUsualShop } from './estimate.ts';
import { MONEY_BAG, PAGE_INFO } from './fragments.ts';
import type { Operation } from './graphql.ts';
import { completed, connectionPages } from './graphql.ts';
import { shopMoney } from './money.ts';
import { updatedIn } from './search.ts';

const REFUND_LINE = `id quantity restockType restocked location { id } lineItem { id }
  priceSet { ...Money } subtotalSet { ...Money } totalTaxSet { ...Money }`;

/** The lines of one refund after those that came with it. */
const MORE_LINES: Operation = {
  name: 'refundLines',
  cost: 110,
  document: `query refundLines($id: ID!, $after: String) {
  owner: node(id: $id) { ... on Refund {
    connection: refundLineItems(first: 100, after: $after) { ${PAGE_INFO} nodes { ${REFUND_LINE} } }
  } }
}
${MONEY_BAG}`,
};

const PAGE_SIZE = 25;

const REFUNDS: Operation = {
  name: 'order_refunds',
  cost: 580,
  document: `query order_refunds($first: Int!, $after: String, $query: String) {
  orders(first: $first, after: $after, query: $query, sortKey: UPDATED_AT) {
    ${PAGE_INFO}
    nodes {
      id legacyResourceId updatedAt displayFinancialStatus
      refunds {
        id legacyResourceId createdAt updatedAt note order { id legacyResourceId }
        totalRefundedSet { ...Money } duties { originalDuty { id } }
        refundLineItems(first: 20) { ${PAGE_INFO} nodes { ${REFUND_LINE} } }
      }
    }
  }
}
${MONEY_BAG}`,
};

/**
 * Refunds have no connection of their own: the orders that changed bring all of theirs. A refund can return lines without money, or money without lines.
 */
export const orderRefunds: Stream<ShopifyAccount> = {
  name: 'order_refunds',
  description: 'Orders as far as refunds go; the refunds and their lines are the child tables.',
  key: ['id'],
  columns: {
    id: text('id', 'Global id of the order', { length: 100 }),
    legacy_resource_id: bigint('legacyResourceId', 'Number of the order'),
    updated_at: instant('updatedAt', 'Last change of the order, UTC'),
    financial_status: text('displayFinancialStatus', 'State of the payment'),
  },
  children: [
    {
      name: 'refunds',
      description: 'Refunds of the orders.',
      path: 'refunds',
      parentKey: ['order_id'],
      key: ['id'],
      columns: {
        id: text('id', 'Global id of the refund', { length: 100 }),
        legacy_resource_id: bigint('legacyResourceId', 'Number of the refund'),
        created_at: instant('createdAt', 'When the refund was made, UTC'),
        updated_at: instant('updatedAt', 'Last change of the refund, UTC'),
        note: longText('note', 'Why'),
        total_refunded: shopMoney('totalRefundedSet', 'Money given back by this refund'),
      },
    },
    {
      name: 'refund_line_items',
      description: 'Lines that a refund returns; their price is not always money given back.',
      path: 'refunds[].refundLineItems.nodes',
      parentKey: ['order_id'],
      key: 'position',
      columns: {
        id: text('id', 'Global id of the returned line', { length: 100 }),
        refund_id: text(ancestor('id'), 'Global id of the refund', { length: 100 }),
        line_item_id: text('lineItem.id', 'Global id of the line of the order', { length: 100 }),
        quantity: integer('quantity', 'Units given back'),
        restock_type: text('restockType', '`RETURN`, `CANCEL`, `NO_RESTOCK`'),
        is_restocked: flag('restocked', 'The units are back in stock'),
        location_id: text('location.id', 'Where they are back in stock', { length: 100 }),
        price: shopMoney('priceSet', 'Price of a unit'),
        subtotal: shopMoney('subtotalSet', 'Units times price after discounts'),
        total_tax: shopMoney('totalTaxSet', 'Taxes of the returned units'),
      },
    },
  ],
  cursor: CHANGES,
  write: { mode: 'upsert' },
  versionBy: 'updated_at',
  pii: [{ path: 'refunds[].note', kind: 'text' }],
  pageSize: PAGE_SIZE,
  leastPageSize: 1,
  estimate: pagesOfUsualShop({ perOrder: 1, pageSize: PAGE_SIZE, cost: REFUNDS.cost }),
  async *read(context, slice) {
    const search = updatedIn(slice);
    const pages = connectionPages(context, { operation: REFUNDS, field: 'orders', search });
    for await (const orders of pages) {
      const records: JsonRecord[] = [];
      for (const order of orders) {
        records.push({ ...order, refunds: await wholeRefunds(context, order) });
      }
      yield { records };
    }
  },
};

async function wholeRefunds(
  { http }: ReadContext<ShopifyAccount>,
  { refunds }: JsonRecord,
): Promise<readonly JsonRecord[]> {
  const whole: JsonRecord[] = [];
  for (const refund of recordsIn(refunds, 'refunds')) {
    whole.push(await completed(http, refund, [{ field: 'refundLineItems', more: MORE_LINES }]));
  }
  return whole;
}
