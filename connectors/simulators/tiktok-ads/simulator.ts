import type {
  Route,
  SimulatorContext,
  SimulatorDefinition,
  SimulatorRequest,
  SimulatorResponse,
} from '../simulator.ts';
import { badParameter, envelope, ok } from './answers.ts';
import { adGroupRecords, adRecords, advertiserRecord, campaignRecords } from './entities.ts';
import { pageOf } from './lists.ts';
import { readReport } from './reports.ts';
import { TiktokAdsState } from './state.ts';
import type { TiktokAdsWorld } from './world.ts';

type Context = SimulatorContext<TiktokAdsWorld, TiktokAdsState>;

const V = '/open_api/v1.3';

/** TikTok's API for Business, as far as it is read: one advertiser, its objects and their reports. */
export const tiktokAdsSimulator: SimulatorDefinition<TiktokAdsWorld, TiktokAdsState> = {
  name: 'tiktok_ads',
  realOrigins: ['https://business-api.tiktok.com'],
  createState: ({ clock }) => new TiktokAdsState(clock),
  authorize,
  limit,
  faultAnswer,
  notFound: () => ({
    status: 404,
    headers: { 'content-type': 'text/plain' },
    body: '404 page not found',
  }),
  routes: [
    { method: 'POST', path: `${V}/oauth2/access_token/`, open: true, handle: giveToken },
    { method: 'GET', path: `${V}/advertiser/info/`, handle: readAdvertiser },
    entityRoute('campaign', campaignRecords),
    entityRoute('adgroup', adGroupRecords),
    entityRoute('ad', adRecords),
    { method: 'GET', path: `${V}/report/integrated/get/`, handle: readReport },
  ],
};

function authorize(request: SimulatorRequest, context: Context): SimulatorResponse | undefined {
  const token = request.headers['access-token'];
  if (token === undefined) return envelope(request, 40_104, 'Access token is empty.');
  switch (context.tokens.check(token)) {
    case 'expired':
      return envelope(request, 40_102, 'Access token is expired.');
    case 'revoked':
    case 'unknown':
      return envelope(request, 40_105, 'Access token is incorrect or has been revoked.');
    case 'valid':
      return refusedAdvertiser(request, context);
  }
}

function refusedAdvertiser(
  request: SimulatorRequest,
  { world, state }: Context,
): SimulatorResponse | undefined {
  const { id } = world.advertising.account('tiktok');
  const asked = askedAdvertisers(request);
  const foreign = asked.find((advertiser) => advertiser !== id || !state.isPermitted);
  if (foreign === undefined) return undefined;
  return envelope(request, 40_001, `No permission to operate advertiser ${foreign}.`);
}

function askedAdvertisers({ query }: SimulatorRequest): readonly string[] {
  const one = query.get('advertiser_id');
  if (one !== null) return [one];
  const many: unknown = JSON.parse(query.get('advertiser_ids') ?? '[]');
  return Array.isArray(many) ? many.map(String) : [];
}

function limit(request: SimulatorRequest, { state }: Context): SimulatorResponse | undefined {
  switch (state.take()) {
    case 40_100:
      return tooFast(request);
    case 40_133:
      return envelope(request, 40_133, 'The advertiser has exceeded the QPS limit.');
    case undefined:
      return undefined;
  }
}

function giveToken(request: SimulatorRequest, { tokens, world }: Context): SimulatorResponse {
  const { auth_code } = (request.json() ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof auth_code !== 'string' || tokens.isClosed) {
    return envelope(request, 40_110, 'The authorization code is incorrect or expired.');
  }
  return ok(request, {
    access_token: tokens.issue('access', Number.POSITIVE_INFINITY),
    advertiser_ids: [world.advertising.account('tiktok').id],
    scope: [4, 220],
  });
}

function readAdvertiser(request: SimulatorRequest, { world }: Context): SimulatorResponse {
  const list = askedAdvertisers(request).map(() => advertiserRecord(world));
  const answer = ok(request, { list });
  return { ...answer, page: { path: 'data.list', list: 'advertisers', isFirst: true } };
}

/** A list without deleted objects, unless the filter asks for them. */
function entityRoute(
  kind: string,
  recordsOf: (world: TiktokAdsWorld, now: number) => readonly Readonly<Record<string, unknown>>[],
): Route<TiktokAdsWorld, TiktokAdsState> {
  return {
    method: 'GET',
    path: `${V}/${kind}/get/`,
    handle: (request, { world }) => {
      const status = primaryStatus(request);
      const isWanted = WANTED[status ?? 'STATUS_NOT_DELETE'];
      if (isWanted === undefined) {
        return badParameter(request, 'filtering: primary_status is not supported.');
      }
      const records = recordsOf(world, request.now).filter((record) =>
        isWanted(record['operation_status'] === 'DELETE'),
      );
      return pageOf(records, `${kind} ${status ?? ''}`, request);
    },
  };
}

const WANTED: Readonly<Record<string, (isDeleted: boolean) => boolean>> = {
  STATUS_NOT_DELETE: (isDeleted) => !isDeleted,
  STATUS_DELETE: (isDeleted) => isDeleted,
  STATUS_ALL: () => true,
};

function primaryStatus({ query }: SimulatorRequest): string | undefined {
  const filtering = JSON.parse(query.get('filtering') ?? '{}') as { primary_status?: string };
  return filtering.primary_status;
}

function tooFast(request: SimulatorRequest): SimulatorResponse {
  return envelope(request, 40_100, 'Too many requests. Please retry in some time.');
}

function faultAnswer(
  kind: 'rate_limited' | 'server_error' | 'unavailable',
  request: SimulatorRequest,
): SimulatorResponse {
  switch (kind) {
    case 'rate_limited':
      return tooFast(request);
    case 'server_error':
      return request.index % 2 === 0
        ? envelope(request, 50_000, 'System error')
        : envelope(request, 51_305, 'Satellite service error.');
    case 'unavailable':
      return {
        status: 504,
        headers: { 'content-type': 'text/html' },
        body: '<html><body>504 Gateway Time-out</body></html>',
      };
  }
}
