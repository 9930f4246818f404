import { writePlainText } from '../../../cli/load/raw/plain-text.ts';
import type { JsonRecord, JsonValue } from '../../sdk/json.ts';
import { isList } from '../../sdk/value-source.ts';
import { JsonPlace } from './json-place.ts';

const FIRST_BYTES = 64 * 1024;
const QUOTE = 0x22;
const COMMA = 0x2c;
const [OPEN_LIST, CLOSE_LIST, OPEN_MAP, CLOSE_MAP] = [0x5b, 0x5d, 0x7b, 0x7d];

/** What JSON writes with an escape; halves of surrogate pairs are left to the engine. */
// oxlint-disable-next-line no-control-regex
const ESCAPED = /["\\\u0000-\u001f\ud800-\udfff]/;

/**
 * Writes JSON with the keys of every map sorted, so that equal values have equal bytes, into memory that it uses
 * again and again. As bytes, for that is how a record is hashed and sent: as a string it would be copied and
 * looked through four times.
 */
export class JsonWriter {
  readonly #root = new JsonPlace();
  readonly #made = new JsonPlace();
  /** Where the maps stand that stood in a list. */
  readonly #items = new Map<JsonValue, readonly [start: number, end: number]>();
  #bytes = Buffer.allocUnsafe(FIRST_BYTES);
  #at = 0;

  /** A record as UTF-8. Good until the next one is written. */
  write(record: JsonRecord): Uint8Array {
    this.#at = 0;
    this.#items.clear();
    this.#map(record, this.#root);
    return this.#bytes.subarray(0, this.#at);
  }

  /** An item of a list of the record that was written last, or a map made of one. Good as long as the record. */
  item(item: JsonRecord): Uint8Array {
    const there = this.#items.get(item);
    if (there !== undefined) return this.#bytes.subarray(...there);
    const start = this.#at;
    this.#map(item, this.#made);
    return this.#bytes.subarray(start, this.#at);
  }

  #value(value: JsonValue, place: JsonPlace): void {
    if (typeof value === 'string') this.#string(value);
    else if (typeof value !== 'object' || value === null) this.#unquoted(String(value));
    else if (isList(value)) this.#list(value, place.item);
    else this.#map(value, place);
  }

  #list(list: readonly JsonValue[], place: JsonPlace): void {
    this.#byte(OPEN_LIST);
    for (let index = 0; index < list.length; index += 1) {
      if (index > 0) this.#byte(COMMA);
      const item = list[index] ?? null;
      const start = this.#at;
      this.#value(item, place);
      if (typeof item === 'object' && item !== null) this.#items.set(item, [start, this.#at]);
    }
    this.#byte(CLOSE_LIST);
  }

  #map(map: JsonRecord, place: JsonPlace): void {
    const values = Object.values(map);
    const { sources, prefixes, places } = place.orderOf(Object.keys(map));
    this.#byte(OPEN_MAP);
    const start = this.#at;
    for (let index = 0; index < sources.length; index += 1) {
      const value = values[sources[index] as number];
      if (value === undefined) continue;
      if (this.#at > start) this.#byte(COMMA);
      this.#copy(prefixes[index] as Uint8Array);
      this.#value(value, places[index] as JsonPlace);
    }
    this.#byte(CLOSE_MAP);
  }

  #string(text: string): void {
    this.#reserve(text.length * 3 + 2);
    const start = this.#at;
    const end = writePlainText(this.#bytes, start + 1, text, QUOTE);
    if (end === -1) {
      const quoted = ESCAPED.test(text) ? JSON.stringify(text) : `"${text}"`;
      this.#reserve(quoted.length * 3);
      this.#at += this.#bytes.write(quoted, start);
      return;
    }
    this.#bytes[start] = QUOTE;
    this.#bytes[end] = QUOTE;
    this.#at = end + 1;
  }

  #unquoted(text: string): void {
    this.#reserve(text.length);
    for (let index = 0; index < text.length; index += 1) {
      this.#bytes[this.#at + index] = text.charCodeAt(index);
    }
    this.#at += text.length;
  }

  #copy(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    const [into, at] = [this.#bytes, this.#at];
    for (let index = 0; index < bytes.length; index += 1) into[at + index] = bytes[index] as number;
    this.#at += bytes.length;
  }

  #byte(byte: number): void {
    this.#reserve(1);
    this.#bytes[this.#at] = byte;
    this.#at += 1;
  }

  /** Makes place behind what is there; what was handed out stays as it is. */
  #reserve(size: number): void {
    const needed = this.#at + size;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }
}
