import type { ExecutionResult, GraphQLError } from 'graphql';
import { GraphQLError as Problem } from 'graphql';
import type {
  SimulatorContext,
  SimulatorDefinition,
  SimulatorRequest,
  SimulatorResponse,
} from '../simulator.ts';
import type { ShopWorld } from '../shop/world-records.ts';
import { bulkRecord, giveFile, startBulk } from './bulk-operations.ts';
import type { BulkRequest } from './bulk-operations.ts';
import { executed, questionOf } from './execution.ts';
import type { Question } from './execution.ts';
import { requestedCost } from './query-cost.ts';
import { queryRoot } from './root.ts';
import { ShopifyState } from './state.ts';

type Context = SimulatorContext<ShopWorld, ShopifyState>;

const VERSION = '2026-10';
const TOKEN_MS = 86_399_000;
const MOST_POINTS = 1000;

/** A shop's Admin API, as far as it is read: GraphQL by its schema, points, bulk operations, tokens. */
export const shopifySimulator: SimulatorDefinition<ShopWorld, ShopifyState> = {
  name: 'shopify',
  realOrigins: ['https://loja-aurora.myshopify.com', 'https://storage.googleapis.com'],
  createState: ({ clock }) => new ShopifyState(clock),
  authorize,
  decorate: (answer) => ({
    ...answer,
    headers: { 'x-shopify-api-version': VERSION, ...answer.headers },
  }),
  faultAnswer,
  notFound: () => nobody,
  routes: [
    { method: 'POST', path: '/admin/oauth/access_token', open: true, handle: giveToken },
    { method: 'POST', path: `/admin/api/${VERSION}/graphql.json`, handle: answerQuery },
    { method: 'GET', path: '/bulk-operation-outputs/{file}', open: true, handle: giveFile },
  ],
};

const nobody: SimulatorResponse = { status: 404, body: { errors: 'Not Found' } };

function authorize(
  request: SimulatorRequest,
  { tokens, state }: Context,
): SimulatorResponse | undefined {
  if (state.isNobody) return nobody;
  if (tokens.check(request.headers['x-shopify-access-token']) === 'valid') return undefined;
  const errors = '[API] Invalid API key or access token (unrecognized login or wrong password)';
  return { status: 401, body: { errors } };
}

function giveToken(request: SimulatorRequest, { tokens, state }: Context): SimulatorResponse {
  if (state.isNobody) return nobody;
  const form = request.form();
  const isKnown = tokens.check(form.get('client_secret') ?? undefined) === 'valid';
  if (form.get('grant_type') !== 'client_credentials' || !isKnown || tokens.isClosed) {
    return { status: 400, body: { error: 'invalid_client' } };
  }
  return {
    status: 200,
    body: {
      access_token: tokens.issue('access', TOKEN_MS),
      scope: 'read_orders,read_all_orders,read_products,read_customers,read_inventory',
      expires_in: TOKEN_MS / 1000,
    },
  };
}

function answerQuery(request: SimulatorRequest, context: Context): SimulatorResponse {
  const asked = questionOf(request);
  if ('problems' in asked) return refusal(asked.problems);
  const requested = requestedCost(asked.document, asked.variables);
  if (requested > MOST_POINTS) return tooCostly(requested);
  if (!context.state.points.take(requested).isAllowed) return throttled(requested, context);
  const result = runQuery(asked, request, context);
  const actual = Math.min(requested, 1 + nodeCount(result.data));
  context.state.points.giveBack(requested - actual);
  const answer = {
    status: 200,
    body: { ...plain(result), extensions: { cost: costOf(requested, actual, context) } },
  };
  return { ...answer, ...pageOf(result, asked) };
}

function runQuery(
  { document, variables }: Question,
  request: SimulatorRequest,
  { world, state, origin }: Context,
): ExecutionResult {
  const asked = { world, now: request.now, isBulk: false, shift: request.shift };
  const rootValue = {
    ...queryRoot(asked),
    node: ({ id }: { readonly id: string }) => bulkRecord(id, state, origin),
    bulkOperationRunQuery: (wanted: BulkRequest) =>
      startBulk(wanted, { world, state, now: request.now }),
  };
  return executed({ document, variables }, rootValue, asked);
}

/** Errors with Shopify's codes; what is not in the schema is an `undefinedField` there. */
function refusal(problems: readonly GraphQLError[]): SimulatorResponse {
  const errors = problems.map(({ message, locations, extensions }) => ({
    message,
    locations,
    extensions: {
      code: message.startsWith('Cannot query field') ? 'undefinedField' : 'BAD_REQUEST',
      ...extensions,
    },
  }));
  return { status: 200, body: { errors } };
}

function tooCostly(cost: number): SimulatorResponse {
  const message = `Query cost is ${cost}, which exceeds the single query max cost limit (${MOST_POINTS}).`;
  const extensions = { code: 'MAX_COST_EXCEEDED', cost, maxCost: MOST_POINTS };
  return { status: 200, body: { errors: [{ message, extensions }] } };
}

function throttled(requested: number, context: Context): SimulatorResponse {
  const errors = [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }];
  return { status: 200, body: { errors, extensions: { cost: costOf(requested, null, context) } } };
}

function costOf(requestedQueryCost: number, actualQueryCost: number | null, { state }: Context) {
  const throttleStatus = {
    maximumAvailable: 2000,
    currentlyAvailable: Math.floor(state.points.available),
    restoreRate: 100,
  };
  return { requestedQueryCost, actualQueryCost, throttleStatus };
}

/** GraphQL objects have no prototype and errors a class of their own; the wire knows neither. */
function plain({ data, errors }: ExecutionResult): Readonly<Record<string, unknown>> {
  if (errors === undefined) return { data };
  return {
    data,
    errors: errors.map((error) => (error instanceof Problem ? error.toJSON() : error)),
  };
}

/** Objects in the pages of an answer: what a query really costs. */
function nodeCount(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, inner]) =>
      sum + (key === 'nodes' && Array.isArray(inner) ? inner.length : 0) + nodeCount(inner),
    0,
  );
}

/** Where the records of a root connection are, for faults that act on pages. */
function pageOf({ data }: ExecutionResult, { document, variables }: Question) {
  const [field] = Object.entries(data ?? {}).find(([, value]) => isPage(value)) ?? [];
  if (field === undefined) return {};
  // Documents ask for other fields of the same objects.
  const list = `${field} ${document.loc?.source.body ?? ''} ${String(variables['query'])}`;
  const isFirst = variables['after'] === null || variables['after'] === undefined;
  return { page: { path: `data.${field}.nodes`, list, isFirst } };
}

function isPage(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'nodes' in value;
}

function faultAnswer(kind: 'rate_limited' | 'server_error' | 'unavailable'): SimulatorResponse {
  switch (kind) {
    case 'rate_limited':
      return {
        status: 429,
        headers: { 'retry-after': '2.0' },
        body: { errors: 'Exceeded 2 calls per second for api client.' },
      };
    case 'server_error': {
      const message = 'Internal error. Looks like something went wrong on our end.';
      const errors = [{ message, extensions: { code: 'INTERNAL_SERVER_ERROR' } }];
      return { status: 200, body: { errors } };
    }
    case 'unavailable':
      return { status: 503, headers: { 'content-type': 'text/html' }, body: '<html>503</html>' };
  }
}
