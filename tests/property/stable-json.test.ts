import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stableStringify } from '../../cli/kernel/json.ts';
import { JsonWriter } from '../../connectors/runner/flatten/json-writer.ts';
import type { JsonValue } from '../../connectors/sdk/json.ts';

const json = new JsonWriter();

/** The text of a value, written as a field of a record. */
function stableJson(value: JsonValue): string {
  return Buffer.from(json.write({ value })).toString('utf8');
}

test('the text is the one of the slow way, for every value that JSON has', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const parsed = JSON.parse(JSON.stringify(value)) as JsonValue;

      expect(JSON.parse(stableJson(parsed))).toEqual({ value: parsed });
      expect(stableJson(parsed)).toBe(stableJson(JSON.parse(stableStringify(parsed)) as JsonValue));
    }),
  );
});

test('the order of keys changes nothing', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (record) => {
      const parsed = JSON.parse(JSON.stringify(record)) as Record<string, JsonValue>;
      const turned = Object.fromEntries(Object.entries(parsed).toReversed());

      expect(stableJson(turned)).toBe(stableJson(parsed));
    }),
  );
});

test('an item of a list has the bytes that it has in the record', () => {
  fc.assert(
    fc.property(fc.array(fc.dictionary(fc.string(), fc.jsonValue())), (lists) => {
      const items = JSON.parse(JSON.stringify(lists)) as Record<string, JsonValue>[];
      const record = Buffer.from(json.write({ items })).toString('utf8');

      const texts = items.map((item) => Buffer.from(json.item(item)).toString('utf8'));

      expect(`{"items":[${texts.join(',')}]}`).toBe(record);
    }),
  );
});
