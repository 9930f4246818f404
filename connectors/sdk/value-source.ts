import type { ValueSource } from './columns.ts';
import type { JsonRecord, JsonValue } from './json.ts';

/** A path in the record (in the item, for a child table), or one of the sources below. */
export type SourceOrPath = string | ValueSource;

/** A value of the record that a child table's item belongs to: `order_id: bigint(parent('id'), …)`. */
export function parent(path: string): ValueSource {
  return { of: 'parent', path };
}

/** A value of the item one list above, for a list inside a list. */
export function ancestor(path: string): ValueSource {
  return { of: 'ancestor', path };
}

/**
 * A value made from the record: for a child table, from its item and the record that it belongs to. What it
 * reads may already be hashed or dropped where the stream says that it is personal.
 */
export function computed(
  value: (record: JsonRecord, parent: JsonRecord) => JsonValue | undefined,
): ValueSource {
  return { of: 'value', value };
}

export function sourceOf(source: SourceOrPath): ValueSource {
  return typeof source === 'string' ? { of: 'record', path: source } : source;
}

/** One step of a path: a key, and whether it goes on into every item of the list there, or of the map. */
export interface PathStep {
  readonly key: string;
  readonly isList: boolean;
  readonly isMap: boolean;
}

const steps = new Map<string, readonly PathStep[]>();

/** `variants[].inventory_levels` and `languages{}` as steps; read once for each path. */
export function pathSteps(path: string): readonly PathStep[] {
  const known = steps.get(path);
  if (known !== undefined) return known;
  const read = path.split('.').map((part) => ({
    key: part.replace(/(?:\[\]|\{\})$/, ''),
    isList: part.endsWith('[]'),
    isMap: part.endsWith('{}'),
  }));
  steps.set(path, read);
  return read;
}

/**
 * The value at a path: `customer.id`. Through a list (`lines[].sku`) it is the list of the values there.
 * `undefined` where a step is missing or no map.
 */
export function valueAt(record: JsonValue | undefined, path: string): JsonValue | undefined {
  return follow(record, pathSteps(path), 0);
}

/** The text at a path; empty where there is none. */
export function textAt(record: JsonValue | undefined, path: string): string {
  const value = valueAt(record, path);
  return typeof value === 'string' ? value : '';
}

/**
 * What stands in the way of a path: text or a number where a map is expected. Undefined where a step is merely
 * missing, or is one of the ways in which platforms say that there is nothing: `null`, `false`, `0`, `''`, `'0'`,
 * an empty list.
 */
export function obstacleAt(record: JsonRecord, path: string): string | undefined {
  let found: JsonValue | undefined = record;
  for (const { key, isList: isListed } of pathSteps(path).slice(0, -1)) {
    if (!isRecord(found)) return undefined;
    found = ownValue(found, key);
    if (isListed || found === undefined) return undefined;
    if (!isRecord(found) && !isNothing(found)) {
      return `\`${key}\` is ${kindOf(found)} where a map is expected`;
    }
  }
  return undefined;
}

/** Whether a platform says by it that there is no map and no list. */
export function isNothing(value: JsonValue): boolean {
  if (isList(value)) return value.length === 0;
  return value === null || value === '' || value === '0' || value === 0 || value === false;
}

/** For messages: `a list`. */
export function kindOf(value: JsonValue): string {
  if (typeof value === 'object') return isList(value) ? 'a list' : 'a map';
  return typeof value === 'string' ? 'text' : `a ${typeof value}`;
}

function follow(
  value: JsonValue | undefined,
  path: readonly PathStep[],
  from: number,
): JsonValue | undefined {
  let found = value;
  for (let index = from; index < path.length; index += 1) {
    const step = path[index];
    if (step === undefined || !isRecord(found)) return undefined;
    found = ownValue(found, step.key);
    if (!step.isList) continue;
    if (!isList(found)) return undefined;
    if (index === path.length - 1) return found;
    return found
      .map((item) => follow(item, path, index + 1))
      .filter((inner): inner is JsonValue => inner !== undefined);
  }
  return found;
}

/** Names that every object answers to without having them. */
const INHERITED: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/** What a record has under a key; nothing of what all objects inherit. */
function ownValue(record: JsonRecord, key: string): JsonValue | undefined {
  return INHERITED.has(key) && !Object.hasOwn(record, key) ? undefined : record[key];
}

/** `valueAt` for a path that is read again and again. */
export function reader(path: string): (record: JsonRecord) => JsonValue | undefined {
  const steps = pathSteps(path);
  if (steps.some(({ key, isList }) => isList || INHERITED.has(key))) {
    return (record) => follow(record, steps, 0);
  }
  const [first = '', ...further] = steps.map(({ key }) => key);
  if (further.length === 0) return (record) => record[first];
  return (record) => {
    let found = record[first];
    for (let index = 0; index < further.length; index += 1) {
      if (!isRecord(found)) return undefined;
      found = found[further[index] ?? ''];
    }
    return found;
  };
}

export function isRecord(value: JsonValue | undefined): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}
