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

type Context = SimulatorContext<DataManagerAccount, AcceptedEvents>;

/** Google's Data Manager API: one conversion action. Invalid events are named, and nothing is taken then. */
export const dataManagerSimulator: SimulatorDefinition<DataManagerAccount, AcceptedEvents> = {
  name: 'google_data_manager',
  createState: ({ clock }) => new AcceptedEvents(clock),
  authorize: ({ headers }, { tokens }) =>
    tokens.check(bearer(headers)) === 'valid' ? undefined : status(401, 'UNAUTHENTICATED'),
  faultAnswer: (kind) => {
    if (kind === 'unavailable') return { status: 503, body: '<html>503</html>' };
    return kind === 'rate_limited' ? status(429, 'RESOURCE_EXHAUSTED') : status(500, 'INTERNAL');
  },
  routes: [googleTokenRoute(), { method: 'POST', path: '/v1/events:ingest', handle: ingest }],
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
      state.accept(String(event['transactionId']), Number(event['conversionValue']));
    }
  }
  return { status: 200, body: { requestId: `request-${request.index}` } };
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
