import { randomOf } from '../random.ts';
import type { Random } from '../random.ts';
import { DAY, HOUR } from './calendar.ts';
import type { KitPart, Product, Variant } from './catalog-records.ts';
import { plain } from './person.ts';
import { TAG } from './tags.ts';
import { BRANDS, CATEGORIES, COLORS, SHOE_SIZES, SIZES, STYLES } from './words.ts';
import type { CategoryWords } from './words.ts';

export const WEEK = 7 * DAY;

export interface Revision {
  readonly at: number;
  readonly name: string;
  /** Factors of the first price, and of the price before a sale. */
  readonly price: number;
  readonly listPrice: number;
}

/** A product with what changes about it. */
export interface StockedProduct {
  readonly product: Product;
  /** By variant, in centavos. */
  readonly basePrices: readonly number[];
  readonly revisions: readonly Revision[];
  /** When in the week it is counted and restocked. */
  readonly countedAt: number;
}

export interface CatalogOptions {
  readonly seed: number;
  readonly size: number;
  /** First instant of the shop, and the end of its days. */
  readonly start: number;
  readonly end: number;
}

/** All products of a shop; kits are made of the ones before them. */
export function productsOf(options: CatalogOptions): StockedProduct[] {
  const products: StockedProduct[] = [];
  let variants = 0;
  for (let id = 1; id <= options.size; id += 1) {
    const stocked = productOf(options, id, variants, products);
    products.push(stocked);
    variants += stocked.product.variants.length;
  }
  return products;
}

/** Number 8 is the gift card; each sixteenth product is a kit of earlier ones. */
function productOf(
  options: CatalogOptions,
  id: number,
  variantsBefore: number,
  earlier: readonly StockedProduct[],
): StockedProduct {
  const random = randomOf(options.seed, TAG.catalog, id);
  const kind = id === 8 ? 'gift_card' : id % 16 === 15 ? 'kit' : 'simple';
  const words = random.pick(CATEGORIES);
  const name = nameOf(kind, words, random, id);
  const createdAt = createdAtOf(options, id, random);
  const parts = kind === 'kit' ? partsOf(earlier, random) : [];
  const values = kind === 'simple' ? valuesOf(words, random) : valuesOfKind(kind);
  const product: Product = {
    id,
    handle: `${plain(name)}-${id}`,
    brand: random.pick(BRANDS),
    description: `<p>${name}, feito no Brasil.</p>`,
    categoryIds: categoryIdsOf(words),
    kind,
    options: optionsOf(kind, words),
    variants: values.map((one, place) => variantOf(variantsBefore + place + 1, id, one, random)),
    parts,
    createdAt,
    deletedAt: id > 20 && random.chance(0.03) ? deletedAtOf(options, createdAt, random) : undefined,
    isPublished: id <= 12 || random.chance(0.95),
    tags: random.chance(0.4) ? ['lançamento'] : [],
  };
  return {
    product,
    basePrices: basePricesOf(product, words, earlier, random),
    revisions: revisionsOf(options, product, name, random),
    countedAt: options.start - WEEK + random.whole(0, 6) * DAY + random.whole(1, 5) * HOUR,
  };
}

function nameOf(kind: Product['kind'], words: CategoryWords, random: Random, id: number): string {
  if (kind === 'gift_card') return 'Vale-presente';
  const style = STYLES[(id * 7) % STYLES.length] ?? '';
  return kind === 'kit' ? `Kit ${style}` : `${random.pick(words.nouns)} ${style}`;
}

/** Three in four from the start, the others later. */
function createdAtOf(options: CatalogOptions, id: number, random: Random): number {
  if (id <= 12 || random.chance(0.75)) return options.start - random.whole(1, 28) * DAY;
  const span = Math.max(DAY, options.end - options.start);
  return options.start + Math.floor((random.next() * span * 0.8) / 1000) * 1000;
}

function deletedAtOf(options: CatalogOptions, createdAt: number, random: Random): number {
  const from = Math.max(options.start, createdAt);
  return from + Math.floor((random.next() * Math.max(DAY, options.end - from)) / 1000) * 1000;
}

