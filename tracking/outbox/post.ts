import { CancelledError } from '../../cli/kernel/errors.ts';
import { answerOf } from '../../connectors/runner/http/answer.ts';
import type { WireResponse } from '../../connectors/runner/http/exchange.ts';
import { exchange, NetworkTrouble } from '../../connectors/runner/http/exchange.ts';
import type { HttpWorld } from '../../connectors/runner/http/http-world.ts';
import { Scrubber } from '../../connectors/runner/http/scrub.ts';
import { DEFAULT_TIMEOUTS } from '../../connectors/runner/http/timeouts.ts';
import type { Operation } from '../conversion/conversion.ts';
import type { DestinationAnswer } from '../conversion/reading.ts';
import { bodyBytes } from '../conversion/request.ts';
import type { Destination } from './destination.ts';
import { GoogleTokens } from './google-tokens.ts';

/** What became of a request. */
export type Answered =
  | { readonly kind: 'answered'; readonly answer: DestinationAnswer }
  /** Nobody knows whether the platform took it, unless it was never sent. */
  | { readonly kind: 'no_answer'; readonly isSent: boolean }
  /** No token was given: the request was never sent. */
  | { readonly kind: 'refused_access'; readonly code: string };

/** Events are JSON in UTF-8. */
export type Post = (
  destination: Destination,
  events: readonly Uint8Array[],
  operation: Operation,
) => Promise<Answered>;

/** Asks what became of a request that was taken. */
export type Ask = (destination: Destination, requestId: string) => Promise<Answered>;

/** Asks Data Manager over real sockets. Nothing of a request or an answer is logged. */
export function askThrough(world: HttpWorld): Ask {
  const tokens = new GoogleTokens(world);
  return async (destination, requestId) => {
    const access = await tokens.of(destination);
    if (access.kind !== 'token') return access;
    const url = withOrigin(STATUS_ADDRESS, destination.settings.origin);
    url.searchParams.set('requestId', requestId);
    const headers = {
      accept: 'application/json',
      'user-agent': world.userAgent,
      ...(access.token === undefined ? {} : { authorization: `Bearer ${access.token}` }),
    };
    const scrubber = new Scrubber(destination.settings);
    if (access.token !== undefined) scrubber.add(access.token);
    try {
      const response = await exchange(
        { method: 'GET', url, headers, body: undefined },
        exchangeOptions(world),
      );
      return { kind: 'answered', answer: read(response, scrubber) };
    } catch (error) {
      return noAnswer(error);
    }
  };
}

const STATUS_ADDRESS = 'https://datamanager.googleapis.com/v1/requestStatus:retrieve';

/** Sends batches over real sockets. Nothing of a request or an answer is logged. */
export function postThrough(world: HttpWorld): Post {
  const tokens = new GoogleTokens(world);
  return async (destination, events, operation) => {
    const access = await tokens.of(destination);
    if (access.kind !== 'token') return access;
    const request = destination.request(operation, access.token);
    const scrubber = new Scrubber(destination.settings);
    if (access.token !== undefined) scrubber.add(access.token);
    try {
      const response = await exchange(
        {
          method: 'POST',
          url: withOrigin(request.url, destination.settings.origin),
          headers: {
            accept: 'application/json',
            'content-type': 'application/json',
            'user-agent': world.userAgent,
            ...request.headers,
          },
          body: bodyBytes(request, events),
        },
        exchangeOptions(world),
      );
      if (response.status === 401) tokens.forget(destination);
      return { kind: 'answered', answer: read(response, scrubber) };
    } catch (error) {
      return noAnswer(error);
    }
  };
}

function exchangeOptions({ dispatcher, signal, timeouts = DEFAULT_TIMEOUTS }: HttpWorld) {
  return { dispatcher, timeouts, signal };
}

function read(response: WireResponse, scrubber: Scrubber): DestinationAnswer {
  const { status, body } = answerOf(response, scrubber, []);
  return { status, body };
}

/** A cancelled run may have sent it, and so does everything but a connection that was never made. */
function noAnswer(error: unknown): Answered {
  if (error instanceof CancelledError) return { kind: 'no_answer', isSent: true };
  if (!(error instanceof NetworkTrouble)) throw error;
  const isSent = !/no connection in time|refused|has no address|looked up/.test(error.message);
  return { kind: 'no_answer', isSent };
}

/** The address with another origin in its place. */
function withOrigin(address: string, origin: string | undefined): URL {
  const url = new URL(address);
  if (origin === undefined) return url;
  const other = new URL(origin);
  url.protocol = other.protocol;
  url.host = other.host;
  if (other.port === '') url.port = '';
  return url;
}
