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
function giveToken(request: SimulatorRequest, { tokens }: Context): SimulatorResponse {
  const [, claim = ''] = (request.form().get('assertion') ?? '').split('.');
  const isKnown = tokens.check(issuerOf(claim)) === 'valid';
  if (!isKnown || tokens.isClosed) {
    const error_description = 'Invalid grant: account not found';
    return { status: 400, body: { error: 'invalid_grant', error_description } };
  }
  const expires_in = TOKEN_MS / 1000;
  const access_token = tokens.issue('access', TOKEN_MS);
  return { status: 200, body: { access_token, expires_in, token_type: 'Bearer' } };
}

function issuerOf(claim: string): string | undefined {
  try {
    const { iss } = JSON.parse(Buffer.from(claim, 'base64url').toString()) as { iss?: string };
    return iss;
  } catch {
    return undefined;
  }
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
