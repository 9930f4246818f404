import type {
  SimulatorContext,
  SimulatorDefinition,
  SimulatorRequest,
  SimulatorResponse,
} from '../simulator.ts';
import type { Fields } from './accepted-events.ts';
import { AcceptedEvents, fieldsOf, isHash, isText, listOf } from './accepted-events.ts';
import { bearer, googleTokenRoute } from './google-token.ts';

export interface DataManagerAccount {
  readonly accountId: string;
  readonly conversionActionId: string;
}

/** Google processes what it took for this long. */
const PROCESSING_MS = 30 * 60_000;

/** The events, and the requests that brought them. */
class DataManagerState extends AcceptedEvents {
  /** Reasons for which events are refused after they were taken, by transaction id. */
  readonly refusedLater = new Map<string, string>();
  readonly requests = new Map<string, { readonly at: number; readonly ids: readonly string[] }>();
}

type Context = SimulatorContext<DataManagerAccount, DataManagerState>;

/** Google's Data Manager API: one conversion action. Invalid events are named, and nothing is taken then. */
export const dataManagerSimulator: SimulatorDefinition<DataManagerAccount, DataManagerState> = {
  name: 'google_data_manager',
  createState: ({ clock }) => new DataManagerState(clock),
  authorize: ({ headers }, { tokens }) =>
    tokens.check(bearer(headers)) === 'valid' ? undefined : status(401, 'UNAUTHENTICATED'),
  faultAnswer: (kind) => {
    if (kind === 'unavailable') return { status: 503, body: '<html>503</html>' };
    return kind === 'rate_limited' ? status(429, 'RESOURCE_EXHAUSTED') : status(500, 'INTERNAL');
  },
  routes: [
    googleTokenRoute(),
    { method: 'POST', path: '/v1/events:ingest', handle: ingest },
    { method: 'GET', path: '/v1/requestStatus:retrieve', handle: tellStatus },
  ],
};

function ingest(request: SimulatorRequest, { world, state }: Context): SimulatorResponse {
  state.received.push(request.text);
  const body = fieldsOf(request.json());
  const [destination] = listOf(body['destinations']).map(fieldsOf);
  const account = fieldsOf(destination?.['operatingAccount']);
  if (account['accountId'] !== world.accountId || account['accountType'] !== 'GOOGLE_ADS') {
    return invalid([violation('destinations.destinations[0]', 'INVALID_DESTINATION')]);
  }
  if (destination?.['productDestinationId'] !== world.conversionActionId || !state.isConfigured) {
    return invalid([violation('destinations.destinations[0]', 'INVALID_CONVERSION_ACTION_ID')]);
  }
  const events = listOf(body['events']).map(fieldsOf);
  if (events.length > 2_000) return invalid([violation('events', 'TOO_MANY_EVENTS')]);
  if (events.length === 0) return invalid([violation('events', 'REQUIRED_FIELD_MISSING')]);
  if (body['encoding'] !== 'HEX') return invalid([violation('encoding', 'REQUIRED_FIELD_MISSING')]);
  const violations = events.flatMap((event, index) => [
    ...problemsOf(event, index),
    ...(state.refused.has(String(event['transactionId']))
      ? [violation(`events.events[${index}]`, 'INVALID_EVENT')]
      : []),
  ]);
  if (violations.length > 0) return invalid(violations);
  if (body['validateOnly'] !== true) {
    for (const event of events) {
      const id = String(event['transactionId']);
      if (!state.refusedLater.has(id)) state.accept(id, Number(event['conversionValue']));
    }
  }
  const requestId = `request-${request.index}`;
  const ids = events.map((event) => String(event['transactionId']));
  state.requests.set(requestId, { at: request.now, ids });
  return { status: 200, body: { requestId } };
}

