import type { ShopWorld } from '../shop/world-records.ts';
import type { SimulatorContext, SimulatorRequest, SimulatorResponse } from '../simulator.ts';
import { problem, refused, timeText } from './answers.ts';
import type { ClosedCode, TrayState } from './state.ts';

type Context = SimulatorContext<ShopWorld, TrayState>;

const HOUR_MS = 3_600_000;
const ACCESS_MS = 3 * HOUR_MS;
const REFRESH_MS = 30 * 24 * HOUR_MS;

const CLOSED: Readonly<Record<ClosedCode, string>> = {
  1001: 'Loja bloqueada',
  1002: 'Loja inativa',
  1003: 'Loja cancelada',
};

/** The token is taken in the query only; a store that is closed says so to every token. */
export function authorize(
  request: SimulatorRequest,
  { state, tokens }: Context,
): SimulatorResponse | undefined {
  const { path, query } = request;
  if (state.closed !== undefined) return refused(state.closed, CLOSED[state.closed], path);
  switch (tokens.check(query.get('access_token') ?? undefined)) {
    case 'valid':
      return undefined;
    case 'expired':
      return refused(1000, 'Token expirado', path);
    case 'revoked':
    case 'unknown':
      return refused(1099, 'Token inválido', path);
  }
}

const tooFast = problem(429, 'Too Many Requests');

/** So many calls in a minute and in a day. */
export function limit(
  _request: SimulatorRequest,
  { state }: Context,
): SimulatorResponse | undefined {
  if (!state.minute.take().isAllowed) return tooFast;
  if (state.day.take().isAllowed) return undefined;
  return problem(429, 'Too Many Requests', ['Limite diário excedido']);
}

export function faultAnswer(
  kind: 'rate_limited' | 'server_error' | 'unavailable',
): SimulatorResponse {
  if (kind === 'rate_limited') return tooFast;
  return { status: kind === 'unavailable' ? 503 : 500, body: '<html>Erro interno</html>' };
}

/** Trades the code of an installation for tokens. */
export function exchangeCode(request: SimulatorRequest, context: Context): SimulatorResponse {
  const form = request.form();
  const isComplete = form.has('consumer_key') && form.has('consumer_secret');
  const { state, tokens } = context;
  if (tokens.isClosed || !isComplete || !state.codes.has(form.get('code') ?? '')) {
    return refused(1099, 'Código inválido', request.path);
  }
  return pair(request, context);
}

/** Trades a refresh token, which works once, for a new pair. */
export function refreshTokens(request: SimulatorRequest, context: Context): SimulatorResponse {
  const { tokens } = context;
  const token = request.query.get('refresh_token') ?? undefined;
  if (tokens.isClosed || tokens.spend(token) !== 'valid') {
    return refused(1099, 'Refresh token inválido', request.path);
  }
  return pair(request, context);
}

function pair(request: SimulatorRequest, { state, tokens, origin }: Context): SimulatorResponse {
  return {
    status: 201,
    body: {
      code: 201,
      message: 'Created tokens',
      access_token: tokens.issue('access', ACCESS_MS),
      refresh_token: tokens.issue('refresh', REFRESH_MS),
      date_expiration_access_token: timeText(request.now + ACCESS_MS),
      date_expiration_refresh_token: timeText(request.now + REFRESH_MS),
      date_activated: timeText(request.now),
      api_host: `${origin}/web_api`,
      store_id: state.storeId,
    },
  };
}
