import type {
  Route,
  SimulatorContext,
  SimulatorDefinition,
  SimulatorRequest,
  SimulatorResponse,
} from '../simulator.ts';
import { badParameter, notThere, ok, problem, tooManyRows } from './answers.ts';
import {
  accountRecord,
  adRecords,
  adSetRecords,
  campaignRecords,
  creativeRecords,
} from './entities.ts';
import { selected } from './filters.ts';
import { insightRows } from './insights.ts';
import { readQuestion } from './insights-question.ts';
import { pageOf, tokenOf } from './lists.ts';
import { createRun, pageOfRows, runRows, runStatus } from './report-runs.ts';
import { MetaAdsState } from './state.ts';
import { limitOf, usageHeaders, userLimit } from './usage.ts';
import type { MetaAdsWorld } from './world.ts';

type Context = SimulatorContext<MetaAdsWorld, MetaAdsState>;

/** The version that is served, whatever older one is asked for. */
const SERVED = 'v25.0';
const OLDEST = 24;
const LONG_LIVED_MS = 5_183_944_000;

/** Meta's Marketing API, as far as it is read: one ad account, its objects and their insights. */
export const metaAdsSimulator: SimulatorDefinition<MetaAdsWorld, MetaAdsState> = {
  name: 'meta_ads',
  realOrigins: ['https://graph.facebook.com'],
  createState: ({ clock }) => new MetaAdsState(clock),
  authorize,
  limit: limitOf,
  decorate: (answer, request, context) => ({
    ...answer,
    headers: {
      'facebook-api-version': SERVED,
      ...usageHeaders(request, context),
      ...answer.headers,
    },
  }),
  faultAnswer: (kind) => (kind === 'rate_limited' ? userLimit : unexpected(kind)),
  notFound: () =>
    problem({ code: 2500, message: 'Unknown path components', isTransient: false, status: 400 }),
  routes: [
    { method: 'GET', path: '/{version}/oauth/access_token', open: true, handle: exchangeToken },
    { method: 'GET', path: '/{version}/act_{account}', handle: readAccount },
    entityRoute('campaigns', 'campaign', campaignRecords),
    entityRoute('adsets', 'adset', adSetRecords),
    entityRoute('ads', 'ad', adRecords),
    entityRoute('adcreatives', 'adcreative', creativeRecords),
    { method: 'GET', path: '/{version}/act_{account}/insights', handle: readInsights },
    { method: 'POST', path: '/{version}/act_{account}/insights', handle: createRun },
    { method: 'GET', path: '/{version}/{id}/insights', handle: runRows },
    { method: 'GET', path: '/{version}/{id}', handle: runStatus },
  ],
};

function authorize(request: SimulatorRequest, context: Context): SimulatorResponse | undefined {
  const { version = '', account } = request.parameters;
  const state = context.tokens.check(tokenOf(request));
  if (state !== 'valid') return refusedToken(state);
  if (Number.parseInt(version.slice(1), 10) < OLDEST) return retired(version);
  if (account === undefined) return undefined;
  if (account !== context.world.advertising.account('meta').id) return notThere(`act_${account}`);
  return context.state.isPermitted ? undefined : notPermitted;
}

function exchangeToken(request: SimulatorRequest, { tokens }: Context): SimulatorResponse {
  const { query } = request;
  if (query.get('grant_type') !== 'fb_exchange_token') return badParameter('Invalid grant_type');
  if (tokens.isClosed) return refusedToken('revoked');
  const token = tokens.issue('access', LONG_LIVED_MS);
  return ok({ access_token: token, token_type: 'bearer', expires_in: LONG_LIVED_MS / 1000 });
}

function readAccount(request: SimulatorRequest, { world }: Context): SimulatorResponse {
  return ok(withFields(accountRecord(world), request.query.get('fields')));
}

function entityRoute(
  edge: string,
  kind: string,
  recordsOf: (world: MetaAdsWorld, now: number) => readonly Readonly<Record<string, unknown>>[],
): Route<MetaAdsWorld, MetaAdsState> {
  return {
    method: 'GET',
    path: `/{version}/act_{account}/${edge}`,
    handle: (request, { world, state, origin }) => {
      const filtering = request.query.get('filtering');
      const found = selected(recordsOf(world, request.now), kind, filtering);
      if ('status' in found) return found;
      const keyOf = (record: Readonly<Record<string, unknown>>) => String(record['id']);
      const records = found
        .map((record) => withFields(record, request.query.get('fields')))
        .toSorted((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1));
      const name = `${edge} ${filtering ?? ''}`;
      const longestPage = state.limits.page;
      return pageOf({ records, keyOf, name, longestPage, origin }, request);
    },
  };
}

/** Rows at once, where there are not too many. */
function readInsights(request: SimulatorRequest, context: Context): SimulatorResponse {
  const question = readQuestion(request.query);
  if ('status' in question) return question;
  const rows = insightRows(context.world, question, request.now);
  if (rows.length > context.state.limits.rows) return tooManyRows;
  return pageOfRows(rows, `act ${JSON.stringify([...request.query])}`, request, context);
}

/** Only what was asked for; `creative{id}` asks for `creative`. The id always comes. */
function withFields(record: Readonly<Record<string, unknown>>, fields: string | null) {
  const asked = new Set(['id', ...(fields ?? '').replaceAll(/\{[^}]*\}/g, '').split(',')]);
  return Object.fromEntries(Object.entries(record).filter(([name]) => asked.has(name)));
}

function refusedToken(state: 'expired' | 'revoked' | 'unknown'): SimulatorResponse {
  const subcodes = { expired: 463, revoked: 467, unknown: undefined };
  const subcode = subcodes[state];
  return problem({
    code: 190,
    ...(subcode === undefined ? {} : { subcode }),
    status: 401,
    message:
      state === 'unknown'
        ? 'Invalid OAuth access token - Cannot parse access token'
        : `Error validating access token: the session is ${state}.`,
  });
}

const notPermitted = problem({
  code: 200,
  status: 403,
  message: '(#200) Ad account owner has NOT grant ads_management or ads_read permission',
});

function retired(version: string): SimulatorResponse {
  const message = `(#2635) You are calling a deprecated version of the Ads API: ${version}. Please update to the latest version.`;
  return problem({ code: 2635, message, isTransient: false });
}

function unexpected(kind: 'server_error' | 'unavailable'): SimulatorResponse {
  return problem({
    code: 2,
    isTransient: true,
    status: kind === 'unavailable' ? 503 : 500,
    message: 'An unexpected error has occurred. Please retry your request later.',
  });
}
