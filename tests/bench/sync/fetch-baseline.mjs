// Fetches and parses all pages of orders, one after the other, and nothing else: argument 1 is the origin, argument
// 2 the size of a page. Prints the milliseconds.
import { performance } from 'node:perf_hooks';
import { request } from 'undici';

const [, , origin, first] = process.argv;
const started = performance.now();
let after = null;
do {
  const answer = await request(`${origin}/admin/api/graphql.json`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ operationName: 'orders', variables: { first: Number(first), after } }),
  });
  const { pageInfo } = JSON.parse(await answer.body.text()).data.orders;
  after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
} while (after !== null);
console.log(performance.now() - started);
