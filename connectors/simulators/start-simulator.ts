import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { recordsOf, withChangedEnvelope, withChangedShape, withRecords } from './bent-answer.ts';
import type { Cassette } from './cassette.ts';
import type { Fault, FaultPlan } from './faults.ts';
import { withoutSecrets } from './request-log.ts';
import type { LoggedRequest } from './request-log.ts';
import { routeMatcher } from './routes.ts';
import type { SimulatorClock } from './simulated-clock.ts';
import type {
  SimulatorContext,
  SimulatorDefinition,
  SimulatorRequest,
  SimulatorResponse,
} from './simulator.ts';
import { TokenBook } from './tokens.ts';
import { resetConnection, sendAnswer } from './wire.ts';

export interface SimulatorOptions<World> {
  readonly world: World;
  readonly clock: SimulatorClock;
  /**
   * What time it is in the shop, where it is not the platform's time: a shop can stand still while a client waits
   * for a limit, so that how long it waited changes no record.
   */
  readonly shopClock?: SimulatorClock | undefined;
  /** A free one otherwise. */
  readonly port?: number;
  readonly faults?: FaultPlan;
  /** Credentials that are valid from the start: the static tokens of the platform. */
  readonly credentials?: readonly string[];
  /** Answers from recorded pages instead of the routes. */
  readonly cassette?: Cassette;
}

/** A simulated platform that listens. */
export interface Simulator<State = unknown> extends AsyncDisposable {
  /** `http://127.0.0.1:40123` */
  readonly origin: string;
  /** The newest ones: at least the last 20,000. */
  readonly requests: readonly LoggedRequest[];
  /** How often each thing happened. */
  readonly counters: SimulatorCounters;
  /** Errors inside the simulator itself; a test expects none. The client saw a 500. */
  readonly problems: readonly Error[];
  /** Requests that no route (or no recorded page) was there for. */
  readonly unknownRequests: readonly string[];
  readonly tokens: TokenBook;
  readonly state: State;
  /** Replaces the faults from the next request on. */
  setFaults(faults: FaultPlan | undefined): void;
  /** Ends all connections and stops listening. */
  close(): Promise<void>;
}

interface SimulatorCounters {
  /** By the path of the route: `/2025-03/{store}/orders`. */
  readonly byRoute: Readonly<Record<string, number>>;
  readonly byStatus: Readonly<Record<string, number>>;
  readonly byFault: Readonly<Record<string, number>>;
}

/** Starts a simulated platform on the loopback interface: a real HTTP server. */
export async function startSimulator<World, State>(
  definition: SimulatorDefinition<World, State>,
  options: SimulatorOptions<World>,
): Promise<Simulator<State>> {
  const running = new RunningSimulator(definition, options);
  await running.listen(options.port ?? 0);
  return running;
}

/** A shop of millions of orders is asked millions of times. */
const KEPT_REQUESTS = 20_000;

class RunningSimulator<World, State> implements Simulator<State> {
  readonly requests: LoggedRequest[] = [];
  readonly counters = { byRoute: tally(), byStatus: tally(), byFault: tally() };
  readonly problems: Error[] = [];
  readonly unknownRequests: string[] = [];
  readonly tokens: TokenBook;
  readonly state: State;
  origin = '';

  readonly #definition: SimulatorDefinition<World, State>;
  readonly #options: SimulatorOptions<World>;
  readonly #match: ReturnType<typeof routeMatcher<World, State>>;
  readonly #server: Server;
  readonly #shopClock: SimulatorClock;
  readonly #closing = new AbortController();
  readonly #previousPages = new Map<string, readonly unknown[]>();
  #faults: FaultPlan | undefined;
  #count = 0;

