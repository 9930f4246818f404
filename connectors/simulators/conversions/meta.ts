import type {
  SimulatorContext,
  SimulatorDefinition,
  SimulatorRequest,
  SimulatorResponse,
} from '../simulator.ts';
import type { Fields } from './accepted-events.ts';
import { AcceptedEvents, fieldsOf, isHash, isText, listOf } from './accepted-events.ts';

export interface MetaPixel {
  readonly pixelId: string;
}

type Context = SimulatorContext<MetaPixel, AcceptedEvents>;

/** Meta's Conversions API: one pixel. One invalid event refuses the request, without a name. */
export const metaConversionsSimulator: SimulatorDefinition<MetaPixel, AcceptedEvents> = {
  name: 'meta_conversions',
  createState: ({ clock }) => new AcceptedEvents(clock, 48),
  authorize: (request, { tokens }) => {
    const token = fieldsOf(request.json())['access_token'];
    const state = tokens.check(typeof token === 'string' ? token : undefined);
    return state === 'valid' ? undefined : refusal(190, state === 'expired' ? 463 : undefined);
  },
  faultAnswer: (kind) => {
    if (kind === 'unavailable') return { status: 503, body: '<html>oops</html>' };
    return kind === 'rate_limited' ? refusal(17) : { ...refusal(2), status: 500 };
  },
  routes: [{ method: 'POST', path: '/{version}/{pixel}/events', handle: takeEvents }],
};

function takeEvents(request: SimulatorRequest, context: Context): SimulatorResponse {
  const { world, state } = context;
  state.received.push(request.text);
  if (!/^v\d+\.\d+$/.test(request.parameters['version'] ?? '')) return refusal(2635);
  if (request.parameters['pixel'] !== world.pixelId || !state.isConfigured) return refusal(100, 33);
  const events = listOf(fieldsOf(request.json())['data']).map(fieldsOf);
  if (events.length === 0 || events.length > 1_000) return refusal(100, 2_804_001);
  for (const event of events) {
    const subcode = problemOf(event, request.now);
    if (subcode !== undefined) return refusal(100, subcode);
  }
  for (const event of events) {
    const value = fieldsOf(event['custom_data'])['value'];
    state.accept(`${String(event['event_name'])} ${String(event['event_id'])}`, Number(value));
  }
  const body = { events_received: events.length, messages: [], fbtrace_id: `A${request.index}` };
  return { status: 200, body };
}

const SOURCES =
  /^(?:email|website|app|phone_call|chat|physical_store|system_generated|business_messaging|other)$/;
const HASHED = ['em', 'ph', 'fn', 'ln', 'db', 'ge', 'ct', 'st', 'zp', 'country', 'external_id'];
const CLEAR = ['client_ip_address', 'client_user_agent', 'fbc', 'fbp'];
const TOO_BROAD = [
  ['ct', 'country', 'st', 'zp', 'ge', 'client_user_agent'],
  ['db', 'client_user_agent'],
  ['fn', 'ge'],
  ['ln', 'ge'],
];
const DAY_SECONDS = 86_400;

/** The subcode of what is wrong with an event. */
function problemOf(event: Fields, nowMs: number): number | undefined {
  const { event_name: name, event_time: time, event_id: id, action_source: source } = event;
  if (!isText(name) || !isText(id) || typeof source !== 'string' || !SOURCES.test(source)) {
    return 2_804_001;
  }
  if (!Number.isInteger(time)) return 2_804_007;
  const age = nowMs / 1_000 - Number(time);
  if (age < -60) return 2_804_004;
  if (age > (source === 'physical_store' ? 62 : 7) * DAY_SECONDS) return 2_804_003;
  const user = fieldsOf(event['user_data']);
  const isOnSite = source === 'website';
  if (isOnSite && !isText(event['event_source_url'])) return 2_804_016;
  if (isOnSite && !isText(user['client_user_agent'])) return 2_804_017;
  return userProblem(user) ?? purchaseProblem(fieldsOf(event['custom_data']), name);
}

function userProblem(user: Fields): number | undefined {
  const keys = Object.keys(user);
  if (keys.some((key) => !HASHED.includes(key) && !CLEAR.includes(key))) return 2_804_048;
  const hashes = HASHED.filter((key) => key in user).flatMap((key) => {
    const value = user[key];
    return Array.isArray(value) && value.length > 0 ? (value as unknown[]) : [value];
  });
  if (!hashes.every(isHash) || !CLEAR.every((key) => !(key in user) || isText(user[key]))) {
    return 2_804_048;
  }
  if (isText(user['fbc']) && !/^fb\.\d\.\d{13}\..+$/.test(user['fbc'])) return 2_804_048;
  return TOO_BROAD.some((set) => keys.every((key) => set.includes(key))) ? 2_804_050 : undefined;
}

function purchaseProblem({ value, currency }: Fields, name: string): number | undefined {
  if (name !== 'Purchase') return undefined;
  if (typeof value !== 'number') return 2_804_009;
  return typeof currency === 'string' && /^[A-Z]{3}$/.test(currency) ? undefined : 2_804_019;
}

function refusal(code: number, subcode?: number): SimulatorResponse {
  return {
    status: 400,
    body: {
      error: {
        message: 'Invalid parameter',
        type: 'OAuthException',
        code,
        ...(subcode === undefined ? {} : { error_subcode: subcode }),
        fbtrace_id: 'A0',
      },
    },
  };
}
