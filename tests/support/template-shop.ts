import type { Answer, AnsweringServer, SeenRequest } from './answering-server.ts';
import { answeringServer, json } from './answering-server.ts';

interface ShopOrder {
  readonly id: number;
  readonly total: string;
  /** ISO instant. */
  readonly updated_at: string;
  readonly status?: string;
  readonly lines?: readonly { readonly id: number; readonly quantity: number }[];
}

/** What the invented shop of `connectors/_template` holds and how it behaves; tests change it as they go. */
export interface ShopWorld {
  orders: ShopOrder[];
  customers: { readonly id: number; readonly name: string }[];
  currency: string;
  timeZone: string;
  /** Answers in place of the shop where it returns something. */
  intercept: (request: SeenRequest, index: number) => Answer | undefined;
}

export interface TemplateShop extends AnsweringServer {
  readonly world: ShopWorld;
  /** Pages of orders that were asked for: `2026-10-01T00:00:00.000Z..2026-10-08T00:00:00.000Z p1`. */
  readonly asked: () => readonly string[];
}

/** Starts the shop of `connectors/_template` as a real server. */
export async function templateShop(world: Partial<ShopWorld> = {}): Promise<TemplateShop> {
  const shop: ShopWorld = {
    orders: [],
    customers: [],
    currency: 'BRL',
    timeZone: 'America/Sao_Paulo',
    intercept: () => undefined,
    ...world,
  };
  let index = 0;
  const server = await answeringServer((response, request) => {
    index += 1;
    const answer = shop.intercept(request, index) ?? answerOf(shop, request);
    answer(response, request);
  });
  return {
    ...server,
    world: shop,
    asked: () =>
      server.requests
        .filter(({ url }) => url.pathname.endsWith('/orders'))
        .map(({ url: { searchParams: query } }) => {
          return `${query.get('updated_from')}..${query.get('updated_to')} p${query.get('page')}`;
        }),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

function answerOf(shop: ShopWorld, { url }: SeenRequest): Answer {
  const query = url.searchParams;
  if (url.pathname.endsWith('/orders')) {
    const from = Date.parse(query.get('updated_from') ?? '');
    const to = Date.parse(query.get('updated_to') ?? '');
    const found = shop.orders.filter(({ updated_at }) => {
      const at = Date.parse(updated_at);
      return at >= from && at < to;
    });
    return page(found, query);
  }
  if (url.pathname.endsWith('/customers')) return page(shop.customers, query);
  const { currency, timeZone } = shop;
  return json(200, { name: 'Loja', time_zone: timeZone, currency });
}

function page(records: readonly unknown[], query: URLSearchParams): Answer {
  const number = Number(query.get('page'));
  const limit = Number(query.get('limit'));
  const data = records.slice((number - 1) * limit, number * limit);
  return json(200, { data, next: number * limit < records.length ? number + 1 : null });
}
