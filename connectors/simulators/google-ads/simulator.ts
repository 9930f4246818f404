import type {
  SimulatorContext,
  SimulatorDefinition,
  SimulatorRequest,
  SimulatorResponse,
} from '../simulator.ts';
import { failure, unauthenticated } from './answers.ts';
import type { GaqlQuery } from './gaql.ts';
import { parseGaql } from './gaql.ts';
import type { Json } from './rows.ts';
import { rowsOf } from './rows.ts';
import { GoogleAdsState } from './state.ts';
import type { GoogleAdsWorld } from './world.ts';

type Context = SimulatorContext<GoogleAdsWorld, GoogleAdsState>;

const VERSION = 'v26';
const TOKEN_MS = 3_599_000;
/** How long a page token lives. */
const PAGE_TOKEN_MS = 7_200_000;

/** The Google Ads API, as far as it is read: GAQL searches of one customer. */
export const googleAdsSimulator: SimulatorDefinition<GoogleAdsWorld, GoogleAdsState> = {
  name: 'google_ads',
  realOrigins: ['https://googleads.googleapis.com', 'https://oauth2.googleapis.com'],
  createState: ({ clock }) => new GoogleAdsState(clock),
  authorize,
  limit,
  faultAnswer,
  notFound: () => ({
    status: 404,
    headers: { 'content-type': 'text/html; charset=UTF-8' },
    body: '<!DOCTYPE html><html lang=en><title>Error 404 (Not Found)!!1</title></html>',
  }),
  routes: [
    { method: 'POST', path: '/token', open: true, handle: giveToken },
    {
      method: 'POST',
      path: `/${VERSION}/customers/{customer}/googleAds:search`,
      handle: search,
    },
  ],
};

function giveToken(request: SimulatorRequest, { tokens }: Context): SimulatorResponse {
  const form = request.form();
  const isKnown = tokens.check(form.get('refresh_token') ?? undefined) === 'valid';
  if (form.get('grant_type') !== 'refresh_token' || !isKnown || tokens.isClosed) {
    const error_description = 'Token has been expired or revoked.';
    return { status: 400, body: { error: 'invalid_grant', error_description } };
  }
  return {
    status: 200,
    body: {
      access_token: tokens.issue('access', TOKEN_MS),
      expires_in: TOKEN_MS / 1000,
      scope: 'https://www.googleapis.com/auth/adwords',
      token_type: 'Bearer',
    },
  };
}

function authorize(
  request: SimulatorRequest,
  { tokens, world }: Context,
): SimulatorResponse | undefined {
  const [, token] = /^Bearer (.+)$/.exec(request.headers['authorization'] ?? '') ?? [];
  if (tokens.check(token) !== 'valid') return unauthenticated();
  if (request.headers['developer-token'] === undefined) {
    return failure(403, 'authenticationError', 'DEVELOPER_TOKEN_PARAMETER_MISSING');
  }
  const isOwn = request.parameters['customer'] === world.advertising.account('google').id;
  return isOwn ? undefined : failure(403, 'authorizationError', 'USER_PERMISSION_DENIED');
}

function limit(request: SimulatorRequest, { state }: Context): SimulatorResponse | undefined {
  const met = state.take(bodyOf(request).pageToken === undefined);
  if (met === undefined) return undefined;
  return failure(429, 'quotaError', met.scope, { retryDelay: `${met.seconds}s` });
}

interface SearchBody {
  readonly query?: string;
  readonly pageToken?: string;
  readonly pageSize?: number;
}

function bodyOf(request: SimulatorRequest): SearchBody {
  return (request.json() ?? {}) as SearchBody;
}

