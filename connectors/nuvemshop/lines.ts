import type { Column } from '../sdk/columns.ts';
import { json } from '../sdk/columns/json.ts';
import { bigint, decimal, flag } from '../sdk/columns/numbers.ts';
import { text } from '../sdk/columns/text.ts';

/** Columns of a line of an order or of an abandoned checkout; ids and quantities are numbers or texts. */
export const lineColumns: Readonly<Record<string, Column>> = {
  line_id: bigint('id', 'Id of the line'),
  product_id: bigint('product_id', 'Product, which may have been deleted since'),
  variant_id: bigint('variant_id', 'Variant, which may have been deleted since'),
  name: text('name', 'Name of the product with the values of the variant, at that time'),
  name_without_variants: text('name_without_variants', 'Name of the product at that time'),
  sku: text('sku', 'Stock keeping unit'),
  barcode: text('barcode', 'Barcode (GTIN)'),
  quantity: decimal('quantity', 'Units'),
  price: decimal('price', 'Price of one unit, in the currency of the order'),
  compare_at_price: decimal('compare_at_price', 'Price before a promotion'),
  cost: decimal('cost', 'Cost of one unit, where the store keeps it'),
  weight: decimal('weight', 'Weight of one unit in kilograms'),
  variant_values: json('variant_values', 'Values of the variant: size, colour'),
  properties: json('properties', 'What the customer added to the line'),
  is_free_shipping: flag('free_shipping', 'The line is shipped for free'),
};
