import { date } from '../sdk/columns/dates.ts';
import { json } from '../sdk/columns/json.ts';
import { bigint, decimal, flag, integer } from '../sdk/columns/numbers.ts';
import { longText, text } from '../sdk/columns/text.ts';
import type { Stream } from '../sdk/definition.ts';
import type { TrayAccount } from './account.ts';
import { CALLS_A_DAY, CALLS_A_MINUTE, FIRST_DAY } from './api.ts';
import { brasiliaTime, reference } from './columns.ts';
import { daysOf, modifiedFilter } from './days.ts';
import { readList } from './list.ts';
import { scalarText } from '../sdk/scalar-text.ts';

const LIST = { resource: 'products', list: 'Products', item: 'Product' };

export const products: Stream<TrayAccount> = {
  name: 'products',
  description: 'Products of the store',
  key: ['id'],
  columns: {
    id: bigint('id', 'Id of the product'),
    name: text('name', 'Name'),
    reference: text('reference', 'Stock keeping unit'),
    ean: text('ean', 'Barcode (EAN)'),
    ncm: text('ncm', 'Code of the goods for taxes (NCM)'),
    slug: text('slug', 'Name in URLs'),
    brand: text('brand', 'Brand'),
    brand_id: reference('brand_id', 'Brand'),
    model: text('model', 'Model'),
    category_id: reference('category_id', 'Main category'),
    all_categories: json('all_categories', 'Ids of all categories, or "0" where there are none'),
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
    is_available: flag('available', 'Customers see it'),
    is_available_for_purchase: flag('available_for_purchase', 'Customers can buy it'),
    is_kit: flag('is_kit', 'It is a kit of other products'),
    has_variation: flag('has_variation', 'It has variants'),
    is_virtual: flag('virtual_product', 'It is a file, not a thing'),
    is_free_shipping: flag('free_shipping', 'It is shipped for free'),
    availability: text('availability', 'Availability, by the store’s own words'),
    properties: json('Properties', 'Properties with their values'),
    quantity_sold: decimal('quantity_sold', 'Units sold so far'),
    rating: decimal('rating', 'Average rating'),
    count_rating: integer('count_rating', 'Number of ratings'),
    page_url: longText('url.https', 'Page of the product'),
    activated_on: date('activation_date', 'First day on which it is shown'),
    deactivated_on: date('deactivation_date', 'Last day on which it is shown'),
    created_at: brasiliaTime('created', 'When it was made'),
    modified_at: brasiliaTime('modified', 'When it last changed'),
  },
  children: [
    {
      name: 'product_images',
      description: 'Images of a product',
      path: 'ProductImage',
      parentKey: ['product_id'],
      key: 'position',
      columns: { src: longText('https', 'Where the image is') },
    },
    {
      name: 'product_payment_options',
      description: 'Price of a product by payment method',
      path: 'payment_option_details',
      parentKey: ['product_id'],
      key: 'position',
      columns: {
        display_name: text('display_name', 'Name of the payment method'),
        type: text('type', 'Kind of payment method'),
        installments: integer('plots', 'Number of instalments'),
        value: decimal('value', 'Amount of one instalment'),
        tax: decimal('tax', 'Interest, per cent'),
      },
    },
  ],
  cursor: {
    kind: 'instants',
    overlapHours: 48,
    lagMinutes: 5,
    windowDays: 90,
    firstDay: FIRST_DAY,
  },
  write: { mode: 'upsert' },
  versionBy: 'modified_at',
  pageSize: 50,
  async *read(context, slice) {
    if (slice.kind !== 'instants') return;
    yield* readList(context, { ...LIST, query: { modified: modifiedFilter(daysOf(slice)) } });
  },
  // Tray tells of deleted products in no other way.
  sweep: {
    everyDays: 7,
    yields: 'existing',
    async *read(context) {
      for await (const { records } of readList(context, LIST)) {
        yield records.map(({ id }) => [scalarText(id)]);
      }
    },
  },
  estimate: (days) => ({
    calls: Math.ceil(days / 90) * 20,
    perMinute: CALLS_A_MINUTE,
    perDay: CALLS_A_DAY,
  }),
};
