import type { Category, ProductAt, VariantAt } from '../shop/catalog-records.ts';
import { decimal } from '../shop/money.ts';
import type { ShopWorld } from '../shop/world-records.ts';
import { innerConnection } from './connection.ts';
import { globalId, legacyId } from './ids.ts';
import { dateTime, money } from './values.ts';

export function productRecord(found: ProductAt, categories: readonly Category[]) {
  const { product, variants } = found;
  const prices = variants.map(({ price }) => price);
  const category = categories.find(({ id }) => id === product.categoryIds.at(-1));
  return {
    id: globalId('Product', product.id),
    legacyResourceId: legacyId('Product', product.id),
    title: found.name,
    handle: product.handle,
    descriptionHtml: product.description,
    vendor: product.brand,
    productType: category?.name ?? '',
    status: product.isPublished ? 'ACTIVE' : 'DRAFT',
    tags: product.tags,
    totalInventory: variants.reduce((sum, { stock }) => sum + stock, 0),
    tracksInventory: product.kind === 'simple',
    isGiftCard: product.kind === 'gift_card',
    hasOnlyDefaultVariant: product.options.length === 0,
    priceRangeV2: {
      minVariantPrice: money(Math.min(...prices)),
      maxVariantPrice: money(Math.max(...prices)),
    },
    options: product.options.map((name, place) => ({
      id: globalId('ProductOption', product.id * 10 + place),
      name,
      position: place + 1,
      values: [...new Set(variants.map(({ variant }) => variant.values[place] ?? ''))],
    })),
    seo: { title: null, description: null },
    publishedAt: product.isPublished ? dateTime(product.createdAt) : null,
    createdAt: dateTime(product.createdAt),
    updatedAt: dateTime(found.updatedAt),
    variantsCount: { count: variants.length, precision: 'EXACT' },
    variants: innerConnection(
      variants.map((variant, place) => variantRecord(found, variant, place)),
    ),
  };
}

function variantRecord({ product, updatedAt }: ProductAt, one: VariantAt, place: number) {
  const { variant, price, listPrice, stock } = one;
  return {
    id: globalId('ProductVariant', variant.id),
    legacyResourceId: legacyId('ProductVariant', variant.id),
    title: variant.values.length === 0 ? 'Default Title' : variant.values.join(' / '),
    sku: variant.sku,
    barcode: variant.barcode,
    price: decimal(price),
    compareAtPrice: listPrice === price ? null : decimal(listPrice),
    position: place + 1,
    inventoryQuantity: stock,
    inventoryPolicy: 'DENY',
    taxable: true,
    createdAt: dateTime(product.createdAt),
    updatedAt: dateTime(updatedAt),
    selectedOptions: product.options.map((name, index) => ({
      name,
      value: variant.values[index] ?? '',
    })),
    image: null,
    inventoryItem: {
      id: globalId('InventoryItem', variant.id),
      legacyResourceId: legacyId('InventoryItem', variant.id),
      unitCost: money(one.cost),
    },
  };
}

/** The stock of every variant, all of it at one place. */
export function inventoryItems({ catalog }: ShopWorld, now: number) {
  return catalog.products(now).flatMap(({ updatedAt, variants }) =>
    variants.map((one) => ({
      id: globalId('InventoryItem', one.variant.id),
      legacyResourceId: legacyId('InventoryItem', one.variant.id),
      sku: one.variant.sku,
      tracked: true,
      updatedAt: dateTime(updatedAt),
      unitCost: money(one.cost),
      inventoryLevels: innerConnection([
        {
          id: globalId('InventoryLevel', one.variant.id),
          updatedAt: dateTime(updatedAt),
          location: { id: 'gid://shopify/Location/64001', name: 'Depósito', isActive: true },
          quantities: ({ names }: { readonly names: readonly string[] }) =>
            names.map((name) => ({ name, quantity: quantityOf(name, one.stock) })),
        },
      ]),
    })),
  );
}

function quantityOf(name: string, stock: number): number {
  return name === 'available' || name === 'on_hand' ? stock : 0;
}

/** A collection for each category, with the products in it. */
export function collectionRecords({ catalog }: ShopWorld, now: number) {
  const products = catalog.products(now);
  return catalog.categories(now).map((category) => {
    const members = products.filter(({ product }) => product.categoryIds.includes(category.id));
    return {
      id: globalId('Collection', category.id),
      legacyResourceId: legacyId('Collection', category.id),
      title: category.name,
      handle: category.handle,
      sortOrder: 'BEST_SELLING',
      updatedAt: dateTime(category.createdAt),
      updated: category.createdAt,
      productsCount: { count: members.length, precision: 'EXACT' },
      products: innerConnection(
        members.map(({ product }) => ({
          id: globalId('Product', product.id),
          legacyResourceId: legacyId('Product', product.id),
        })),
      ),
    };
  });
}