function search(request: SimulatorRequest, { world, state }: Context): SimulatorResponse {
  const { query: text = '', pageToken, pageSize } = bodyOf(request);
  if (pageSize !== undefined) return failure(400, 'requestError', 'PAGE_SIZE_NOT_SUPPORTED');
  const query = parseGaql(text);
  if (query === undefined) return failure(400, 'queryError', 'UNEXPECTED_INPUT');
  const refused = refusedSelection(query);
  if (refused !== undefined) return failure(400, 'queryError', refused);
  const begin = beginOf(pageToken, request.now);
  if (begin === undefined) return failure(400, 'requestError', 'EXPIRED_PAGE_TOKEN');
  const all = rowsOf({ world, now: request.now, query });
  if (all === undefined) return failure(400, 'queryError', 'BAD_RESOURCE_TYPE_IN_FROM_CLAUSE');
  return page(all, { query, text, begin, request, pageSize: state.pageSize });
}

/** One page: `results` is missing where nothing fits, `nextPageToken` on the last. */
function page(
  all: readonly Json[],
  asked: {
    readonly query: GaqlQuery;
    readonly text: string;
    readonly begin: number;
    readonly request: SimulatorRequest;
    readonly pageSize: number;
  },
): SimulatorResponse {
  const { query, text, begin, request, pageSize } = asked;
  const from = Math.max(0, begin - request.shift);
  const wanted = query.limit === undefined ? all : all.slice(0, query.limit);
  const results = wanted.slice(from, from + pageSize).map((row) => selected(row, query.fields));
  const end = from + results.length;
  const token = Buffer.from(`${end}:${request.now}`).toString('base64url');
  return {
    status: 200,
    body: {
      ...(results.length === 0 ? {} : { results }),
      ...(end < wanted.length ? { nextPageToken: token } : {}),
      fieldMask: query.fields.map(camelCase).join(','),
      queryResourceConsumption: '312',
    },
    page: { path: 'results', list: text, isFirst: begin === 0 },
  };
}

/** Spend cannot be selected with the conversion action, and a segment of days needs its filter. */
function refusedSelection({ fields, days, resource }: GaqlQuery): string | undefined {
  const byAction = fields.includes('segments.conversion_action');
  if (byAction && fields.some((field) => /metrics\.(clicks|cost|impressions)/.test(field))) {
    return 'PROHIBITED_SEGMENT_IN_SELECT_OR_WHERE_CLAUSE';
  }
  if (fields.includes('segments.date') && days === undefined) return 'EXPECTED_REFERENCED_FIELD';
  if (resource === 'click_view' && days?.since !== days?.until) return 'INVALID_VALUE_WITH_DURING';
  return undefined;
}

function beginOf(pageToken: string | undefined, now: number): number | undefined {
  if (pageToken === undefined) return 0;
  const [begin, at] = Buffer.from(pageToken, 'base64url').toString().split(':').map(Number);
  return at === undefined || now - at > PAGE_TOKEN_MS ? undefined : begin;
}

/** The fields of a row that were asked for, and resource names, which come unasked. */
function selected(row: Json, fields: readonly string[]): Json {
  const answer: Record<string, unknown> = {};
  for (const field of fields) {
    const path = field.split('.').map(camelCase);
    copy(row, answer, path);
  }
  return answer;
}

function copy(from: Json, to: Record<string, unknown>, path: readonly string[]): void {
  const [key = '', ...rest] = path;
  const value = from[key];
  if (value === undefined) return;
  if (rest.length === 0 || typeof value !== 'object' || value === null) {
    to[key] = value;
    return;
  }
  const inner = (to[key] ??= {}) as Record<string, unknown>;
  const { resourceName } = value as Json;
  if (resourceName !== undefined) inner['resourceName'] = resourceName;
  copy(value as Json, inner, rest);
}

function camelCase(name: string): string {
  return name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function faultAnswer(kind: 'rate_limited' | 'server_error' | 'unavailable'): SimulatorResponse {
  switch (kind) {
    case 'rate_limited':
      return failure(429, 'quotaError', 'RESOURCE_TEMPORARILY_EXHAUSTED', { retryDelay: '5s' });
    case 'server_error':
      return failure(500, 'internalError', 'TRANSIENT_ERROR');
    case 'unavailable':
      return {
        status: 503,
        body: {
          error: { code: 503, message: 'The service is unavailable.', status: 'UNAVAILABLE' },
        },
      };
  }
}
