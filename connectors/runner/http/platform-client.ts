import type { PlatformDefinition } from '../../sdk/definition.ts';
import type { ApiRequest, ApiResponse, PlatformHttp, ResponseOutcome } from '../../sdk/http.ts';
import type { JsonRecord } from '../../sdk/json.ts';
import { ReadFailure } from '../../sdk/read-failure.ts';
import { answerOf } from './answer.ts';
import type { StreamedResponse, WireRequest, WireResponse } from './exchange.ts';
import { AnswerTooLarge, exchange, exchangeStream, NetworkTrouble } from './exchange.ts';
import type { HttpEvent } from './http-event.ts';
import type { HttpWorld } from './http-world.ts';
import { jsonLines } from './json-lines.ts';
import { Patience, triesOf } from './patience.ts';
import { RateGate } from './rate-gate.ts';
import { ForeignAddress, requestTarget, wireRequest } from './request-target.ts';
import { retryAfterMs, withRetryAfter } from './retry-after.ts';
import { Scrubber } from './scrub.ts';
import { DEFAULT_TIMEOUTS } from './timeouts.ts';
import { TokenKeeper } from './token-keeper.ts';
import { VersionWatch } from './version-watch.ts';

export interface PlatformClientOptions<Account> extends HttpWorld {
  readonly platform: PlatformDefinition<Account>;
  readonly account: Account;
  /** Stands in for all origins of the platform: a proxy, a simulator. */
  readonly origin?: string | undefined;
  /** The account's file below `.cortex/credentials`. */
  readonly credentialsPath: string;
  readonly onEvent: (event: HttpEvent) => void;
}

/** An answer, what it means, and the token that it was asked with. */
interface Reply {
  readonly outcome: ResponseOutcome;
  readonly answer: ApiResponse;
  readonly token: string | undefined;
}

/** Clocks that differ by less tell the same time, answers take a while. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

/** The HTTP of one account: all its streams share its limits and its token. */
export class PlatformClient<Account> implements PlatformHttp {
  readonly #options: PlatformClientOptions<Account>;
  readonly #scrubber: Scrubber;
  readonly #gate: RateGate;
  readonly #tokens: TokenKeeper<Account> | undefined;
  readonly #version: VersionWatch;
  #aheadMs: number | undefined;