function categoryIdsOf(words: CategoryWords): number[] {
  const parents = [...new Set(CATEGORIES.map(({ parent }) => parent))];
  return [parents.indexOf(words.parent) + 1, parents.length + CATEGORIES.indexOf(words) + 1];
}

function optionsOf(kind: Product['kind'], words: CategoryWords): string[] {
  if (kind === 'gift_card') return ['Valor'];
  if (kind === 'kit' || words.options === 'none') return [];
  if (words.options === 'colors') return ['Cor'];
  return words.options === 'shoes' ? ['Numeração'] : ['Tamanho', 'Cor'];
}

function valuesOfKind(kind: Product['kind']): string[][] {
  return kind === 'gift_card' ? [['R$ 50'], ['R$ 100'], ['R$ 200']] : [[]];
}

function valuesOf(words: CategoryWords, random: Random): string[][] {
  const first = random.whole(0, COLORS.length - 1);
  const color = (place: number) => COLORS[(first + place) % COLORS.length] ?? '';
  switch (words.options) {
    case 'none':
      return [[]];
    case 'colors':
      return [0, 1, 2].map((place) => [color(place)]);
    case 'shoes':
      return SHOE_SIZES.map((size) => [size]);
    case 'sizes':
      return [0, 1].flatMap((place) => SIZES.map((size) => [size, color(place)]));
  }
}

function variantOf(
  id: number,
  productId: number,
  values: readonly string[],
  random: Random,
): Variant {
  return {
    id,
    productId,
    sku: `LA-${String(productId).padStart(4, '0')}-${String(id).padStart(5, '0')}`,
    barcode: `200${String(id).padStart(10, '0')}`,
    values,
    weightGrams: random.whole(8, 60) * 20,
  };
}

function partsOf(earlier: readonly StockedProduct[], random: Random): KitPart[] {
  const simple = earlier.filter(({ product }) => product.kind === 'simple').slice(0, 30);
  const first = random.whole(0, simple.length - 1);
  return [0, 1, 2].slice(0, random.whole(2, 3)).flatMap((place) => {
    const variants = simple[(first + place) % simple.length]?.product.variants ?? [];
    return variants.length === 0
      ? []
      : [{ variant: random.pick(variants), quantity: place === 0 ? 2 : 1 }];
  });
}

function basePricesOf(
  product: Product,
  words: CategoryWords,
  earlier: readonly StockedProduct[],
  random: Random,
): number[] {
  if (product.kind === 'gift_card') return [5000, 10_000, 20_000];
  if (product.kind === 'kit') {
    const sum = product.parts.reduce((total, { variant, quantity }) => {
      return total + (earlier[variant.productId - 1]?.basePrices[0] ?? 0) * quantity;
    }, 0);
    return [pretty(sum * 0.88)];
  }
  const [low, high] = words.prices;
  const price = pretty(low + (high - low) * random.next() ** 2);
  return product.variants.map(() => price);
}

/** A new price now and then, ten days of sale in between, and a new name for one in twelve. */
function revisionsOf(
  { start, end }: CatalogOptions,
  product: Product,
  name: string,
  random: Random,
): Revision[] {
  const first = { at: product.createdAt, name, price: 1, listPrice: 1 };
  const revisions: Revision[] = [first];
  if (product.kind === 'gift_card') return revisions;
  const isRenamed = random.chance(0.08);
  let at =
    Math.max(start, product.createdAt) + random.whole(5, 90) * DAY + random.whole(8, 18) * HOUR;
  for (let count = 1; at < end; count += 1) {
    const before = revisions.at(-1) ?? first;
    const called = isRenamed && count >= 2 ? `${name} II` : name;
    const isSale = count % 2 === 1;
    const listPrice = before.listPrice * (isSale ? 1 : 0.97 + random.next() * 0.1);
    const price = isSale ? listPrice * 0.8 : listPrice;
    revisions.push({ at, name: called, price, listPrice });
    at += isSale ? 10 * DAY : random.whole(40, 120) * DAY;
  }
  return revisions;
}

/** Ends in 90 centavos. */
export function pretty(centavos: number): number {
  return Math.max(990, Math.round((centavos - 90) / 100) * 100 + 90);
}
