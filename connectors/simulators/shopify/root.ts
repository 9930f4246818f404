import type { ShopWorld } from '../shop/world-records.ts';
import { collectionRecords, inventoryItems, productRecord } from './catalog.ts';
import { connection } from './connection.ts';
import type { ConnectionArguments, Reader } from './connection.ts';
import { numberOf } from './ids.ts';
import { orderRecord } from './orders.ts';
import { checkoutRecord, customerRecord, deletionEvents } from './people.ts';
import { windowOf } from './search.ts';

/** Who asks, and when. */
export interface RootContext {
  readonly world: ShopWorld;
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
  /** Connections without a size are whole. */
  readonly isBulk: boolean;
  /** Records by which a list has moved since its page before. */
  readonly shift: number;
}

/** The fields of the query type. */
export function queryRoot(context: RootContext) {
  const { world, now } = context;
  const page = <T>(from: ConnectionArguments, read: Reader<T>) => connection(from, read, context);
  const listed = <T>(from: ConnectionArguments, all: readonly T[]) =>
    page(from, (offset, limit) => ({
      total: all.length,
      items: all.slice(offset, offset + limit),
    }));
  const changed = ({ query }: ConnectionArguments) => windowOf(query, 'updated_at', now);
  const made = ({ query }: ConnectionArguments) => windowOf(query, 'created_at', now);
  const isWithin = (instant: number, { from, to }: { from: number; to: number }) =>
    instant >= from && instant < to;
  const products = () => world.catalog.products(now).toSorted((a, b) => a.updatedAt - b.updatedAt);

  return {
    shop: () => shopRecord(world),
    orders: (from: ConnectionArguments) =>
      page(from, (offset, limit) => {
        const part = { offset, limit };
        const { total, items } = world.orders.changed(changed(from), now, part, 'changed');
        return { total, items: items.map(orderRecord) };
      }),
    order: ({ id }: { readonly id: string }) => {
      const found = world.orders.at(numberOf('Order', id) ?? -1, now);
      return found === undefined ? null : orderRecord(found);
    },
    customers: (from: ConnectionArguments) =>
      page(from, (offset, limit) => {
        const { total, items } = world.accounts.changed(changed(from), now, { offset, limit });
        return { total, items: items.map(customerRecord) };
      }),
    products: (from: ConnectionArguments) => {
      const window = changed(from);
      const categories = world.catalog.categories(now);
      const wanted = products().filter(({ updatedAt }) => isWithin(updatedAt, window));
      return listed(
        from,
        wanted.map((product) => productRecord(product, categories)),
      );
    },
    product: ({ id }: { readonly id: string }) => {
      const found = world.catalog.product(numberOf('Product', id) ?? -1, now);
      return found === undefined ? null : productRecord(found, world.catalog.categories(now));
    },
    abandonedCheckouts: (from: ConnectionArguments) =>
      page(from, (offset, limit) => {
        const { total, items } = world.carts.abandoned(made(from), now, { offset, limit });
        return { total, items: items.map(checkoutRecord) };
      }),
    inventoryItems: (from: ConnectionArguments) => listed(from, inventoryItems(world, now)),
    inventoryItem: ({ id }: { readonly id: string }) =>
      inventoryItems(world, now).find((item) => item.id === id) ?? null,
    collections: (from: ConnectionArguments) => {
      const window = changed(from);
      const all = collectionRecords(world, now);
      return listed(
        from,
        all.filter(({ updated }) => isWithin(updated, window)),
      );
    },
    collection: ({ id }: { readonly id: string }) =>
      collectionRecords(world, now).find((one) => one.id === id) ?? null,
    events: (from: ConnectionArguments) => listed(from, deletionEvents(world, made(from), now)),
  };
}

function shopRecord({ shop }: ShopWorld) {
  return {
    id: 'gid://shopify/Shop/66340061',
    name: shop.name,
    myshopifyDomain: 'loja-gerada.myshopify.com',
    primaryDomain: { host: shop.domain },
    currencyCode: shop.currency,
    ianaTimezone: shop.timeZone,
    weightUnit: 'KILOGRAMS',
    taxesIncluded: true,
    plan: { publicDisplayName: 'Basic', partnerDevelopment: false, shopifyPlus: false },
  };
}