  constructor(options: PlatformClientOptions<Account>) {
    const { platform, account, clock, signal, onEvent } = options;
    this.#options = options;
    this.#scrubber = new Scrubber(account);
    this.#version = new VersionWatch(platform);
    this.#gate = new RateGate({ policy: platform.http.rate, clock, signal, onEvent });
    const source = platform.http.tokens;
    if (source === undefined) return;
    this.#tokens = new TokenKeeper({
      source,
      account,
      path: options.credentialsPath,
      scrubber: this.#scrubber,
      now: () => clock.now() - this.aheadMs,
      aheadMs: () => this.aheadMs,
      ask: (request) => this.#askForToken(request),
    });
  }

  /** Covers the account's credentials in a text that somebody may see. */
  scrub(text: string): string {
    return this.#scrubber.text(text);
  }

  /** How far this machine's clock is ahead of the platform's, by its first answer; 0 within minutes. */
  get aheadMs(): number {
    return this.#aheadMs ?? 0;
  }

  async send(request: ApiRequest): Promise<ApiResponse | 'end_of_pages' | 'gone'> {
    const patience = this.#patience();
    for (;;) {
      try {
        const { outcome, answer, token } = await this.#reply(request);
        if (outcome.action === 'ok') return answer;
        if (outcome.action === 'end_of_pages') return 'end_of_pages';
        if (outcome.action === 'skip_record') return 'gone';
        await patience.act(outcome, token);
      } catch (error) {
        if (!(error instanceof NetworkTrouble)) throw error;
        await patience.retry(error.message);
      }
    }
  }

  /** Where the file breaks off it is asked for again, and what was yielded already is passed over. */
  async *lines(request: ApiRequest): AsyncGenerator<JsonRecord> {
    const patience = this.#patience();
    let done = 0;
    for (;;) {
      try {
        const stream = await this.#open(request, patience);
        if (stream === undefined) continue;
        try {
          let index = 0;
          for await (const record of jsonLines(stream.chunks)) {
            index += 1;
            if (index <= done) continue;
            done = index;
            yield record;
          }
          return;
        } finally {
          stream.close();
        }
      } catch (error) {
        if (!(error instanceof NetworkTrouble)) throw error;
        await patience.retry(error.message);
      }
    }
  }

  async #reply(request: ApiRequest): Promise<Reply> {
    const { platform, clock } = this.#options;
    const { wire, token } = await this.#prepare(request);
    const start = clock.monotonic();
    const response = await this.#whole(wire, request.cost);
    const answer = answerOf(response, this.#scrubber, platform.http.secretPaths ?? []);
    this.#observe(answer, clock.monotonic() - start);
    const outcome = withRetryAfter(platform.http.classify(answer, request), answer);
    return { outcome, answer, token };
  }

  async #whole(wire: WireRequest, cost: number | undefined): Promise<WireResponse> {
    const leave = await this.#gate.enter(cost);
    try {
      return await exchange(wire, this.#exchangeOptions());
    } catch (error) {
      if (!(error instanceof AnswerTooLarge)) throw error;
      throw new ReadFailure({ action: 'split_request', reason: error.message });
    } finally {
      leave();
    }
  }

  /** A file's lines, or `undefined` where it is to be asked for again. */
  async #open(request: ApiRequest, patience: Patience): Promise<StreamedResponse | undefined> {
    const { wire, token } = await this.#prepare(request);
    const leave = await this.#gate.enter(request.cost);
    try {
      const stream = await exchangeStream(wire, this.#exchangeOptions());
      if (stream.status < 300) return stream;
      const text = await wholeText(stream);
      stream.close();
      const { http } = this.#options.platform;
      const answer = answerOf({ ...stream, text }, this.#scrubber, http.secretPaths ?? []);
      const outcome = withRetryAfter(http.classify(answer, request), answer);
      if (
        outcome.action === 'ok' ||
        outcome.action === 'end_of_pages' ||
        outcome.action === 'skip_record'
      ) {
        const reason = `the file is not there (HTTP ${stream.status})`;
        throw new ReadFailure({ action: 'fatal', kind: 'response', reason });
      }
      await patience.act(outcome, token);
      return undefined;
    } finally {
      leave();
    }
  }

  /** The request with everything in it, and the token that was put in. */
  async #prepare(request: ApiRequest) {
    const { platform, account, origin, userAgent } = this.#options;
    const target = this.#target(request, {
      origin: platform.http.origin(account),
      otherOrigins: platform.http.otherOrigins ?? [],
      downloadHosts: platform.http.downloadHosts ?? [],
      override: origin,
    });
    if (!target.isPlatform) {
      return {
        wire: wireRequest(request, target, { userAgent, authorization: {} }),
        token: undefined,
      };
    }
    const token = await this.#tokens?.accessToken();
    const authorization = platform.http.authorize(account, token);
    return { wire: wireRequest(request, target, { userAgent, authorization }), token };
  }

  #target(request: ApiRequest, origins: Parameters<typeof requestTarget>[1]) {
    try {
      return requestTarget(request, origins);
    } catch (error) {
      if (!(error instanceof ForeignAddress)) throw error;
      throw new ReadFailure({ action: 'fatal', kind: 'response', reason: error.message });
    }
  }

  /** The token endpoint has its own words for refusal, which the token source reads. */
  async #askForToken(request: ApiRequest): Promise<ApiResponse> {
    const patience = this.#patience();
    for (;;) {
      try {
        const { wire } = await this.#prepare({ ...request, isAnonymous: true });
        const response = await exchange(wire, this.#exchangeOptions());
        const { status } = response;
        this.#compareClocks(response);
        // Nothing is covered: the token is what is wanted.
        if (status < 500 && status !== 429) return answerOf(response, new Scrubber({}), []);
        const reason = `the token endpoint answers HTTP ${status}`;
        await patience.retry(reason, retryAfterMs(response.headers));
      } catch (error) {
        if (!(error instanceof NetworkTrouble)) throw error;
        await patience.retry(error.message);
      }
    }
  }

  #observe(answer: ApiResponse, ms: number): void {
    const { platform, clock, onEvent } = this.#options;
    onEvent({ type: 'answered', status: answer.status, ms });
    this.#compareClocks(answer);
    const signal = platform.http.pace?.(answer);
    if (signal !== undefined) this.#gate.obey(signal);
    for (const text of this.#version.notices(answer.headers, clock.now() - this.aheadMs)) {
      onEvent({ type: 'notice', text });
    }
  }

  #compareClocks({ headers }: Pick<ApiResponse, 'headers'>): void {
    if (this.#aheadMs !== undefined || headers['date'] === undefined) return;
    const { clock, onEvent } = this.#options;
    const aheadMs = clock.now() - Date.parse(headers['date']);
    const isFar = Math.abs(aheadMs) > CLOCK_TOLERANCE_MS;
    this.#aheadMs = isFar ? aheadMs : 0;
    if (isFar) onEvent({ type: 'clock', aheadMs });
  }

  #exchangeOptions() {
    const { dispatcher, timeouts = DEFAULT_TIMEOUTS, signal } = this.#options;
    return { dispatcher, timeouts, signal };
  }

  #patience(): Patience {
    const { platform, clock, random, signal, onEvent, maxWaitMs } = this.#options;
    const tokens = this.#tokens;
    return new Patience({
      clock,
      random,
      signal,
      onEvent,
      maxWaitMs,
      gate: this.#gate,
      tries: triesOf(platform.http.rate.tries),
      renewToken: tokens === undefined ? undefined : (refused) => tokens.renew(refused),
      scrub: (text) => this.#scrubber.text(text),
    });
  }
}

async function wholeText({ chunks }: StreamedResponse): Promise<string> {
  const parts: Buffer[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts).toString('utf8');
}
