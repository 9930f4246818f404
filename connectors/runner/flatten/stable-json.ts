import type { JsonRecord, JsonValue } from '../../sdk/json.ts';
import { isList } from '../../sdk/value-source.ts';

/** What JSON writes with an escape; halves of surrogate pairs are left to the engine. */
// oxlint-disable-next-line no-control-regex
const ESCAPED = /["\\\u0000-\u001f\ud800-\udfff]/;

/**
 * JSON with the keys of every map sorted, so that equal values have equal texts. Written for speed. `texts` takes
 * the texts of the maps that stand in lists, which child tables hold again.
 */
export function stableJson(value: JsonValue, texts?: Map<JsonValue, string>): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (isList(value)) {
    let text = '[';
    for (let index = 0; index < value.length; index += 1) {
      const item = value[index] ?? null;
      const inner = stableJson(item, texts);
      if (typeof item === 'object') texts?.set(item, inner);
      text += (index === 0 ? '' : ',') + inner;
    }
    return `${text}]`;
  }
  let text = '';
  const { sorted, prefixes } = keyOrder(value);
  for (let index = 0; index < sorted.length; index += 1) {
    const inner = value[sorted[index] ?? ''];
    if (inner !== undefined)
      text += (text === '' ? '' : ',') + prefixes[index] + stableJson(inner, texts);
  }
  return `{${text}}`;
}

function quoted(text: string): string {
  return ESCAPED.test(text) ? JSON.stringify(text) : `"${text}"`;
}

interface KeyOrder {
  readonly keys: readonly string[];
  readonly sorted: readonly string[];
  /** `"id":` for each of the sorted keys. */
  readonly prefixes: readonly string[];
}

const orders = new Map<string, KeyOrder>();
/** Platforms have far fewer shapes; maps whose keys are data must not fill the memory. */
const MOST_ORDERS = 10_000;

/** Records have few shapes: the order of their keys is worked out once for each. */
function keyOrder(record: JsonRecord): KeyOrder {
  const keys = Object.keys(record);
  const shape = `${keys.length} ${keys[0]} ${keys.at(-1)}`;
  const known = orders.get(shape);
  if (known !== undefined && areEqual(known.keys, keys)) return known;
  const sorted = keys.toSorted();
  const order = { keys, sorted, prefixes: sorted.map((key) => `${quoted(key)}:`) };
  if (orders.size < MOST_ORDERS) orders.set(shape, order);
  return order;
}

function areEqual(left: readonly string[], right: readonly string[]): boolean {
  for (let index = 0; index < left.length; index += 1) {
    if (left[index] !== right[index]) return false;
  }
  return true;
}
