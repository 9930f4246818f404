import { instant } from '../sdk/columns/instants.ts';
import { json } from '../sdk/columns/json.ts';
import { bigint, decimal, flag, integer } from '../sdk/columns/numbers.ts';
import { longText, text } from '../sdk/columns/text.ts';
import type { ChildTable } from '../sdk/definition.ts';
import { ancestor } from '../sdk/value-source.ts';
import { mainText } from './locale.ts';

/** Lists inside a product. */
export const productChildren: readonly ChildTable[] = [
  {
    name: 'product_variants',
    description:
      'What can be bought of a product; one without values where the product has no variants',
    path: 'variants',
    parentKey: ['product_id'],
    key: ['variant_id'],
    columns: {
      variant_id: bigint('id', 'Id of the variant'),
      sku: text('sku', 'Stock keeping unit'),
      barcode: text('barcode', 'Barcode (GTIN)'),
      mpn: text('mpn', 'Number of the manufacturer'),
      position: integer('position', 'Place among the variants'),
      values: json('values', 'What it is in each attribute of the product, by language'),
      price: decimal('price', 'Price'),
      compare_at_price: decimal('compare_at_price', 'Price before a promotion'),
      promotional_price: decimal('promotional_price', 'Price in a promotion'),
      cost: decimal('cost', 'Cost, where the store keeps it'),
      manages_stock: flag('stock_management', 'Stock is counted; endless otherwise'),
      stock: decimal('stock', 'Units in stock at all locations'),
      weight: decimal('weight', 'Weight in kilograms'),
      width: decimal('width', 'Width in centimetres'),
      height: decimal('height', 'Height in centimetres'),
      depth: decimal('depth', 'Depth in centimetres'),
      image_id: bigint('image_id', 'Image that shows it'),
      age_group: text('age_group', 'Age group for shopping feeds', { length: 64 }),
      gender: text('gender', 'Gender for shopping feeds', { length: 64 }),
      created_at: instant('created_at', 'When it was made'),
      updated_at: instant('updated_at', 'When it last changed'),
    },
  },
  {
    name: 'inventory_levels',
    description: 'Units of a variant at a location',
    path: 'variants[].inventory_levels',
    parentKey: ['product_id'],
    key: 'position',
    columns: {
      variant_id: bigint(ancestor('id'), 'Variant'),
      location_id: text('location_id', 'Location', { length: 64 }),
      stock: decimal('stock', 'Units in stock there'),
    },
  },
  {
    name: 'product_images',
    description: 'Images of a product',
    path: 'images',
    parentKey: ['product_id'],
    key: ['image_id'],
    columns: {
      image_id: bigint('id', 'Id of the image'),
      position: integer('position', 'Place among the images'),
      src: longText('src', 'Where the image is'),
      alt: text(mainText('alt'), 'Text for who cannot see it, in the main language'),
      width: integer('width', 'Pixels'),
      height: integer('height', 'Pixels'),
      created_at: instant('created_at', 'When it was made'),
      updated_at: instant('updated_at', 'When it last changed'),
    },
  },
  {
    name: 'product_categories',
    description: 'Categories of a product',
    path: 'categories',
    parentKey: ['product_id'],
    key: ['category_id'],
    columns: {
      category_id: bigint('id', 'Category'),
      category_name: text(mainText('name'), 'Its name in the main language'),
      parent_category_id: bigint('parent', 'Category above it'),
    },
  },
  {
    name: 'product_attributes',
    description: 'What the variants of a product differ in',
    path: 'attributes',
    parentKey: ['product_id'],
    key: 'position',
    columns: { name: text(mainText(''), 'Name in the main language: size, colour') },
  },
];
