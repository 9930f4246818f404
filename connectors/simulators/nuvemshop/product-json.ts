import type { Category, ProductAt, VariantAt } from '../shop/catalog-records.ts';
import { decimal } from '../shop/money.ts';
import { localised, timeText } from './answers.ts';
import { categoryId, productId, variantId } from './ids.ts';
import { imageRecord, kilograms } from './line-json.ts';

const LOCATION = '01HVAURORA0000000000000001';

/** A record of `/products`. */
export function productRecord(at: ProductAt, categories: readonly Category[]) {
  const { product, name, updatedAt, variants } = at;
  return {
    id: productId(product.id),
    name: localised(name),
    description: product.description === '' ? [] : localised(product.description),
    handle: localised(product.handle),
    attributes: product.options.map((option) => localised(option)),
    published: product.isPublished,
    free_shipping: false,
    requires_shipping: product.kind !== 'gift_card',
    canonical_url: `https://www.lojaaurora.com.br/produtos/${product.handle}/`,
    video_url: null,
    seo_title: localised(name),
    seo_description: localised(''),
    brand: product.brand,
    created_at: timeText(product.createdAt),
    updated_at: timeText(updatedAt),
    variants: variants.map((variant, index) => variantRecord(variant, at, index)),
    tags: product.tags.join(','),
    images: [imageRecord(product.id, product.createdAt)],
    categories: categories
      .filter(({ id }) => product.categoryIds.includes(id))
      .map((category) => categoryRecord(category, categories)),
  };
}

function variantRecord(at: VariantAt, { product, updatedAt }: ProductAt, index: number) {
  const { variant, price, listPrice, cost, stock } = at;
  return {
    id: variantId(variant.id),
    image_id: null,
    product_id: productId(product.id),
    position: index + 1,
    price: decimal(listPrice),
    compare_at_price: decimal(listPrice),
    promotional_price: price === listPrice ? null : decimal(price),
    stock_management: true,
    stock,
    inventory_levels: [{ location_id: LOCATION, stock }],
    weight: kilograms(variant.weightGrams),
    width: '25.00',
    height: '3.00',
    depth: '30.00',
    sku: variant.sku,
    values: variant.values.map((value) => localised(value)),
    barcode: variant.barcode === '' ? null : variant.barcode,
    mpn: null,
    age_group: null,
    gender: null,
    created_at: timeText(product.createdAt),
    updated_at: timeText(updatedAt),
    cost: decimal(cost),
  };
}

/** A record of `/categories`. */
export function categoryRecord(category: Category, all: readonly Category[]) {
  const { id, name, handle, parentId, createdAt } = category;
  return {
    id: categoryId(id),
    name: localised(name),
    description: localised(''),
    handle: localised(handle),
    parent: parentId === 0 ? null : categoryId(parentId),
    subcategories: all
      .filter((child) => child.parentId === id)
      .map((child) => categoryId(child.id)),
    seo_title: localised(''),
    seo_description: localised(''),
    google_shopping_category: null,
    visibility: 'visible',
    created_at: timeText(createdAt),
    updated_at: timeText(createdAt),
  };
}