/** Counts by reason, and never which events they are. */
function tellStatus(request: SimulatorRequest, { state }: Context): SimulatorResponse {
  const known = state.requests.get(request.query.get('requestId') ?? '');
  if (known === undefined) return status(404, 'NOT_FOUND');
  if (request.now - known.at < PROCESSING_MS) {
    return { status: 200, body: statusBody({ requestStatus: 'PROCESSING' }) };
  }
  const reasons = known.ids.flatMap((id) => state.refusedLater.get(id) ?? []);
  const counts = [...new Set(reasons)].map((reason) => ({
    recordCount: String(reasons.filter((other) => other === reason).length),
    reason: `PROCESSING_ERROR_REASON_${reason}`,
  }));
  const isAll = reasons.length === known.ids.length;
  const some = isAll ? 'FAILED' : 'PARTIAL_SUCCESS';
  const body = statusBody({
    requestStatus: counts.length === 0 ? 'SUCCESS' : some,
    eventsIngestionStatus: { recordCount: String(known.ids.length) },
    ...(counts.length === 0 ? {} : { errorInfo: { errorCounts: counts } }),
  });
  return { status: 200, body };
}

function statusBody(one: Fields): Fields {
  return { requestStatusPerDestination: [one] };
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

function problemsOf(event: Fields, index: number): readonly Fields[] {
  const at = (field: string, reason: string) =>
    violation(`events.events[${index}].${field}`, reason);
  const found: Fields[] = [];
  if (!isText(event['transactionId'])) found.push(at('transaction_id', 'REQUIRED_FIELD_MISSING'));
  if (!TIME.test(String(event['eventTimestamp']))) {
    found.push(at('event_timestamp', 'EVENT_TIME_INVALID'));
  }
  if (!/^[A-Z]{3}$/.test(String(event['currency']))) {
    found.push(at('currency', 'INVALID_CURRENCY_CODE'));
  }
  if (typeof event['conversionValue'] !== 'number') {
    found.push(at('conversion_value', 'INVALID_NUMBER_FORMAT'));
  }
  if (!/^(?:WEB|APP|IN_STORE|PHONE|MESSAGE|OTHER)$/.test(String(event['eventSource']))) {
    found.push(at('event_source', 'INVALID_EVENT'));
  }
  const identifiers = listOf(fieldsOf(event['userData'])['userIdentifiers']).map(fieldsOf);
  const clicks = Object.values(fieldsOf(event['adIdentifiers']));
  if (identifiers.length + clicks.length === 0) {
    found.push(at('user_data', 'NO_IDENTIFIERS_PROVIDED'));
  }
  if (identifiers.length > 10) found.push(at('user_data', 'TOO_MANY_USER_IDENTIFIERS'));
  identifiers.forEach((identifier, place) => {
    const reason = identifierProblem(identifier);
    if (reason !== undefined) found.push(at(`user_data.user_identifiers[${place}]`, reason));
  });
  return found;
}

/** Exactly one of the three, and an address with all of its parts. */
function identifierProblem(identifier: Fields): string | undefined {
  const [key, ...more] = Object.keys(identifier);
  if (key === undefined || more.length > 0) return 'INVALID_FORMAT';
  const value = identifier[key];
  if (key === 'emailAddress' || key === 'phoneNumber') {
    return isHash(value) ? undefined : 'INVALID_HEX_ENCODING';
  }
  if (key !== 'address') return 'INVALID_FORMAT';
  const { givenName, familyName, regionCode, postalCode } = fieldsOf(value);
  if (!isHash(givenName) || !isHash(familyName)) return 'INVALID_HEX_ENCODING';
  if (typeof regionCode !== 'string' || !/^[A-Z]{2}$/.test(regionCode)) return 'INVALID_FORMAT';
  return isText(postalCode) ? undefined : 'INVALID_POSTAL_CODE';
}

function violation(field: string, reason: string): Fields {
  return { field, reason, description: 'The value is not valid.' };
}

function invalid(fieldViolations: readonly Fields[]): SimulatorResponse {
  const answer = status(400, 'INVALID_ARGUMENT');
  const detail = { '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations };
  const error = { ...fieldsOf(fieldsOf(answer.body)['error']), details: [detail] };
  return { ...answer, body: { error } };
}

function status(code: number, name: string): SimulatorResponse {
  const message = 'There was a problem with the request.';
  return { status: code, body: { error: { code, status: name, message } } };
}
