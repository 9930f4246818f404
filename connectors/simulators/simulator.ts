import type { SimulatorClock } from './simulated-clock.ts';
import type { TokenBook } from './tokens.ts';

/**
 * A platform as it answers on the wire: routes, authorization and the way it words its errors. `World` is
 * the shop that it serves, `State` what the platform remembers between requests (buckets, async jobs).
 */
export interface SimulatorDefinition<World = unknown, State = unknown> {
  /** As the connector is named: `nuvemshop`. */
  readonly name: string;
  /** The first route that fits a request answers it. */
  readonly routes: readonly Route<World, State>[];
  /** A fresh memory for one server. */
  createState(context: StateContext<World>): State;
  /** The answer to a request that is not allowed; `undefined` lets it through. Routes that are `open` skip it. */
  authorize?(request: SimulatorRequest, context: SimulatorContext<World, State>): Refusal;
  /** The answer to a request that comes too fast; `undefined` lets it through. Asked after `authorize`. */
  limit?(request: SimulatorRequest, context: SimulatorContext<World, State>): Refusal;
  /** Adds what every answer of the platform carries: rate headers, version headers. */
  decorate?(
    answer: SimulatorResponse,
    request: SimulatorRequest,
    context: SimulatorContext<World, State>,
  ): SimulatorResponse;
  /** The platform's own words for trouble that was asked for by a fault. */
  faultAnswer(
    kind: 'rate_limited' | 'server_error' | 'unavailable',
    request: SimulatorRequest,
    context: SimulatorContext<World, State>,
  ): SimulatorResponse;
  /** The answer to a path that the platform does not have; 404 without a body otherwise. */
  notFound?(request: SimulatorRequest): SimulatorResponse;
  /** Origins of the real platform; where a fixture names one, the simulator's own origin stands instead. */
  readonly realOrigins?: readonly string[];
}

type Refusal = SimulatorResponse | undefined;

interface StateContext<World> {
  readonly world: World;
  /** The platform's: limits and tokens go by it. */
  readonly clock: SimulatorClock;
  /** The shop's: records are shown as of its time. */
  readonly shopClock: SimulatorClock;
}

export interface SimulatorContext<World, State> extends StateContext<World> {
  readonly state: State;
  readonly tokens: TokenBook;
  /** `http://127.0.0.1:40123`, for links that an answer contains. */
  readonly origin: string;
}

export interface Route<World, State> {
  readonly method: 'GET' | 'POST';
  /**
   * A path with parameters: `/2025-03/{store}/orders`, `/v25.0/act_{account}/insights`,
   * `/v1beta/properties/{property}:runReport`. A parameter ends at a slash or a colon; a last `*` takes
   * everything.
   */
  readonly path: string;
  /** Answered without authorization and limits: token endpoints, downloads. */
  readonly open?: boolean;
  handle(
    request: SimulatorRequest,
    context: SimulatorContext<World, State>,
  ): SimulatorResponse | Promise<SimulatorResponse>;
}

export interface SimulatorRequest {
  /** Counted from 1, over all requests of the server. */
  readonly index: number;
  readonly method: string;
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The body as JSON; `undefined` where it is none. */
  json(): unknown;
  /** The body as a form. */
  form(): URLSearchParams;
  /** Milliseconds since the Unix epoch, by the shop's clock. */
  readonly now: number;
  /**
   * Records by which the list has moved since the page before, put here by the fault `shifting_page`:
   * a handler that pages by number begins that many records earlier, so that the client meets some twice.
   */
  readonly shift: number;
}

export interface SimulatorResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text is sent as it is; everything else as JSON (see `bare` for numbers beyond a double). */
  readonly body?: unknown;
  /** The page of records that the body holds. Faults of pages and of shapes act on it. */
  readonly page?: AnsweredPage;
}

interface AnsweredPage {
  /** Where the records are in the body: `data.list`, or `''` for the body itself. */
  readonly path: string;
  /** The same for all pages of one list and for no other list: the stream with its filters and account. */
  readonly list: string;
  readonly isFirst: boolean;
}
