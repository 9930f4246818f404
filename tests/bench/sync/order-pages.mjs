// Pages of a shop's orders, as Shopify's GraphQL answers them, at next to no cost: a page is made once and only
// the digits of its ids are written anew. Argument 1 is the file of a recorded page, argument 2 the number of
// orders; `POST /orders?count=N` sets another number. Prints its port.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const LINES = 3;
const DIGITS = 13;
const MARK = '7777777777777';
const LAST_PAGE = { hasNextPage: false, endCursor: null };

const [recorded] = JSON.parse(readFileSync(process.argv[2], 'utf8')).data.orders.nodes;
let count = Number(process.argv[3]);
const pages = new Map();

function orderText() {
  const [line] = recorded.lineItems.nodes;
  const nodes = Array.from({ length: LINES }, (_, index) => ({
    ...line,
    id: `gid://shopify/LineItem/${MARK}${index}`,
  }));
  return JSON.stringify({
    ...recorded,
    id: `gid://shopify/Order/${MARK}`,
    legacyResourceId: MARK,
    lineItems: { ...recorded.lineItems, nodes },
    shippingLines: { ...recorded.shippingLines, pageInfo: LAST_PAGE },
    discountApplications: { ...recorded.discountApplications, pageInfo: LAST_PAGE },
  });
}

/** A page of a size with the places of its ids, order by order. */
function pageOf(size) {
  const order = orderText();
  const start = '{"data":{"orders":{"nodes":[';
  const bytes = Buffer.from(`${start}${Array.from({ length: size }, () => order).join(',')}]`);
  const places = [];
  for (let at = bytes.indexOf(MARK); at !== -1; at = bytes.indexOf(MARK, at + DIGITS)) {
    places.push(at);
  }
  return { bytes, places, perOrder: places.length / size };
}

function answer({ operationName, variables }) {
  if (operationName === 'shop') {
    const shop = {
      id: 'gid://shopify/Shop/1',
      name: 'Loja',
      currencyCode: 'BRL',
      ianaTimezone: 'America/Sao_Paulo',
    };
    return [Buffer.from(JSON.stringify({ data: { shop } }))];
  }
  if (operationName !== 'orders') {
    const events = { nodes: [], pageInfo: LAST_PAGE };
    return [Buffer.from(JSON.stringify({ data: { events } }))];
  }
  const from = Number(variables.after ?? 0);
  const size = Math.min(variables.first, count - from);
  const page = pages.get(size) ?? pageOf(size);
  pages.set(size, page);
  page.places.forEach((at, index) => {
    const id = 6_120_000_000_000 + from + Math.floor(index / page.perOrder);
    page.bytes.write(String(id), at, 'latin1');
  });
  const to = from + size;
  const pageInfo = JSON.stringify({ hasNextPage: to < count, endCursor: String(to) });
  return [Buffer.from(page.bytes), Buffer.from(`,"pageInfo":${pageInfo}}}}`)];
}

async function serve(request, response) {
  const parts = [];
  for await (const part of request) parts.push(part);
  const wanted = new URL(request.url, 'http://localhost').searchParams.get('count');
  if (wanted !== null) {
    count = Number(wanted);
    response.end();
    return;
  }
  response.sendDate = false;
  const body = answer(JSON.parse(Buffer.concat(parts).toString()));
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': body.reduce((sum, { length }) => sum + length, 0),
  });
  for (const part of body) response.write(part);
  response.end();
}

const server = createServer((request, response) => void serve(request, response));
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
