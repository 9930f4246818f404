import type {
  SimulatorContext,
  SimulatorDefinition,
  SimulatorRequest,
  SimulatorResponse,
} from '../simulator.ts';
import type { Fields } from './accepted-events.ts';
import { AcceptedEvents, fieldsOf, isHash, isText, listOf } from './accepted-events.ts';
import { bearer, googleTokenRoute } from './google-token.ts';

export interface UploadAccount {
  readonly customerId: string;
  readonly conversionActionId: string;
}

type Context = SimulatorContext<UploadAccount, AcceptedEvents>;

/** Conversion uploads of the Google Ads API: invalid elements are named by their place, others are taken. */
export const googleAdsUploadsSimulator: SimulatorDefinition<UploadAccount, AcceptedEvents> = {
  name: 'google_ads_uploads',
  createState: ({ clock }) => new AcceptedEvents(clock),
  authorize: ({ headers }, { tokens }) =>
    tokens.check(bearer(headers)) === 'valid' ? undefined : status(401, 'UNAUTHENTICATED'),
  faultAnswer: (kind) => {
    if (kind === 'unavailable') return { status: 503, body: '<html>503</html>' };
    return kind === 'rate_limited' ? status(429, 'RESOURCE_EXHAUSTED') : status(500, 'INTERNAL');
  },
  routes: [
    googleTokenRoute(),
    {
      method: 'POST',
      path: '/{version}/customers/{customer}:uploadClickConversions',
      handle: (request, context) => upload(request, context, 'conversions'),
    },
    {
      method: 'POST',
      path: '/{version}/customers/{customer}:uploadConversionAdjustments',
      handle: (request, context) => upload(request, context, 'conversionAdjustments'),
    },
  ],
};

function upload(
  request: SimulatorRequest,
  { world, state }: Context,
  kind: 'conversions' | 'conversionAdjustments',
): SimulatorResponse {
  state.received.push(request.text);
  const body = fieldsOf(request.json());
  const elements = listOf(body[kind]).map(fieldsOf);
  if (request.parameters['customer'] !== world.customerId) return status(403, 'PERMISSION_DENIED');
  if (body['partialFailure'] !== true || elements.length > 2_000 || elements.length === 0) {
    return status(400, 'INVALID_ARGUMENT');
  }
  const problems = elements.map((element) => {
    if (!state.isConfigured) return 'CUSTOMER_NOT_ALLOWLISTED_FOR_THIS_FEATURE';
    const action = `customers/${world.customerId}/conversionActions/${world.conversionActionId}`;
    if (element['conversionAction'] !== action) return 'NO_CONVERSION_ACTION_FOUND';
    if (state.refused.has(String(element['orderId']))) return 'EXPIRED_EVENT';
    return kind === 'conversions' ? takeClick(element, state) : takeAdjustment(element, state);
  });
  const results = elements.map((element, index) =>
    problems[index] === undefined ? { orderId: element['orderId'] } : {},
  );
  const errors = problems.flatMap((problem, index) =>
    problem === undefined
      ? []
      : [
          {
            errorCode: { conversionUploadError: problem },
            message: 'x',
            location: { fieldPathElements: [{ fieldName: kind, index }] },
          },
        ],
  );
  if (errors.length === 0) return { status: 200, body: { results } };
  const details = [{ errors, requestId: `r${request.index}` }];
  const partialFailureError = { code: 3, message: 'm', details };
  return { status: 200, body: { partialFailureError, results } };
}

const TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[+-]\d\d:\d\d$/;

/** The error of a click conversion, or nothing once it is counted. */
function takeClick(element: Fields, state: AcceptedEvents): string | undefined {
  const { gclid, gbraid, wbraid, orderId, conversionValue, currencyCode } = element;
  const identifiers = listOf(element['userIdentifiers']).map(fieldsOf);
  if (gbraid !== undefined && wbraid !== undefined) return 'GBRAID_WBRAID_BOTH_SET';
  const clicks = [gclid, gbraid, wbraid].filter((click) => click !== undefined);
  if (clicks.length > 1) return 'VALUE_MUST_BE_UNSET';
  if (clicks.length + identifiers.length === 0) return 'MISSING_CONVERSION_IDENTIFIER';
  const isHashed = identifiers.every((one) =>
    Object.entries(one).every(
      ([key, value]) => /^hashed(?:Email|PhoneNumber)$/.test(key) && isHash(value),
    ),
  );
  if (identifiers.length > 5 || !isHashed) return 'INVALID_USER_IDENTIFIER';
  if (!TIME.test(String(element['conversionDateTime']))) return 'INVALID_DATE';
  if (typeof conversionValue !== 'number' || !/^[A-Z]{3}$/.test(String(currencyCode))) {
    return 'INVALID_CURRENCY_CODE';
  }
  if (!isText(orderId)) return 'MISSING_ORDER_ID';
  if (state.byId.has(orderId)) return 'ORDER_ID_ALREADY_IN_USE';
  state.accept(orderId, conversionValue);
  return undefined;
}

function takeAdjustment(element: Fields, state: AcceptedEvents): string | undefined {
  const { adjustmentType, orderId } = element;
  if (!isText(orderId)) return 'MISSING_ORDER_ID_FOR_WEBPAGE';
  const known = state.byId.get(orderId);
  if (known === undefined) return 'CONVERSION_NOT_FOUND';
  if (adjustmentType === 'ENHANCEMENT') return takeEnhancement(element, orderId, state);
  if (!TIME.test(String(element['adjustmentDateTime']))) return 'INVALID_DATE';
  if (adjustmentType === 'RETRACTION') {
    if (known.value === undefined) return 'CONVERSION_ALREADY_RETRACTED';
    state.accept(orderId, undefined);
    return undefined;
  }
  const { adjustedValue } = fieldsOf(element['restatementValue']);
  if (adjustmentType !== 'RESTATEMENT' || typeof adjustedValue !== 'number') {
    return 'MISSING_RESTATEMENT_VALUE';
  }
  state.accept(orderId, adjustedValue);
  return undefined;
}

const HASHED_PARTS = ['hashedEmail', 'hashedPhoneNumber'];
const HASHED_NAMES = ['hashedFirstName', 'hashedLastName'];

/** Who bought, for a conversion that the tag counted: once. */
function takeEnhancement(
  element: Fields,
  orderId: string,
  state: AcceptedEvents,
): string | undefined {
  const identifiers = listOf(element['userIdentifiers']).map(fieldsOf);
  const isRight = identifiers.every((identifier) => {
    const address = fieldsOf(identifier['addressInfo']);
    return 'addressInfo' in identifier
      ? HASHED_NAMES.every((name) => isHash(address[name])) && isText(address['postalCode'])
      : Object.entries(identifier).every(
          ([key, value]) => HASHED_PARTS.includes(key) && isHash(value),
        );
  });
  if (identifiers.length === 0 || identifiers.length > 5 || !isRight) {
    return 'INVALID_USER_IDENTIFIER';
  }
  if (state.enhanced.has(orderId)) return 'CONVERSION_ALREADY_ENHANCED';
  state.enhanced.add(orderId);
  return undefined;
}

function status(code: number, name: string): SimulatorResponse {
  return { status: code, body: { error: { code, status: name, message: 'm' } } };
}
