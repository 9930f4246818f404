import type {
  SimulatorContext,
  SimulatorDefinition,
  SimulatorRequest,
  SimulatorResponse,
} from '../simulator.ts';
import { failure } from './answers.ts';
import { queryResults, runQuery } from './bigquery.ts';
import { runReport } from './reports.ts';
import { Ga4State } from './state.ts';
import type { Ga4World } from './world.ts';
import { PROPERTY_ID } from './world.ts';

type Context = SimulatorContext<Ga4World, Ga4State>;

const TOKEN_MS = 3_599_000;
/** By so much a clock may be ahead. */
const TOLERANCE_SECONDS = 300;

/** Google Analytics' Data API and the export to BigQuery, as far as they are read. */
export const ga4Simulator: SimulatorDefinition<Ga4World, Ga4State> = {
  name: 'ga4',
  realOrigins: [
    'https://analyticsdata.googleapis.com',
    'https://bigquery.googleapis.com',
    'https://oauth2.googleapis.com',
  ],
  createState: ({ clock }) => new Ga4State(clock),
  authorize,
  faultAnswer,
  notFound: () => failure(404, 'NOT_FOUND', 'Requested entity was not found.'),
  routes: [
    { method: 'POST', path: '/token', open: true, handle: giveToken },
    { method: 'POST', path: '/v1beta/properties/{property}:runReport', handle: runReport },
    { method: 'POST', path: '/bigquery/v2/projects/{project}/queries', handle: runQuery },
    { method: 'GET', path: '/bigquery/v2/projects/{project}/queries/{job}', handle: queryResults },
  ],
};

/** Who the service account is stands in the claim; the simulator accepts the e-mail addresses it was given. */
function giveToken(request: SimulatorRequest, { tokens, clock }: Context): SimulatorResponse {
  const [, text = ''] = (request.form().get('assertion') ?? '').split('.');
  const claim = claimOf(text);
  const isKnown = tokens.check(claim.iss) === 'valid';
  if (!isKnown || tokens.isClosed) return refusedGrant('Invalid grant: account not found');
  if (!isTimely(claim, clock.now() / 1000)) {
    return refusedGrant(
      'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe.',
    );
  }
  const expires_in = TOKEN_MS / 1000;
  const access_token = tokens.issue('access', TOKEN_MS);
  return { status: 200, body: { access_token, expires_in, token_type: 'Bearer' } };
}

function refusedGrant(error_description: string): SimulatorResponse {
  return { status: 400, body: { error: 'invalid_grant', error_description } };
}

interface Claim {
  readonly iss?: string;
  /** Seconds since the Unix epoch: when it was signed, and when it ends. */
  readonly iat?: number;
  readonly exp?: number;
}

function claimOf(text: string): Claim {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString()) as Claim;
  } catch {
    return {};
  }
}

/** Signed by a clock that differs by some minutes at most. */
function isTimely({ iat = 0, exp = Infinity }: Claim, now: number): boolean {
  return iat <= now + TOLERANCE_SECONDS && exp > now;
}

function authorize(request: SimulatorRequest, { tokens }: Context): SimulatorResponse | undefined {
  const [, token] = /^Bearer (.+)$/.exec(request.headers['authorization'] ?? '') ?? [];
  if (tokens.check(token) !== 'valid') {
    return failure(401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.');
  }
  const { property } = request.parameters;
  return property === undefined || property === PROPERTY_ID
    ? undefined
    : failure(
        403,
        'PERMISSION_DENIED',
        'User does not have sufficient permissions for this property.',
      );
}

function faultAnswer(kind: 'rate_limited' | 'server_error' | 'unavailable'): SimulatorResponse {
  switch (kind) {
    case 'rate_limited':
      return failure(429, 'RESOURCE_EXHAUSTED', 'Exhausted concurrent requests quota.');
    case 'server_error':
      return failure(500, 'INTERNAL', 'Internal error encountered.');
    case 'unavailable':
      return failure(503, 'UNAVAILABLE', 'The service is currently unavailable.');
  }
}
