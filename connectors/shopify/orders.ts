import type { ChildTable, PiiPath, ReadContext, Slice, Stream } from '../sdk/definition.ts';
import { decimal, integer } from '../sdk/columns/numbers.ts';
import { longText, text } from '../sdk/columns/text.ts';
import { ancestor } from '../sdk/value-source.ts';
import type { ShopifyAccount } from './account.ts';
import { bulkRecords } from './bulk.ts';
import { CHANGES } from './cursors.ts';
import { deletionSweep } from './deletion-events.ts';
import { connectionPages } from './graphql.ts';
import { shopMoney } from './money.ts';
import { LINE_COLUMNS, ORDER_COLUMNS } from './order-columns.ts';
import { ORDER_CONNECTIONS, ORDERS, ordersInBulk } from './orders-query.ts';
import { addressPii } from './pii.ts';
import { updatedIn } from './search.ts';

const CHILDREN: readonly ChildTable[] = [
  {
    name: 'order_line_items',
    description:
      'Lines of the orders; lines that an edit removed stay, with a current quantity of 0.',
    path: 'lineItems.nodes',
    parentKey: ['order_id'],
    key: ['id'],
    columns: LINE_COLUMNS,
  },
  {
    name: 'order_discount_allocations',
    description: 'What each discount of an order takes off each of its lines.',
    path: 'lineItems.nodes[].discountAllocations',
    parentKey: ['order_id'],
    key: 'position',
    columns: {
      line_item_id: text(ancestor('id'), 'Global id of the line', { length: 100 }),
      discount_index: integer('discountApplication.index', 'Which discount of the order it is'),
      allocated_amount: shopMoney('allocatedAmountSet', 'What it takes off the line'),
    },
  },
  {
    name: 'order_discount_applications',
    description:
      'Discounts of the orders. They have no id: the order and their index tell them apart.',
    path: 'discountApplications.nodes',
    parentKey: ['order_id'],
    key: 'position',
    columns: {
      discount_index: integer('index', 'Its place among the discounts of the order'),
      kind: text('__typename', 'A code, an automatic discount, one by hand, a script'),
      code: text('code', 'The code that was typed'),
      title: text('title', 'Name of a discount without a code'),
      allocation_method: text('allocationMethod', 'How it is spread: `ACROSS`, `EACH`, `ONE`'),
      target_type: text('targetType', 'What it is about: `LINE_ITEM`, `SHIPPING_LINE`'),
      target_selection: text('targetSelection', 'Which of them: `ALL`, `ENTITLED`, `EXPLICIT`'),
      value_percentage: decimal('value.percentage', 'Per cent, for a discount in per cent'),
      value_amount: decimal('value.amount', 'Amount, for a discount of a fixed amount'),
    },
  },
  {
    name: 'order_shipping_lines',
    description: 'Deliveries that the orders pay for.',
    path: 'shippingLines.nodes',
    parentKey: ['order_id'],
    key: 'position',
    columns: {
      id: text('id', 'Global id of the delivery', { length: 100 }),
      title: text('title', 'Name of the delivery'),
      code: text('code', 'Code of the delivery at its carrier'),
      source: text('source', 'Where its price came from'),
      original_price: shopMoney('originalPriceSet', 'Price before discounts'),
      discounted_price: shopMoney('discountedPriceSet', 'Price after discounts'),
    },
  },
  {
    name: 'order_tax_lines',
    description: 'Taxes of each line.',
    path: 'lineItems.nodes[].taxLines',
    parentKey: ['order_id'],
    key: 'position',
    columns: {
      line_item_id: text(ancestor('id'), 'Global id of the line', { length: 100 }),
      title: text('title', 'Name of the tax'),
      rate: decimal('rate', 'Share of the price', { scale: 6, rounds: true }),
      price: shopMoney('priceSet', 'Amount of the tax'),
    },
  },
  {
    name: 'order_custom_attributes',
    description: 'Fields that the checkout or an app added; Brazilian checkouts put the CPF here.',
    path: 'customAttributes',
    parentKey: ['order_id'],
    key: 'position',
    columns: {
      key: text('key', 'Name of the field'),
      value: longText('value', 'What stands in it'),
    },
  },
];

const PII: readonly PiiPath[] = [
  { path: 'email', kind: 'email' },
  { path: 'phone', kind: 'phone' },
  { path: 'note', kind: 'text' },
  { path: 'clientIp', kind: 'ip' },
  { path: 'customAttributes[].value', kind: 'document' },
  { path: 'lineItems.nodes[].customAttributes[].value', kind: 'text' },
  ...addressPii('billingAddress'),
  ...addressPii('shippingAddress'),
];

/** Types of the objects in a bulk file and the connection that each belongs to. */
const CONNECTIONS = {
  LineItem: 'lineItems',
  ShippingLine: 'shippingLines',
  '': 'discountApplications',
} as const;

export const orders: Stream<ShopifyAccount> = {
  name: 'orders',
  description: 'Orders with their lines, discounts, deliveries and taxes.',
  key: ['id'],
  columns: ORDER_COLUMNS,
  children: CHILDREN,
  cursor: CHANGES,
  write: { mode: 'upsert' },
  versionBy: 'updated_at',
  sweep: deletionSweep('ORDER'),
  pii: PII,
  person: {
    account: 'customer.id',
    traces: [
      'customer.id',
      'customer.legacyResourceId',
      'customerJourneySummary',
      'sourceIdentifier',
    ],
  },
  pageSize: 25,
  leastPageSize: 1,
  read,
  // A bulk operation for each window: begun, looked after some times, and downloaded.
  estimate: (days) => ({ calls: Math.ceil(days / CHANGES.windowDays) * 12 }),
};

async function* read(context: ReadContext<ShopifyAccount>, slice: Slice) {
  const search = updatedIn(slice);
  if (context.purpose === 'backfill') {
    const bulk = { query: ordersInBulk(search), connections: CONNECTIONS };
    for await (const records of bulkRecords(context, bulk)) yield { records };
    return;
  }
  const pages = connectionPages(context, {
    operation: ORDERS,
    field: 'orders',
    search,
    inner: ORDER_CONNECTIONS,
  });
  for await (const records of pages) yield { records };
}
