import { isAlias, isMap, isScalar, isSeq, parseDocument, stringify } from 'yaml';
import type { Document, Node, Pair, YAMLMap } from 'yaml';
import type { Code } from '../kernel/codes.ts';
import type { Diagnostic } from '../kernel/diagnostic.ts';
import { diagnostic } from '../kernel/diagnostic.ts';
import type { Outcome } from '../kernel/outcome.ts';
import { outcome } from '../kernel/outcome.ts';
import type { Span } from '../kernel/span.ts';

export type YamlPrimitive = string | number | boolean | null;

/** Where a value stands; one that was laid over another file's values also says in which file. */
interface YamlPlace {
  readonly start: number;
  readonly end: number;
  readonly file?: string;
}

export interface YamlScalar extends YamlPlace {
  readonly kind: 'scalar';
  readonly value: YamlPrimitive;
  /** Written without quotes: its type follows from its characters. */
  readonly isPlain: boolean;
}

interface YamlList extends YamlPlace {
  readonly kind: 'list';
  readonly items: readonly YamlValue[];
}

export interface YamlEntry {
  readonly key: string;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly value: YamlValue;
  readonly file?: string;
}

export interface YamlMap extends YamlPlace {
  readonly kind: 'map';
  readonly entries: readonly YamlEntry[];
}

/** A YAML value that knows where each of its parts stands in the file. */
export type YamlValue = YamlScalar | YamlList | YamlMap;

/** Anchors may repeat parts of a file, but not multiply them without end. */
const MOST_NODES = 500_000;
const DEEPEST = 200;

/** Reads one YAML document; an empty one is `undefined`. Broken YAML gives diagnostics with places. */
export function parseYaml(text: string, file: string): Outcome<YamlValue | undefined> {
  try {
    const document = parseDocument(text, { prettyErrors: false, merge: true, logLevel: 'error' });
    // The first mistake; what follows it is mostly its echo.
    const [error] = document.errors;
    if (error !== undefined)
      return outcome(undefined, [syntaxError(error.message, file, error.pos)]);
    if (document.contents === null) return outcome(undefined);
    return new Conversion(document, file).run(document.contents);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return outcome(undefined, [syntaxError(detail, file, [0, text.length])]);
  }
}

function syntaxError(
  detail: string,
  file: string,
  [start, end]: readonly [number, number],
): Diagnostic {
  const code: Code = 'CX1103';
  const sentence = detail.replace(/\s+/g, ' ').replace(/[.:]\s*$/, '');
  return diagnostic(code, `this YAML cannot be read: ${sentence}`, {
    span: { file, start, end },
    hint: HINTS.find(([words]) => words.test(sentence))?.[1],
  });
}

/** What to do about the mistakes that people make most, by the parser's words for them. */
const HINTS: readonly (readonly [RegExp, string])[] = [
  [/^Tabs are not allowed/, 'indent with spaces'],
  [/^Implicit map keys need/, 'write `key: value`, with a colon and a space'],
  [
    /^(?:Sequence item without|All \S+ items must start|.*indent)/i,
    'indent the keys of one list item or map alike',
  ],
  [/^Nested mappings are not allowed/, 'put quotes around a value that holds `: `'],
];

/** Turns the nodes of one document into values, following anchors. */
class Conversion {
  readonly #document: Document;
  readonly #file: string;
  readonly #diagnostics: Diagnostic[] = [];
  readonly #aliases = new Set<Node>();
  #count = 0;
  #depth = 0;

  constructor(document: Document, file: string) {
    this.#document = document;
    this.#file = file;
  }

