import type { ProductAt, VariantAt } from '../shop/catalog-records.ts';
import type { ShopWorld } from '../shop/world-records.ts';
import type {
  Route,
  SimulatorContext,
  SimulatorDefinition,
  SimulatorRequest,
  SimulatorResponse,
} from '../simulator.ts';
import { authorize, exchangeCode, faultAnswer, limit, refreshTokens } from './access.ts';
import { problem } from './answers.ts';
import { cartRecord } from './cart-json.ts';
import { couponRecord, productRecord, variantRecord } from './catalog-json.ts';
import { completeCustomer, listedCustomer } from './customer-json.ts';
import { accountOf, orderIndex } from './ids.ts';
import { soldLine } from './lines-json.ts';
import type { ListShape } from './lists.ts';
import { modifiedOf, pageOf, partOfAll, partOfShelf } from './lists.ts';
import { completeOrder, listedOrder } from './order-json.ts';
import { TrayState } from './state.ts';
import { statusRecord, STATUSES } from './status-json.ts';

type Context = SimulatorContext<ShopWorld, TrayState>;

const DAY_MS = 86_400_000;
/** Days for which carts are shown. */
const CARTS_MS = 30 * DAY_MS;

const notThere = problem(404, 'Not Found', ['Invalid parameter id.']);

/** Tray's API, as far as it is read: one store, whose address ends in `/web_api`. */
export const traySimulator: SimulatorDefinition<ShopWorld, TrayState> = {
  name: 'tray',
  realOrigins: ['https://lojaaurora.commercesuite.com.br'],
  createState: ({ clock, shopClock, world }) => new TrayState(clock, shopClock, world),
  authorize,
  limit,
  faultAnswer,
  notFound: () => problem(404, 'Not Found', ['Invalid URL.']),
  routes: [
    { method: 'POST', path: '/web_api/auth', open: true, handle: exchangeCode },
    { method: 'GET', path: '/web_api/auth', open: true, handle: refreshTokens },
    route('orders', listOrders),
    route('orders/statuses', listStatuses),
    route('orders/{id}/complete', readOrder),
    route('customers', listCustomers),
    route('customers/{id}', readCustomer),
    route('products', listProducts),
    route('products/variants', listVariants),
    route('products_solds', listSoldLines),
    route('discount_coupons', listCoupons),
    route('carts', listCarts),
  ],
};

function route(
  resource: string,
  handle: (request: SimulatorRequest, context: Context) => SimulatorResponse,
): Route<ShopWorld, TrayState> {
  return { method: 'GET', path: `/web_api/${resource}`, handle };
}

const ORDERS: ListShape = {
  list: 'Orders',
  item: 'Order',
  filters: ['id', 'status', 'customer_id', 'has_payment', 'modified', 'date'],
};

function listOrders(request: SimulatorRequest, { world, state }: Context): SimulatorResponse {
  const modified = modifiedOf(request, state);
  if ('status' in modified) return modified;
  const part = partOfShelf(
    (asked) => world.orders.changed(modified.window, request.now, asked, 'placed'),
    listedOrder,
  );
  return pageOf(ORDERS, part, request, modified);
}

function readOrder(request: SimulatorRequest, { world }: Context): SimulatorResponse {
  const at = world.orders.at(orderIndex(request.parameters['id'] ?? ''), request.now);
  if (at === undefined) return notThere;
  const { accountId } = at.order;
  // As it was when the order last changed: an order that stands still is the same whenever it is read.
  const account = accountId === undefined ? undefined : world.accounts.at(accountId, at.updatedAt);
  return { status: 200, body: completeOrder(at, account) };
}

function listStatuses(request: SimulatorRequest): SimulatorResponse {
  const shape = { list: 'OrderStatuses', item: 'OrderStatus', filters: ['id', 'status'] };
  return pageOf(shape, partOfAll(STATUSES, statusRecord), request);
}

const CUSTOMERS: ListShape = {
  list: 'Customers',
  item: 'Customer',
  filters: ['id', 'name', 'email', 'cpf', 'cnpj', 'created', 'modified'],
};

function listCustomers(request: SimulatorRequest, { world, state }: Context): SimulatorResponse {
  const modified = modifiedOf(request, state);
  if ('status' in modified) return modified;
  const part = partOfShelf(
    (asked) => world.accounts.changed(modified.window, request.now, asked),
    listedCustomer,
  );
  return pageOf(CUSTOMERS, part, request, modified);
}

function readCustomer(request: SimulatorRequest, { world }: Context): SimulatorResponse {
  const account = world.accounts.at(accountOf(request.parameters['id'] ?? ''), request.now);
  return account === undefined
    ? notThere
    : { status: 200, body: { Customer: completeCustomer(account) } };
}

const PRODUCTS: ListShape = {
  list: 'Products',
  item: 'Product',
  filters: ['id', 'name', 'category_id', 'ean', 'available', 'brand', 'modified', 'created'],
};

function listProducts(request: SimulatorRequest, { world, state }: Context): SimulatorResponse {
  const modified = modifiedOf(request, state);
  if ('status' in modified) return modified;
  const { from, to } = modified.window;
  const found = world.catalog
    .products(request.now)
    .filter(({ updatedAt }) => updatedAt >= from && updatedAt < to);
  return pageOf(PRODUCTS, partOfAll(found, productRecord), request, modified);
}

function listVariants(request: SimulatorRequest, { world }: Context): SimulatorResponse {
  const shape = { list: 'Variants', item: 'Variant', filters: ['id', 'product_id', 'stock'] };
  const all = world.catalog.products(request.now).flatMap((product) => variantsOf(product));
  const part = partOfAll(all, ({ at, options, order }) => variantRecord(at, options, order));
  return pageOf(shape, part, request);
}

/** A product without options has no variants of its own. */
function variantsOf({ product, variants }: ProductAt): readonly {
  readonly at: VariantAt;
  readonly options: readonly string[];
  readonly order: number;
}[] {
  if (product.options.length === 0) return [];
  return variants.map((at, index) => ({ at, options: product.options, order: index + 1 }));
}

function listSoldLines(request: SimulatorRequest, { world, state }: Context): SimulatorResponse {
  const shape = { list: 'ProductsSolds', item: 'ProductsSold', filters: ['id', 'product_id'] };
  const range = { first: 0, end: world.orders.countBefore(state.listedAt()) };
  const part = partOfShelf((asked) => state.soldLines.part(range, asked), soldLine);
  return pageOf(shape, part, request);
}

function listCoupons(request: SimulatorRequest, { world }: Context): SimulatorResponse {
  const shape = { list: 'DiscountCoupons', item: 'DiscountCoupon', filters: ['id', 'code'] };
  return pageOf(shape, partOfAll(world.catalog.coupons(request.now), couponRecord), request);
}

function listCarts(request: SimulatorRequest, { world, state }: Context): SimulatorResponse {
  const shape = { list: 'Carts', item: 'Cart', filters: ['session_id', 'customer_id', 'date'] };
  const now = state.listedAt();
  const window = { from: now - CARTS_MS, to: now };
  const { total, items } = world.carts.abandoned(window, now, { offset: 0, limit: 1 });
  const first = items[0]?.index ?? 0;
  const range = { first, end: first + total };
  const part = partOfShelf((asked) => state.cartLines.part(range, asked), cartRecord);
  return pageOf(shape, part, request);
}
