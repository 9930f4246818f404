import type { Stream } from '../sdk/definition.ts';
import { instant } from '../sdk/columns/instants.ts';
import { bigint, integer } from '../sdk/columns/numbers.ts';
import { text } from '../sdk/columns/text.ts';
import type { ShopifyAccount } from './account.ts';
import { CHANGES_OF_ALL_TIME } from './cursors.ts';
import { pagesOfUsualShop } from './estimate.ts';
import { PAGE_INFO } from './fragments.ts';
import type { Operation } from './graphql.ts';
import { connectionPages } from './graphql.ts';
import { updatedIn } from './search.ts';

const PAGE_SIZE = 15;

const COLLECTIONS: Operation = {
  name: 'collections',
  cost: 797,
  document: `query collections($first: Int!, $after: String, $query: String) {
  collections(first: $first, after: $after, query: $query, sortKey: UPDATED_AT) {
    ${PAGE_INFO}
    nodes {
      id legacyResourceId title handle sortOrder updatedAt productsCount { count precision }
      products(first: 50) { ${PAGE_INFO} nodes { id legacyResourceId } }
    }
  }
}`,
};

const MORE_PRODUCTS: Operation = {
  name: 'collectionProducts',
  cost: 250,
  document: `query collectionProducts($id: ID!, $after: String) {
  owner: collection(id: $id) {
    connection: products(first: 250, after: $after) { ${PAGE_INFO} nodes { id legacyResourceId } }
  }
}`,
};

export const collections: Stream<ShopifyAccount> = {
  name: 'collections',
  description: 'Collections of the shop and the products in them.',
  key: ['id'],
  columns: {
    id: text('id', 'Global id of the collection', { length: 100 }),
    legacy_resource_id: bigint('legacyResourceId', 'Number of the collection'),
    title: text('title', 'Name', { length: 500 }),
    handle: text('handle', 'Name in the address of its page'),
    sort_order: text('sortOrder', 'Order of the products'),
    products_count: integer('productsCount.count', 'Products in it, by Shopify’s count'),
    updated_at: instant('updatedAt', 'Last change, UTC'),
  },
  children: [
    {
      name: 'collection_products',
      description: 'Products of the collections.',
      path: 'products.nodes',
      parentKey: ['collection_id'],
      key: 'position',
      columns: {
        product_id: text('id', 'Global id of the product', { length: 100 }),
        product_legacy_resource_id: bigint('legacyResourceId', 'Number of the product'),
      },
    },
  ],
  cursor: CHANGES_OF_ALL_TIME,
  write: { mode: 'upsert' },
  versionBy: 'updated_at',
  pageSize: PAGE_SIZE,
  leastPageSize: 1,
  estimate: pagesOfUsualShop({ perOrder: 0.01, pageSize: PAGE_SIZE, cost: COLLECTIONS.cost }),
  async *read(context, slice) {
    const search = updatedIn(slice);
    const field = 'collections';
    const inner = [{ field: 'products', more: MORE_PRODUCTS }];
    const pages = connectionPages(context, { operation: COLLECTIONS, field, search, inner });
    for await (const records of pages) yield { records };
  },
};
