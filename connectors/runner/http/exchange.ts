import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { request as send } from 'undici';
import type { Dispatcher } from 'undici';
import { CancelledError } from '../../../cli/kernel/errors.ts';
import type { HttpTimeouts } from './timeouts.ts';

/** A request as it goes out: nothing is added any more. */
export interface WireRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
}

export interface WireResponse {
  readonly status: number;
  /** Lower-case names; repeated ones joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** The network failed, or an answer that is not whole: worth another try. Never names the address's query. */
export class NetworkTrouble extends Error {
  override readonly name = 'NetworkTrouble';
}

/** An answer larger than anything that a platform sends as a page. */
export class AnswerTooLarge extends Error {
  override readonly name = 'AnswerTooLarge';
}

export interface ExchangeOptions {
  readonly dispatcher: Dispatcher;
  readonly timeouts: HttpTimeouts;
  readonly signal: AbortSignal;
}

/** Bytes of a decoded answer: three times what a page comes to, and parsed it takes several times as much memory. */
const LARGEST_ANSWER = 32 * 1024 * 1024;

/** Sends a request and reads the whole answer. Throws NetworkTrouble, AnswerTooLarge or CancelledError. */
export async function exchange(
  request: WireRequest,
  options: ExchangeOptions,
): Promise<WireResponse> {
  const { answer, close } = await open(request, options, options.timeouts.bodyMs);
  try {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of decoded(answer)) {
      size += chunk.length;
      if (size > LARGEST_ANSWER) throw new AnswerTooLarge('an answer of more than 32 MB');
      chunks.push(chunk);
    }
    const text = Buffer.concat(chunks).toString('utf8');
    return { status: answer.statusCode, headers: flatHeaders(answer.headers), text };
  } catch (error) {
    throw troubleOf(error, options.signal);
  } finally {
    close();
  }
}

export interface StreamedResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Decoded pieces. Throws NetworkTrouble where the body ends early. */
  readonly chunks: AsyncIterable<Buffer>;
  close(): void;
}

/** Sends a request and hands on the body piece by piece. */
export async function exchangeStream(
  request: WireRequest,
  options: ExchangeOptions,
): Promise<StreamedResponse> {
  const { answer, close } = await open(request, options, undefined);
  async function* chunks(): AsyncGenerator<Buffer> {
    try {
      yield* decoded(answer);
    } catch (error) {
      throw troubleOf(error, options.signal);
    }
  }
  return {
    status: answer.statusCode,
    headers: flatHeaders(answer.headers),
    chunks: chunks(),
    close,
  };
}

/** `close` ends the body, whatever is left of it, and the timers. */
async function open(request: WireRequest, options: ExchangeOptions, bodyMs: number | undefined) {
  const { dispatcher, timeouts, signal } = options;
  const controller = new AbortController();
  const abort = () => controller.abort(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  let timer: NodeJS.Timeout | undefined;
  try {
    const answer = await send(request.url, {
      dispatcher,
      method: request.method,
      headers: { 'accept-encoding': 'gzip', ...request.headers },
      body: request.body ?? null,
      headersTimeout: timeouts.headersMs,
      bodyTimeout: timeouts.silenceMs,
      signal: controller.signal,
    });
    if (bodyMs !== undefined) {
      timer = setTimeout(
        () => controller.abort(new NetworkTrouble('the answer takes too long')),
        bodyMs,
      );
    }
    const close = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      answer.body.on('error', () => undefined).destroy();
    };
    return { answer, close };
  } catch (error) {
    signal.removeEventListener('abort', abort);
    throw troubleOf(error, signal);
  }
}

async function* decoded(answer: Dispatcher.ResponseData): AsyncGenerator<Buffer> {
  const encoding = String(answer.headers['content-encoding'] ?? 'identity').toLowerCase();
  if (encoding !== 'gzip' && encoding !== 'x-gzip') {
    yield* answer.body as AsyncIterable<Buffer>;
    return;
  }
  const gunzip = createGunzip();
  answer.body.on('error', (error: Error) => gunzip.destroy(error));
  yield* (answer.body as Readable).pipe(gunzip) as AsyncIterable<Buffer>;
}

function flatHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined
        ? []
        : [[name.toLowerCase(), typeof value === 'string' ? value : value.join(', ')]],
    ),
  );
}

const TROUBLES: Readonly<Record<string, string>> = {
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
  UND_ERR_HEADERS_TIMEOUT: 'no answer in time',
  UND_ERR_BODY_TIMEOUT: 'the answer stopped on its way',
  UND_ERR_SOCKET: 'the connection was closed before the answer was whole',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'the answer ended early',
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was reset',
  ENOTFOUND: 'the host has no address',
  EAI_AGAIN: 'the host’s address cannot be looked up',
  Z_BUF_ERROR: 'the compressed answer ended early',
  Z_DATA_ERROR: 'the compressed answer is damaged',
};

function troubleOf(error: unknown, signal: AbortSignal): Error {
  if (signal.aborted) return new CancelledError('stopped while reading', { cause: error });
  if (error instanceof NetworkTrouble || error instanceof AnswerTooLarge) return error;
  const code = codeOf(error);
  const text = code === undefined ? undefined : TROUBLES[code];
  return new NetworkTrouble(text ?? `the network failed${code === undefined ? '' : ` (${code})`}`, {
    cause: error,
  });
}

/** The code of an error, or of the one that caused it. */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = 'code' in error ? error.code : undefined;
  return typeof code === 'string' && code !== '' ? code : codeOf(error.cause);
}