  constructor(definition: SimulatorDefinition<World, State>, options: SimulatorOptions<World>) {
    const { world, clock, shopClock = clock } = options;
    this.#definition = definition;
    this.#options = options;
    this.#shopClock = shopClock;
    this.#faults = options.faults;
    this.#match = routeMatcher(definition.routes);
    this.tokens = new TokenBook(clock, options.credentials ?? []);
    this.state = definition.createState({ world, clock, shopClock });
    this.#server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
      void this.#serve(request, response).catch((cause: unknown) => this.#fail(cause, response));
    });
  }

  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', resolve);
    });
    this.origin = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  setFaults(faults: FaultPlan | undefined): void {
    this.#faults = faults;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const index = (this.#count += 1);
    const text = await textOf(incoming);
    const url = new URL(incoming.url ?? '/', this.origin);
    const identity = `${incoming.method ?? ''} ${incoming.url ?? ''} ${text}`;
    const path = url.pathname;
    const method = incoming.method ?? 'GET';
    const fault = this.#faults?.faultOf({ index, method, path, identity });
    const request = this.#read({ incoming, url, text, index, fault });
    const answer = await this.#answer(request, fault);
    this.#log(request, fault, answer?.status ?? 0);
    if (answer !== undefined) {
      const date = new Date(this.#options.clock.now()).toUTCString();
      const dated = { ...answer, headers: { date, ...answer.headers } };
      await sendAnswer(dated, fault, response, this.#closing.signal);
    } else if (fault?.kind === 'reset') {
      resetConnection(incoming);
    }
  }

  #read(parts: {
    readonly incoming: IncomingMessage;
    readonly url: URL;
    readonly text: string;
    readonly index: number;
    readonly fault: Fault | undefined;
  }): SimulatorRequest {
    const { incoming, url, text, index, fault } = parts;
    const method = incoming.method ?? 'GET';
    const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]);
    return {
      index,
      method,
      path: url.pathname,
      parameters: this.#match(method, url.pathname)?.parameters ?? {},
      query: url.searchParams,
      headers: Object.fromEntries(headers) as Record<string, string>,
      text,
      json: () => jsonOf(text),
      form: () => new URLSearchParams(text),
      now: this.#shopClock.now(),
      shift: fault?.kind === 'shifting_page' ? fault.by : 0,
    };
  }

  /** The answer to send; `undefined` where the fault is that none comes. */
  async #answer(
    request: SimulatorRequest,
    fault: Fault | undefined,
  ): Promise<SimulatorResponse | undefined> {
    const kind = fault?.kind;
    if (kind === 'silence') return undefined;
    if (kind === 'reset') {
      if (fault?.isCarriedOut === true) await this.#platformAnswer(request);
      return undefined;
    }
    if (kind === 'bare_429') return { status: 429, headers: { 'content-type': 'text/html' } };
    if (kind === 'rate_limited' || kind === 'server_error' || kind === 'unavailable') {
      return this.#definition.faultAnswer(kind, request, this.#context());
    }
    if (kind === 'expired_token') this.tokens.expire('access');
    if (kind === 'revoked_token') this.tokens.revokeAll();
    return this.#bend(await this.#platformAnswer(request), fault);
  }

  async #platformAnswer(request: SimulatorRequest): Promise<SimulatorResponse> {
    const recorded = this.#options.cassette?.answer(request, this.origin);
    if (recorded !== undefined) return recorded;
    const { route } = this.#match(request.method, request.path) ?? {};
    if (route === undefined || this.#options.cassette !== undefined) {
      this.unknownRequests.push(`${request.method} ${request.path}`);
      return this.#definition.notFound?.(request) ?? { status: 404 };
    }
    count(this.counters.byRoute, route.path);
    const context = this.#context();
    if (route.open === true) return route.handle(request, context);
    const refusal =
      this.#definition.authorize?.(request, context) ?? this.#definition.limit?.(request, context);
    const answer = refusal ?? (await route.handle(request, context));
    return this.#definition.decorate?.(answer, request, context) ?? answer;
  }

  #bend(answer: SimulatorResponse, fault: Fault | undefined): SimulatorResponse {
    const { page } = answer;
    const earlier = page?.isFirst === false ? this.#previousPages.get(page.list) : undefined;
    if (page !== undefined) this.#previousPages.set(page.list, recordsOf(answer));
    if (fault?.kind === 'duplicate_page') return withRecords(answer, earlier ?? []);
    if (fault?.kind === 'changed_envelope') return withChangedEnvelope(answer, fault);
    return fault?.kind === 'changed_shape' ? withChangedShape(answer, fault) : answer;
  }

  #context(): SimulatorContext<World, State> {
    const { world, clock } = this.#options;
    const shopClock = this.#shopClock;
    return { world, clock, shopClock, state: this.state, tokens: this.tokens, origin: this.origin };
  }

  #log(request: SimulatorRequest, fault: Fault | undefined, status: number): void {
    const { index, method, path, now } = request;
    const query = withoutSecrets(request.query);
    this.requests.push({ index, method, path, query, status, fault: fault?.kind, at: now });
    if (this.requests.length >= 2 * KEPT_REQUESTS) this.requests.splice(0, KEPT_REQUESTS);
    count(this.counters.byStatus, String(status));
    if (fault !== undefined) count(this.counters.byFault, fault.kind);
  }

  #fail(cause: unknown, response: ServerResponse): void {
    if (this.#closing.signal.aborted || response.destroyed) return;
    this.problems.push(cause instanceof Error ? cause : new Error(String(cause)));
    if (response.headersSent) response.destroy();
    else response.writeHead(500).end();
  }
}

function tally(): Record<string, number> {
  return {};
}

function count(counters: Record<string, number>, name: string): void {
  counters[name] = (counters[name] ?? 0) + 1;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
