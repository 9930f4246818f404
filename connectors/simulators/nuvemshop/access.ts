import type { ShopWorld } from '../shop/world-records.ts';
import type { SimulatorContext, SimulatorRequest, SimulatorResponse } from '../simulator.ts';
import { problem } from './answers.ts';
import type { NuvemshopState } from './state.ts';

type Context = SimulatorContext<ShopWorld, NuvemshopState>;

/** A user agent with a contact, then the token in its own header, then what the store lets the app do. */
export function authorize(
  request: SimulatorRequest,
  { state, tokens }: Context,
): SimulatorResponse | undefined {
  const { authentication = '', 'user-agent': agent = '' } = request.headers;
  if (!/\(.+\)/.test(agent)) {
    return problem(400, 'Bad Request', 'Missing a valid user_agent header');
  }
  const [, token] = /^bearer (.+)$/i.exec(authentication) ?? [];
  if (tokens.check(token) !== 'valid') {
    return problem(401, 'Unauthorized', 'Invalid access token');
  }
  if (request.parameters['store'] !== state.storeId) return problem(404, 'Not Found', 'Not Found');
  switch (state.refuses) {
    case 'store_suspended':
      return problem(402, 'Payment Required', 'The store has been suspended for lack of payment');
    case 'missing_scope':
      return problem(403, 'Forbidden', 'Missing a required scope');
    case undefined:
      return undefined;
  }
}

const tooFast = problem(429, 'Too Many Requests', 'Rate limit exceeded');

/** Every call takes one slot of the leaky bucket. */
export function limit(
  _request: SimulatorRequest,
  { state }: Context,
): SimulatorResponse | undefined {
  return state.bucket.take().isAllowed ? undefined : tooFast;
}

/** What is left in the bucket, and the milliseconds until it is empty. */
export function rateHeaders({ bucket, bucketSize }: NuvemshopState) {
  const left = Math.floor(bucket.available);
  return {
    'x-rate-limit-limit': String(bucketSize),
    'x-rate-limit-remaining': String(left),
    'x-rate-limit-reset': String(Math.ceil(((bucketSize - left) / bucketSize) * 20_000)),
  };
}

/** Trades a code, which works once, for a token that does not run out. */
export function exchangeCode(
  request: SimulatorRequest,
  { state, tokens }: Context,
): SimulatorResponse {
  const body = request.json();
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined;
  if (tokens.isClosed || typeof code !== 'string' || !state.codes.delete(code)) {
    return { status: 400, body: { error: 'invalid_grant', error_description: 'Invalid code' } };
  }
  return {
    status: 200,
    body: {
      access_token: tokens.issue('static', Number.POSITIVE_INFINITY),
      token_type: 'bearer',
      scope: 'read_orders,read_products,read_customers,read_coupons',
      user_id: Number(state.storeId),
    },
  };
}

export function faultAnswer(
  kind: 'rate_limited' | 'server_error' | 'unavailable',
): SimulatorResponse {
  if (kind === 'rate_limited') {
    const headers = { 'x-rate-limit-limit': '40', 'x-rate-limit-remaining': '0' };
    return { ...tooFast, headers };
  }
  const status = kind === 'unavailable' ? 503 : 500;
  return { status, body: '<html>Internal Server Error</html>' };
}
