import { date } from '../sdk/columns/dates.ts';
import { bigint, decimal, flag, integer } from '../sdk/columns/numbers.ts';
import { longText, text } from '../sdk/columns/text.ts';
import type { Stream } from '../sdk/definition.ts';
import type { TrayAccount } from './account.ts';
import { CALLS_A_DAY, CALLS_A_MINUTE } from './api.ts';
import { reference } from './columns.ts';
import { readList } from './list.ts';

/** No filter by time: all are read each time. */
export const productVariants: Stream<TrayAccount> = {
  name: 'product_variants',
  description: 'Variants of products',
  key: ['id'],
  columns: {
    id: bigint('id', 'Id of the variant'),
    product_id: reference('product_id', 'Product'),
    position: integer('order', 'Place among the variants'),
    reference: text('reference', 'Stock keeping unit'),
    ean: text('ean', 'Barcode (EAN)'),
    price: decimal('price', 'Price'),
    promotional_price: decimal('promotional_price', 'Price in a promotion, 0 where there is none'),
    promotion_starts_on: date('start_promotion', 'First day of the promotion'),
    promotion_ends_on: date('end_promotion', 'Last day of the promotion'),
    cost_price: decimal('cost_price', 'Cost'),
    stock: decimal('stock', 'Units in stock; negative where more was sold than there was'),
    minimum_stock: decimal('minimum_stock', 'Units that should be in stock'),
    weight_grams: decimal('weight', 'Weight in grams'),
    length: decimal('length', 'Length in centimetres'),
    width: decimal('width', 'Width in centimetres'),
    height: decimal('height', 'Height in centimetres'),
    is_available: flag('available', 'Customers can buy it'),
  },
  children: [
    {
      name: 'product_variant_skus',
      description: 'Values of a variant: size, colour',
      path: 'Sku',
      parentKey: ['variant_id'],
      key: 'position',
      columns: {
        type: text('type', 'What variants differ in: Tamanho, Cor'),
        value: text('value', 'What this one is in it'),
        image: longText('image_secure', 'Image that shows it'),
      },
    },
  ],
  cursor: { kind: 'none' },
  write: { mode: 'snapshot' },
  pageSize: 50,
  read: (context) =>
    readList(context, { resource: 'products/variants', list: 'Variants', item: 'Variant' }),
  estimate: () => ({ calls: 20, perMinute: CALLS_A_MINUTE, perDay: CALLS_A_DAY }),
};
