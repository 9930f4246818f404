import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isSecretName } from './request-log.ts';
import type { SimulatorRequest, SimulatorResponse } from './simulator.ts';

/** Recorded pages of a platform, served to requests that are the recorded ones. */
export interface Cassette {
  /** The recorded answer, or `undefined` where no recorded request fits. */
  answer(request: SimulatorRequest, origin: string): SimulatorResponse | undefined;
  /** Recorded requests that nobody made yet: `orders/page3.json`. */
  unused(): readonly string[];
}

export interface CassetteOptions {
  /** Folder of the platform's fixtures, with one folder per stream. */
  readonly directory: string;
  /** Streams to serve. Two that answer the same request differently are not served together. */
  readonly streams: readonly string[];
  /** Origins that the recorded bodies and links name; the simulator's own stands in their place. */
  readonly realOrigins: readonly string[];
  /** Query values, form fields and JSON keys that need not be as recorded (a list of fields). */
  readonly ignored?: readonly string[];
}

interface RecordedExchange {
  readonly name: string;
  readonly key: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly file: string;
}

interface RecordedEntry {
  readonly file: string;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly query?: Readonly<Record<string, string>>;
    readonly form?: Readonly<Record<string, string>>;
    readonly json?: unknown;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
  };
}

/** Headers that belong to the connection of the recording. */
const OF_THE_CONNECTION = new Set(['content-length', 'transfer-encoding', 'connection']);

/**
 * Reads the `_http.json` of streams. A request that was recorded several times (polling) is answered in the
 * recorded order; after the last one, the last answer comes again.
 */
export function readCassette(options: CassetteOptions): Cassette {
  const ignored = new Set(options.ignored);
  const waiting = new Map<string, RecordedExchange[]>();
  for (const stream of options.streams) {
    for (const exchange of readStream(options.directory, stream, ignored)) {
      waiting.set(exchange.key, [...(waiting.get(exchange.key) ?? []), exchange]);
    }
  }
  const unused = new Set([...waiting.values()].flat().map(({ name }) => name));
  return {
    unused: () => [...unused],
    answer(request, origin) {
      const [next, ...later] = waiting.get(keyOfRequest(request, ignored)) ?? [];
      if (next === undefined) return undefined;
      if (later.length > 0) waiting.set(next.key, later);
      unused.delete(next.name);
      return recorded(next, (text) => localised(text, options.realOrigins, origin));
    },
  };
}

function readStream(
  directory: string,
  stream: string,
  ignored: ReadonlySet<string>,
): RecordedExchange[] {
  const folder = join(directory, stream);
  const entries = JSON.parse(readFileSync(join(folder, '_http.json'), 'utf8')) as RecordedEntry[];
  return entries.map(({ file, request, response }) => ({
    name: `${stream}/${file}`,
    file: join(folder, file),
    key: keyOfEntry(request, ignored),
    status: response.status,
    headers: response.headers,
  }));
}

function recorded(exchange: RecordedExchange, local: (text: string) => string): SimulatorResponse {
  const headers = Object.entries(exchange.headers)
    .filter(([name]) => !OF_THE_CONNECTION.has(name.toLowerCase()))
    .map(([name, value]) => [name.toLowerCase(), local(value)] as const);
  const body = local(readFileSync(exchange.file, 'utf8'));
  return { status: exchange.status, headers: Object.fromEntries(headers), body };
}

function localised(text: string, realOrigins: readonly string[], origin: string): string {
  return realOrigins.reduce((result, real) => result.replaceAll(real, origin), text);
}

function keyOfEntry(request: RecordedEntry['request'], ignored: ReadonlySet<string>): string {
  const url = new URL(request.url);
  const query = [...url.searchParams, ...Object.entries(request.query ?? {})];
  const form = Object.entries(request.form ?? {});
  return keyOf({ ...request, path: url.pathname, query, form }, ignored);
}

function keyOfRequest(request: SimulatorRequest, ignored: ReadonlySet<string>): string {
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded');
  const form = isForm === true ? [...request.form()] : [];
  const json = isForm === true ? undefined : request.json();
  const { method, path } = request;
  return keyOf({ method, path, query: [...request.query], form, json }, ignored);
}

/** What two requests have in common when they are the same one. */
function keyOf(
  parts: {
    readonly method: string;
    readonly path: string;
    readonly query: readonly (readonly [string, string])[];
    readonly form: readonly (readonly [string, string])[];
    readonly json?: unknown;
  },
  ignored: ReadonlySet<string>,
): string {
  const kept = ([name]: readonly [string, string]) => !ignored.has(name) && !isSecretName(name);
  const sorted = (pairs: readonly (readonly [string, string])[]) =>
    pairs.filter(kept).toSorted(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
  const body = parts.json === undefined ? '' : canonical(parts.json, ignored);
  const pairs = JSON.stringify([sorted(parts.query), sorted(parts.form)]);
  return `${parts.method} ${parts.path} ${pairs} ${body}`;
}

/** JSON text with sorted keys. */
function canonical(value: unknown, ignored: ReadonlySet<string>): string {
  return JSON.stringify(value, (_key, item: unknown) => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) return item;
    const entries = Object.entries(item).filter(([name]) => !ignored.has(name));
    return Object.fromEntries(
      entries.toSorted(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0)),
    );
  });
}
