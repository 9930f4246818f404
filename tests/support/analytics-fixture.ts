import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

const FOLDER = new URL('../fixtures/analytics/', import.meta.url);

/** Keys that tell about an example; every other value is input or must come out of the pack. */
const ABOUT = new Set(['id', 'title', 'name', 'note', 'source', 'definition', 'use', 'tolerance']);

interface Reading {
  readonly content: unknown;
  /** Paths of values that a test looked at. */
  readonly seen: Set<string>;
}

const readings = new Map<string, Reading>();

/** A worked example: its definition, input and what must come out. `unreadCases` knows what was looked at. */
export function analyticsFixture<T>(name: string): T {
  return noted(name, () => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as object) as T;
}

/** Rows of a worked example's CSV file, every cell a text. */
export function analyticsRows(name: string): Record<string, string>[] {
  const rows = () => parse(readFileSync(new URL(name, FOLDER)), { columns: true }) as object;
  return noted(name, rows) as Record<string, string>[];
}

/**
 * Values of the examples that this test file opened and never looked at, as `file: path`; in a CSV file, rows. Parts
 * given in `elsewhere` are shown by another test.
 */
export function unreadCases(elsewhere: readonly string[] = []): string[] {
  return [...readings].flatMap(([name, { content, seen }]) =>
    (name.endsWith('.csv') ? rowPaths(content) : valuePaths(content))
      .filter((path) => !isSeen(path, seen) && !elsewhere.some((part) => path.startsWith(part)))
      .map((path) => `${name}: ${path}`),
  );
}

function noted(name: string, read: () => object): object {
  const reading = readings.get(name) ?? { content: read(), seen: new Set<string>() };
  readings.set(name, reading);
  return watched(reading.content as object, '', reading.seen);
}

/** The same value, which notes the path of every plain value that is taken from it. */
function watched<T extends object>(value: T, path: string, seen: Set<string>): T {
  return new Proxy(value, {
    get(target, key, receiver) {
      const part: unknown = Reflect.get(target, key, receiver);
      if (typeof key === 'symbol' || typeof part === 'function') return part;
      const inner = join(path, key);
      if (typeof part === 'object' && part !== null) return watched(part, inner, seen);
      seen.add(inner);
      return part;
    },
  });
}

function isSeen(path: string, seen: ReadonlySet<string>): boolean {
  return seen.has(path) || [...seen].some((read) => read.startsWith(`${path}.`));
}

function rowPaths(content: unknown): string[] {
  return Object.keys(content as object);
}

function valuePaths(content: unknown, path = ''): string[] {
  if (typeof content !== 'object' || content === null) return [path];
  return Object.entries(content)
    .filter(([key]) => !ABOUT.has(key))
    .flatMap(([key, value]) => valuePaths(value, join(path, key)));
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
