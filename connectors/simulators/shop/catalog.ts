import { unit } from '../random.ts';
import type { Random } from '../random.ts';
import { DAY } from './calendar.ts';
import type {
  Category,
  Coupon,
  Product,
  ProductAt,
  Variant,
  VariantAt,
} from './catalog-records.ts';
import { couponsOf } from './coupons.ts';
import { plain } from './person.ts';
import { pretty, productsOf, WEEK } from './products.ts';
import type { CatalogOptions, Revision, StockedProduct } from './products.ts';
import { TAG } from './tags.ts';
import { CATEGORIES } from './words.ts';
import type { Catalog } from './world-records.ts';

/** What a shop sells: small tables that are made once, and how they stand at an instant. */
export class ShopCatalog implements Catalog {
  readonly #seed: number;
  readonly #products: readonly StockedProduct[];
  readonly #categories: readonly Category[];
  readonly #coupons: readonly Coupon[];
  /** Running shares of sales: few products make most of them. */
  readonly #popularity: Float64Array;

  constructor(options: CatalogOptions) {
    this.#seed = options.seed;
    this.#categories = categoriesAt(options.start - 30 * DAY);
    this.#products = productsOf(options);
    this.#coupons = couponsOf(options);
    let sum = 0;
    this.#popularity = Float64Array.from(
      this.#products,
      (_, rank) => (sum += 1 / (rank + 3) ** 0.8),
    );
  }

  products(now: number): readonly ProductAt[] {
    return this.#products
      .filter(({ product }) => exists(product, now))
      .map((stocked) => this.#standing(stocked, now));
  }

  product(id: number, now: number): ProductAt | undefined {
    const stocked = this.#products[id - 1];
    return stocked === undefined || !exists(stocked.product, now)
      ? undefined
      : this.#standing(stocked, now);
  }

  deletedProducts(
    window: { readonly from: number; readonly to: number },
    now: number,
  ): readonly { readonly id: number; readonly deletedAt: number }[] {
    return this.#products
      .map(({ product: { id, deletedAt = Number.POSITIVE_INFINITY } }) => ({ id, deletedAt }))
      .filter(({ deletedAt: at }) => at >= window.from && at < window.to && at <= now)
      .toSorted((left, right) => left.deletedAt - right.deletedAt);
  }

  categories(now: number): readonly Category[] {
    return this.#categories.filter(({ createdAt }) => createdAt <= now);
  }

  coupons(now: number): readonly Coupon[] {
    return this.#coupons.filter(({ startsAt }) => startsAt <= now);
  }

  /** A product that somebody buys at an instant, popular ones more often. */
  pick(random: Random, now: number): Product {
    const sought = random.next() * (this.#popularity.at(-1) ?? 0);
    let rank = firstAbove(this.#popularity, sought);
    for (let tries = 0; tries < this.#products.length; tries += 1) {
      const found = this.#products[rank]?.product;
      if (found?.isPublished === true && exists(found, now)) return found;
      rank = (rank + 1) % this.#products.length;
    }
    throw new RangeError('no product is on sale');
  }

  /** Prices and the name of a variant at an instant. */
  priceOf(
    variant: Variant,
    now: number,
  ): { name: string; price: number; listPrice: number; cost: number } {
    const stocked = this.#products[variant.productId - 1];
    if (stocked === undefined) throw new RangeError(`there is no product ${variant.productId}`);
    const { name, price, listPrice } = revisionAt(stocked, now);
    const base = stocked.basePrices[stocked.product.variants.indexOf(variant)] ?? 0;
    return {
      name,
      price: pretty(base * price),
      listPrice: pretty(base * listPrice),
      cost: costOf(stocked.product, base),
    };
  }

  #standing(stocked: StockedProduct, now: number): ProductAt {
    const { product, countedAt } = stocked;
    const revision = revisionAt(stocked, now);
    const week = Math.floor((now - countedAt) / WEEK);
    const counted = Math.max(product.createdAt, countedAt + week * WEEK);
    const variants = product.variants.map((variant): VariantAt => {
      const { price, listPrice, cost } = this.priceOf(variant, now);
      return { variant, price, listPrice, cost, stock: stockOf(this.#seed, variant.id, week) };
    });
    return { product, name: revision.name, updatedAt: Math.max(revision.at, counted), variants };
  }
}

/** The first of growing values that is above a limit. */
function firstAbove(values: Float64Array, limit: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((values[middle] ?? 0) > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}

function exists(product: Product, now: number): boolean {
  return product.createdAt <= now && (product.deletedAt ?? Number.POSITIVE_INFINITY) > now;
}

function revisionAt({ revisions }: StockedProduct, now: number): Revision {
  let found = revisions[0];
  for (const revision of revisions) if (revision.at <= now) found = revision;
  if (found === undefined) throw new RangeError('a product has no price');
  return found;
}

/** Some variants sell out before the next delivery. */
function stockOf(seed: number, variantId: number, week: number): number {
  const share = unit(seed, TAG.stock, variantId, week);
  return share < 0.06 ? 0 : Math.floor(share * share * 120) + 1;
}

function costOf(product: Product, basePrice: number): number {
  if (product.kind === 'gift_card') return 0;
  return Math.round(basePrice * (0.32 + (product.id % 7) * 0.03));
}

function categoriesAt(createdAt: number): Category[] {
  const parents = [...new Set(CATEGORIES.map(({ parent }) => parent))];
  const make = (name: string, id: number, parentId: number): Category => {
    return { id, name, handle: plain(name), parentId, createdAt };
  };
  return [
    ...parents.map((name, place) => make(name, place + 1, 0)),
    ...CATEGORIES.map(({ name, parent }, place) =>
      make(name, parents.length + place + 1, parents.indexOf(parent) + 1),
    ),
  ];
}
