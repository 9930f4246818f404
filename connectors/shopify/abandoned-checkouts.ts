import type { Stream } from '../sdk/definition.ts';
import { instant } from '../sdk/columns/instants.ts';
import { json } from '../sdk/columns/json.ts';
import { decimal, integer } from '../sdk/columns/numbers.ts';
import { longText, text } from '../sdk/columns/text.ts';
import type { ShopifyAccount } from './account.ts';
import { SINCE } from './cursors.ts';
import { pagesOfUsualShop } from './estimate.ts';
import { ADDRESS, MONEY_BAG, PAGE_INFO } from './fragments.ts';
import type { Operation } from './graphql.ts';
import { connectionPages } from './graphql.ts';
import { shopMoney } from './money.ts';
import { addressPii } from './pii.ts';
import { createdSince } from './search.ts';

const LINE = 'id title quantity variant { id sku price }';

/** The lines of one checkout after those that came with it. */
const MORE_LINES: Operation = {
  name: 'checkoutLines',
  cost: 110,
  document: `query checkoutLines($id: ID!, $after: String) {
  owner: node(id: $id) { ... on AbandonedCheckout {
    connection: lineItems(first: 100, after: $after) { ${PAGE_INFO} nodes { ${LINE} } }
  } }
}`,
};

const PAGE_SIZE = 25;

const CHECKOUTS: Operation = {
  name: 'abandoned_checkouts',
  cost: 580,
  document: `query abandoned_checkouts($first: Int!, $after: String, $query: String) {
  abandonedCheckouts(first: $first, after: $after, query: $query, sortKey: CREATED_AT) {
    ${PAGE_INFO}
    nodes {
      id abandonedCheckoutUrl completedAt createdAt updatedAt note taxesIncluded discountCodes
      customer { id email }
      subtotalPriceSet { ...Money } totalDiscountSet { ...Money } totalLineItemsPriceSet { ...Money }
      totalPriceSet { ...Money } totalTaxSet { ...Money }
      billingAddress { ...Address } shippingAddress { ...Address }
      lineItems(first: 20) { ${PAGE_INFO} nodes { ${LINE} } }
    }
  }
}
${ADDRESS}
${MONEY_BAG}`,
};

/** Searched by creation only, so every run reads those of the last day again: some get completed. */
export const abandonedCheckouts: Stream<ShopifyAccount> = {
  name: 'abandoned_checkouts',
  description: 'Checkouts that were not finished, or were finished later (`completed_at`).',
  key: ['id'],
  columns: {
    id: text('id', 'Global id of the checkout', { length: 100 }),
    customer_id: text('customer.id', 'Global id of the customer', { length: 100 }),
    email: text('customer.email', 'E-mail address of the customer', { length: 320 }),
    created_at: instant('createdAt', 'When the checkout began, UTC'),
    updated_at: instant('updatedAt', 'Last change, UTC'),
    completed_at: instant('completedAt', 'When it became an order after all, UTC'),
    subtotal_price: shopMoney('subtotalPriceSet', 'Lines after discounts'),
    total_discount: shopMoney('totalDiscountSet', 'Discounts'),
    total_line_items_price: shopMoney('totalLineItemsPriceSet', 'Lines before discounts'),
    total_price: shopMoney('totalPriceSet', 'What the buyer would have paid'),
    total_tax: shopMoney('totalTaxSet', 'Taxes'),
    discount_codes: json('discountCodes', 'Codes that were typed'),
    recovery_url: longText('abandonedCheckoutUrl', 'Page at which the buyer can go on'),
  },
  children: [
    {
      name: 'abandoned_checkout_lines',
      description: 'Lines of the checkouts.',
      path: 'lineItems.nodes',
      parentKey: ['checkout_id'],
      key: 'position',
      columns: {
        id: text('id', 'Global id of the line', { length: 100 }),
        title: text('title', 'Product', { length: 500 }),
        quantity: integer('quantity', 'Units'),
        variant_id: text('variant.id', 'Global id of the variant', { length: 100 }),
        sku: text('variant.sku', 'Stock keeping unit'),
        variant_price: decimal('variant.price', 'Price of the variant now'),
      },
    },
  ],
  cursor: SINCE,
  write: { mode: 'upsert' },
  versionBy: 'updated_at',
  person: { account: 'customer.id', traces: ['customer.id'] },
  pii: [
    { path: 'customer.email', kind: 'email' },
    { path: 'abandonedCheckoutUrl', kind: 'text' },
    { path: 'note', kind: 'text' },
    ...addressPii('billingAddress'),
    ...addressPii('shippingAddress'),
  ],
  pageSize: PAGE_SIZE,
  leastPageSize: 1,
  estimate: pagesOfUsualShop({ perOrder: 2, pageSize: PAGE_SIZE, cost: CHECKOUTS.cost }),
  async *read(context, slice) {
    const search = createdSince(slice);
    const field = 'abandonedCheckouts';
    const inner = [{ field: 'lineItems', more: MORE_LINES }];
    const pages = connectionPages(context, { operation: CHECKOUTS, field, search, inner });
    for await (const records of pages) yield { records };
  },
};