  run(root: Node): Outcome<YamlValue | undefined> {
    const value = this.#value(root, [0, 0]);
    return outcome(this.#diagnostics.length > 0 ? undefined : value, this.#diagnostics);
  }

  #value(node: unknown, place: readonly [number, number]): YamlValue {
    this.#count += 1;
    if (this.#count > MOST_NODES)
      return this.#refuse('its anchors expand to too many values', place);
    if (this.#depth > DEEPEST) return this.#refuse('it is nested too deeply', place);
    this.#depth += 1;
    const value = this.#inner(node, place);
    this.#depth -= 1;
    return value;
  }

  #inner(node: unknown, place: readonly [number, number]): YamlValue {
    if (isScalar(node)) return scalarOf(node, rangeOf(node, place));
    if (isMap(node)) return this.#map(node, rangeOf(node, place));
    if (isSeq(node)) {
      const [start, end] = rangeOf(node, place);
      const items = node.items.map((item) => this.#value(item, [start, end]));
      return { kind: 'list', items, start, end };
    }
    if (isAlias(node)) {
      const target = node.resolve(this.#document);
      const range = rangeOf(node, place);
      if (target === undefined) return this.#refuse(`no anchor is named \`${node.source}\``, range);
      if (this.#aliases.has(target)) return this.#refuse('an anchor contains itself', range);
      this.#aliases.add(target);
      const value = this.#value(target, range);
      this.#aliases.delete(target);
      return { ...value, start: range[0], end: range[1] };
    }
    return { kind: 'scalar', value: null, start: place[0], end: place[1], isPlain: true };
  }

  #map(node: YAMLMap, [start, end]: readonly [number, number]): YamlMap {
    const entries = new Map<string, YamlEntry>();
    for (const pair of node.items) {
      for (const entry of this.#entries(pair, [start, end])) {
        if (!entries.has(entry.key) || !isMergeKey(pair)) entries.set(entry.key, entry);
      }
    }
    return { kind: 'map', entries: [...entries.values()], start, end };
  }

  #entries(pair: Pair, place: readonly [number, number]): readonly YamlEntry[] {
    const [keyStart, keyEnd] = rangeOf(pair.key, place);
    const value = this.#value(pair.value, [keyEnd, keyEnd]);
    if (isMergeKey(pair)) {
      const merged = value.kind === 'list' ? value.items : [value];
      return merged.flatMap((part) => (part.kind === 'map' ? part.entries : []));
    }
    const key = isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
    return [{ key, keyStart, keyEnd, value }];
  }

  #refuse(reason: string, [start, end]: readonly [number, number]): YamlValue {
    if (this.#diagnostics.length === 0) {
      this.#diagnostics.push(syntaxError(reason, this.#file, [start, end]));
    }
    return { kind: 'scalar', value: null, start, end, isPlain: true };
  }
}

function isMergeKey(pair: Pair): boolean {
  return isScalar(pair.key) && pair.key.type === 'PLAIN' && pair.key.source === '<<';
}

function scalarOf(
  node: { value: unknown; type?: string; source?: string },
  [start, end]: readonly [number, number],
): YamlScalar {
  return { kind: 'scalar', value: primitiveOf(node), start, end, isPlain: node.type === 'PLAIN' };
}

/** Whole numbers beyond the exact range of a JavaScript number keep their digits as text. */
function primitiveOf({ value, source }: { value: unknown; source?: string }): YamlPrimitive {
  if (typeof value === 'number') {
    const isExact = !Number.isInteger(value) || Number.isSafeInteger(value);
    return isExact || source === undefined ? value : source;
  }
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  return source ?? '';
}

function rangeOf(node: unknown, fallback: readonly [number, number]): readonly [number, number] {
  const range = (node as { range?: readonly number[] | null } | null | undefined)?.range;
  return range === undefined || range === null
    ? fallback
    : [range[0] ?? fallback[0], range[1] ?? fallback[1]];
}

/** The value without its places, as `JSON.parse` would give it. */
export function plainValue(node: YamlValue): unknown {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(plainValue);
    case 'map':
      return Object.fromEntries(node.entries.map((entry) => [entry.key, plainValue(entry.value)]));
  }
}

/** A value as YAML text; the same value gives the same text. */
export function yamlText(value: unknown): string {
  return stringify(value, { lineWidth: 110, aliasDuplicateObjects: false });
}

/** The entry of a map, or `undefined`. */
export function entryOf(node: YamlValue | undefined, key: string): YamlEntry | undefined {
  return node?.kind === 'map' ? node.entries.find((entry) => entry.key === key) : undefined;
}

/** The value of a key, or `undefined`. */
export function valueOf(node: YamlValue | undefined, key: string): YamlValue | undefined {
  return entryOf(node, key)?.value;
}

export type YamlPath = readonly (string | number)[];

/** The place of a path, or of its longest part that exists. An empty place answers with its key. */
export function spanAt(root: YamlValue, path: YamlPath, file: string): Span {
  let node = root;
  let span = placeOf(root, file);
  for (const step of path) {
    const entry = typeof step === 'string' ? entryOf(node, step) : undefined;
    const next = entry?.value ?? (node.kind === 'list' ? node.items[Number(step)] : undefined);
    if (next === undefined) return span;
    node = next;
    const isEmpty = node.start === node.end && entry !== undefined;
    span = isEmpty ? keyPlaceOf(entry, file) : placeOf(node, file);
  }
  return span;
}

/** The place of a value that was found in a file, or laid over its values from another one. */
export function placeOf(value: YamlValue, file: string): Span {
  return { file: value.file ?? file, start: value.start, end: value.end };
}

/** The same of a key. */
export function keyPlaceOf(entry: YamlEntry, file: string): Span {
  return { file: entry.file ?? file, start: entry.keyStart, end: entry.keyEnd };
}

/** The place of a key of the map at a path. */
export function keySpanAt(root: YamlValue, path: YamlPath, key: string, file: string): Span {
  let node: YamlValue | undefined = root;
  for (const step of path) {
    node = node?.kind === 'list' ? node.items[Number(step)] : valueOf(node, String(step));
  }
  const entry = entryOf(node, key);
  return entry === undefined ? spanAt(root, path, file) : keyPlaceOf(entry, file);
}
