import type { Account } from '../shop/people-records.ts';
import type { Cart } from '../shop/order-records.ts';
import type { ShopWorld, Window } from '../shop/world-records.ts';
import type {
  Route,
  SimulatorContext,
  SimulatorDefinition,
  SimulatorRequest,
  SimulatorResponse,
} from '../simulator.ts';
import { authorize, exchangeCode, faultAnswer, limit, rateHeaders } from './access.ts';
import { problem } from './answers.ts';
import { checkoutRecord } from './checkout-json.ts';
import { couponRecord } from './coupon-json.ts';
import { newestFirst, pageOf, sourceOf, windowOf } from './lists.ts';
import { orderRecord } from './order-json.ts';
import { customerRecord } from './people-json.ts';
import { categoryRecord, productRecord } from './product-json.ts';
import { NuvemshopState } from './state.ts';
import { storeRecord } from './store-json.ts';

type Context = SimulatorContext<ShopWorld, NuvemshopState>;

const BASE = '/2025-03/{store}';
const HOUR_MS = 3_600_000;
/** Carts appear 6 hours after they were abandoned and are kept for 30 days. */
const HIDDEN_MS = 6 * HOUR_MS;
const KEPT_MS = 30 * 24 * HOUR_MS;
const ALWAYS: Window = { from: 0, to: Number.POSITIVE_INFINITY };

/** Nuvemshop's admin API, as far as it is read: one store. */
export const nuvemshopSimulator: SimulatorDefinition<ShopWorld, NuvemshopState> = {
  name: 'nuvemshop',
  realOrigins: ['https://api.nuvemshop.com.br', 'https://www.tiendanube.com'],
  createState: ({ clock, shopClock }) => new NuvemshopState(clock, shopClock),
  authorize,
  limit,
  decorate: (answer, _request, context) => ({
    ...answer,
    headers: { ...rateHeaders(context.state), ...answer.headers },
  }),
  faultAnswer,
  notFound: () => problem(404, 'Not Found', 'Not Found'),
  routes: [
    { method: 'POST', path: '/apps/authorize/token', open: true, handle: exchangeCode },
    route('store', (_request, { world, state }) => ({
      status: 200,
      body: storeRecord(world.shop, state.storeId),
    })),
    route('orders', listOrders),
    route('customers', listCustomers),
    route('products', listProducts),
    route('categories', listCategories),
    route('checkouts', listCheckouts),
    route('coupons', listCoupons),
  ],
};

function route(
  resource: string,
  handle: (request: SimulatorRequest, context: Context) => SimulatorResponse,
): Route<ShopWorld, NuvemshopState> {
  return { method: 'GET', path: `${BASE}/${resource}`, handle };
}

/** Sorted by creation only, whatever is asked. */
function listOrders(request: SimulatorRequest, context: Context): SimulatorResponse {
  const { world, state, origin } = context;
  const updated = windowOf(request, 'updated_at');
  const created = windowOf(request, 'created_at');
  if (updated !== undefined && 'status' in updated) return updated;
  if (created !== undefined && 'status' in created) return created;
  const withFulfillments = request.query.get('aggregates') === 'fulfillment_orders';
  const coupons = world.catalog.coupons(request.now);
  const source = newestFirst(
    (part) =>
      created === undefined
        ? world.orders.changed(updated ?? ALWAYS, request.now, part, 'placed')
        : world.orders.placed(created, request.now, part),
    (at) => {
      const { accountId, coupon } = at.order;
      return orderRecord(at, {
        storeId: state.storeId,
        // As it was when the order last changed: an order that stands still is the same whenever it is read.
        account: accountId === undefined ? undefined : world.accounts.at(accountId, at.updatedAt),
        coupon: coupons.find(({ code }) => code === coupon?.code),
        withFulfillments,
      });
    },
  );
  return pageOf(source, request, origin);
}

function listCustomers(request: SimulatorRequest, context: Context): SimulatorResponse {
  const { world, state, origin } = context;
  const updated = windowOf(request, 'updated_at');
  const created = windowOf(request, 'created_at');
  if (updated !== undefined && 'status' in updated) return updated;
  if (created !== undefined && 'status' in created) return created;
  if (created === undefined) {
    const { accounts } = world;
    const source = newestFirst(
      (part) => accounts.changed(updated ?? ALWAYS, request.now, part),
      customerRecord,
    );
    return pageOf(source, request, origin);
  }
  const all = state.listOf<Account>('customers', (now) => {
    const { total } = world.accounts.changed(ALWAYS, now, { offset: 0, limit: 0 });
    const { items } = world.accounts.changed(ALWAYS, now, { offset: 0, limit: total });
    return items.toSorted((left, right) => left.createdAt - right.createdAt);
  });
  const found = all.filter(({ createdAt }) => isWithin(createdAt, created));
  return pageOf(sourceOf(found, customerRecord), request, origin);
}

function listProducts(request: SimulatorRequest, context: Context): SimulatorResponse {
  const { world, origin } = context;
  const updated = windowOf(request, 'updated_at') ?? ALWAYS;
  const created = windowOf(request, 'created_at') ?? ALWAYS;
  if ('status' in updated) return updated;
  if ('status' in created) return created;
  const categories = world.catalog.categories(request.now);
  const found = world.catalog
    .products(request.now)
    .filter((at) => isWithin(at.updatedAt, updated) && isWithin(at.product.createdAt, created));
  const source = sourceOf(found, (at) => productRecord(at, categories));
  return pageOf(source, request, origin);
}

function listCategories(request: SimulatorRequest, { world, origin }: Context): SimulatorResponse {
  const all = world.catalog.categories(request.now);
  const source = sourceOf(all, (category) => categoryRecord(category, all));
  return pageOf(source, request, origin);
}

function listCoupons(request: SimulatorRequest, { world, origin }: Context): SimulatorResponse {
  return pageOf(sourceOf(world.catalog.coupons(request.now), couponRecord), request, origin);
}

function listCheckouts(request: SimulatorRequest, context: Context): SimulatorResponse {
  const { world, state, origin } = context;
  const created = windowOf(request, 'created_at') ?? ALWAYS;
  if ('status' in created) return created;
  const all = state.listOf<Cart>('checkouts', (now) => {
    const window = { from: now - KEPT_MS, to: now - HIDDEN_MS };
    const { total } = world.carts.abandoned(window, now, { offset: 0, limit: 0 });
    const { items } = world.carts.abandoned(window, now, { offset: 0, limit: total });
    return items.toSorted((left, right) => left.startedAt - right.startedAt);
  });
  const found = all.filter(({ startedAt }) => isWithin(startedAt, created));
  const source = sourceOf(found, (cart) => checkoutRecord(cart, state.storeId));
  return pageOf(source, request, origin);
}

function isWithin(instant: number, { from, to }: Window): boolean {
  return instant >= from && instant < to;
}
