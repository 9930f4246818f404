import type { OrderLine } from '../shop/order-records.ts';
import { decimal } from '../shop/money.ts';
import { timeText } from './answers.ts';
import { imageId, lineId, productId, variantId } from './ids.ts';

/** Kilograms of grams, as text. */
export function kilograms(grams: number): string {
  return (grams / 1000).toFixed(3);
}

/**
 * A line. Quantities and variants are texts in orders and numbers in checkouts.
 */
export function lineRecord(line: OrderLine, place: 'order' | 'checkout') {
  const { product, variant, quantity } = line;
  const asWritten = (value: number) => (place === 'order' ? String(value) : value);
  const values = variant.values.length === 0 ? '' : ` (${variant.values.join(', ')})`;
  return {
    id: lineId(line.id),
    depth: '30.00',
    height: '3.00',
    name: `${line.name}${values}`,
    name_without_variants: line.name,
    price: decimal(line.unitPrice),
    compare_at_price: decimal(line.listPrice),
    product_id: productId(product.id),
    image: imageRecord(product.id, product.createdAt),
    quantity: asWritten(quantity),
    free_shipping: false,
    weight: kilograms(variant.weightGrams),
    width: '25.00',
    variant_id: asWritten(variantId(variant.id)),
    variant_values: variant.values,
    properties: [],
    sku: variant.sku,
    barcode: variant.barcode === '' ? null : variant.barcode,
    cost: decimal(line.unitCost),
  };
}

/** The one image of a product; what is empty in it is an empty list. */
export function imageRecord(product: number, at: number) {
  return {
    id: imageId(product),
    product_id: productId(product),
    src: `https://acdn-us.mitiendanube.com/stores/002/981/734/products/${product}.webp`,
    position: 1,
    alt: [],
    height: 1024,
    width: 1024,
    created_at: timeText(at),
    updated_at: timeText(at),
  };
}
