import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stableStringify } from '../../cli/kernel/json.ts';
import { stableJson } from '../../connectors/runner/flatten/stable-json.ts';
import type { JsonValue } from '../../connectors/sdk/json.ts';

test('the text is the one of the slow way, for every value that JSON has', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const parsed = JSON.parse(JSON.stringify(value)) as JsonValue;

      expect(JSON.parse(stableJson(parsed))).toEqual(parsed);
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
