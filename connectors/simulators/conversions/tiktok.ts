import type {
  SimulatorContext,
  SimulatorDefinition,
  SimulatorRequest,
  SimulatorResponse,
} from '../simulator.ts';
import type { Fields } from './accepted-events.ts';
import { AcceptedEvents, fieldsOf, isHash, isText, listOf } from './accepted-events.ts';

export interface TikTokPixel {
  readonly pixelCode: string;
}

type Context = SimulatorContext<TikTokPixel, AcceptedEvents>;

/** TikTok's Events API 2.0: one pixel. It answers HTTP 200, and one bad row fails the batch. */
export const tikTokEventsSimulator: SimulatorDefinition<TikTokPixel, AcceptedEvents> = {
  name: 'tiktok_events',
  createState: ({ clock }) => new AcceptedEvents(clock, 48),
  authorize: ({ headers }, { tokens }) => {
    const state = tokens.check(headers['access-token']);
    if (state === 'valid') return undefined;
    return envelope(state === 'expired' ? 40_102 : 40_105);
  },
  faultAnswer: (kind) => {
    if (kind === 'unavailable') return { status: 504, body: '<html>504</html>' };
    return envelope(kind === 'rate_limited' ? 40_100 : 50_000);
  },
  routes: [{ method: 'POST', path: '/open_api/v1.3/event/track/', handle: takeEvents }],
};

function takeEvents(request: SimulatorRequest, { world, state }: Context): SimulatorResponse {
  state.received.push(request.text);
  const body = fieldsOf(request.json());
  if (body['event_source'] !== 'web' || !state.isConfigured) return envelope(40_001);
  if (body['event_source_id'] !== world.pixelCode) return envelope(40_001);
  const events = listOf(body['data']).map(fieldsOf);
  if (events.length === 0 || events.length > 1_000) return envelope(40_002);
  if (!events.every((event) => isValid(event, request.now))) return envelope(40_002);
  for (const event of events) {
    const value = fieldsOf(event['properties'])['value'];
    state.accept(`${String(event['event'])} ${String(event['event_id'])}`, Number(value));
  }
  return envelope(0, `t${request.index}`);
}

const HASHED = ['email', 'phone', 'external_id', 'first_name', 'last_name', 'zip_code'];
const CLEAR = ['ttclid', 'ttp', 'ip', 'user_agent', 'locale'];

function isValid(event: Fields, nowMs: number): boolean {
  const { event: name, event_id: id, event_time: time } = event;
  const user = fieldsOf(event['user']);
  const properties = fieldsOf(event['properties']);
  const isPaid =
    typeof properties['value'] === 'number' && /^[A-Z]{3}$/.test(String(properties['currency']));
  return (
    isText(name) &&
    isText(id) &&
    Number.isInteger(time) &&
    Number(time) <= nowMs / 1_000 + 60 &&
    isValidUser(user) &&
    (name !== 'Purchase' || isPaid)
  );
}

function isValidUser(user: Fields): boolean {
  const keys = Object.keys(user);
  const hashes = keys.filter((key) => HASHED.includes(key)).flatMap((key) => user[key]);
  return (
    keys.length > 0 &&
    keys.every((key) => HASHED.includes(key) || CLEAR.includes(key)) &&
    hashes.flat().every(isHash)
  );
}

function envelope(code: number, requestId = 't0'): SimulatorResponse {
  const message = code === 0 ? 'OK' : 'Error';
  return { status: 200, body: { code, message, request_id: requestId, data: {} } };
}
