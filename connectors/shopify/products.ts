import type { Stream } from '../sdk/definition.ts';
import { instant } from '../sdk/columns/instants.ts';
import { json } from '../sdk/columns/json.ts';
import { bigint, decimal, flag, integer } from '../sdk/columns/numbers.ts';
import { text } from '../sdk/columns/text.ts';
import type { ShopifyAccount } from './account.ts';
import { CHANGES_OF_ALL_TIME } from './cursors.ts';
import { pagesOfUsualShop } from './estimate.ts';
import { PAGE_INFO } from './fragments.ts';
import { deletionSweep } from './deletion-events.ts';
import type { Operation } from './graphql.ts';
import { connectionPages } from './graphql.ts';
import { updatedIn } from './search.ts';

const VARIANT = `id legacyResourceId title sku barcode price compareAtPrice position inventoryQuantity
  inventoryPolicy taxable createdAt updatedAt selectedOptions { name value } image { url }
  inventoryItem { id legacyResourceId unitCost { amount currencyCode } }`;

const PAGE_SIZE = 40;

const PRODUCTS: Operation = {
  name: 'products',
  cost: 922,
  document: `query products($first: Int!, $after: String, $query: String) {
  products(first: $first, after: $after, query: $query, sortKey: UPDATED_AT) {
    ${PAGE_INFO}
    nodes {
      id legacyResourceId title handle descriptionHtml vendor productType status tags totalInventory
      tracksInventory isGiftCard hasOnlyDefaultVariant
      priceRangeV2 { minVariantPrice { amount currencyCode } maxVariantPrice { amount currencyCode } }
      options { id name position values } seo { title description }
      publishedAt createdAt updatedAt variantsCount { count precision }
      variants(first: 20) { ${PAGE_INFO} nodes { ${VARIANT} } }
    }
  }
}`,
};

/** The variants of one product after those that came with it. */
const MORE_VARIANTS: Operation = {
  name: 'productVariants',
  cost: 100,
  document: `query productVariants($id: ID!, $after: String) {
  owner: product(id: $id) { connection: variants(first: 100, after: $after) { ${PAGE_INFO} nodes { ${VARIANT} } } }
}`,
};

export const products: Stream<ShopifyAccount> = {
  name: 'products',
  description: 'Products with their variants.',
  key: ['id'],
  columns: {
    id: text('id', 'Global id of the product', { length: 100 }),
    legacy_resource_id: bigint('legacyResourceId', 'Number of the product'),
    title: text('title', 'Name', { length: 500 }),
    handle: text('handle', 'Name in the address of its page'),
    vendor: text('vendor', 'Maker'),
    product_type: text('productType', 'Kind of product, as the shop calls it'),
    status: text('status', '`ACTIVE`, `ARCHIVED`, `DRAFT`'),
    tags: json('tags', 'Tags'),
    total_inventory: integer('totalInventory', 'Units in stock over all places'),
    tracks_inventory: flag('tracksInventory', 'Stock is counted'),
    is_gift_card: flag('isGiftCard', 'The product is a gift card'),
    published_at: instant('publishedAt', 'When it was put on sale, UTC'),
    created_at: instant('createdAt', 'When it was made, UTC'),
    updated_at: instant('updatedAt', 'Last change, UTC'),
  },
  children: [
    {
      name: 'variants',
      description: 'Variants of the products.',
      path: 'variants.nodes',
      parentKey: ['product_id'],
      key: ['id'],
      columns: {
        id: text('id', 'Global id of the variant', { length: 100 }),
        legacy_resource_id: bigint('legacyResourceId', 'Number of the variant'),
        title: text('title', 'Values of its options'),
        sku: text('sku', 'Stock keeping unit'),
        barcode: text('barcode', 'Bar code'),
        price: decimal('price', 'Price, in the shop’s currency'),
        compare_at_price: decimal('compareAtPrice', 'Price before a markdown'),
        position: integer('position', 'Place among the variants of the product'),
        inventory_quantity: integer('inventoryQuantity', 'Units in stock'),
        inventory_item_id: text('inventoryItem.id', 'Global id of its stock', { length: 100 }),
        unit_cost: decimal('inventoryItem.unitCost.amount', 'What a unit costs the shop'),
        created_at: instant('createdAt', 'When it was made, UTC'),
        updated_at: instant('updatedAt', 'Last change, UTC'),
      },
    },
    {
      name: 'product_options',
      description: 'What the variants of a product differ in: size, colour.',
      path: 'options',
      parentKey: ['product_id'],
      key: 'position',
      columns: {
        id: text('id', 'Global id of the option', { length: 100 }),
        name: text('name', 'Name of the option'),
        option_values: json('values', 'Its values'),
      },
    },
  ],
  cursor: CHANGES_OF_ALL_TIME,
  write: { mode: 'upsert' },
  versionBy: 'updated_at',
  sweep: deletionSweep('PRODUCT'),
  pageSize: PAGE_SIZE,
  leastPageSize: 1,
  estimate: pagesOfUsualShop({ perOrder: 0.2, pageSize: PAGE_SIZE, cost: PRODUCTS.cost }),
  async *read(context, slice) {
    const search = updatedIn(slice);
    const inner = [{ field: 'variants', more: MORE_VARIANTS }];
    const pages = connectionPages(context, {
      operation: PRODUCTS,
      field: 'products',
      search,
      inner,
    });
    for await (const records of pages) yield { records };
  },
};
