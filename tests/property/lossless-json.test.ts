import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseJson } from '../../connectors/sdk/parse-json.ts';

const digits = fc.stringMatching(/^-?(?:0|[1-9]\d{0,30})(?:\.\d{1,30})?$/);

test('what a double holds is parsed as JSON.parse does', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(JSON.stringify(parseJson(text))).toBe(JSON.stringify(JSON.parse(text)));
    }),
  );
});

test('no number loses a digit, and strings beside it stay untouched', () => {
  fc.assert(
    fc.property(digits, fc.string(), (number, text) => {
      const parsed = parseJson(`{"a":${number},"b":[${number},${JSON.stringify(text)}]}`) as {
        a: number | string;
        b: (number | string)[];
      };

      const kept = typeof parsed.a === 'string' ? parsed.a : exact(parsed.a);
      expect(plain(kept)).toBe(plain(number));
      expect(parsed.b).toEqual([parsed.a, text]);
    }),
  );
});

/** The shortest spelling of a double, without an exponent. */
function exact(value: number): string {
  return value.toLocaleString('en', { useGrouping: false, maximumSignificantDigits: 21 });
}

function plain(number: string): string {
  const [whole = '', fraction = ''] = number.split('.');
  const trimmed = fraction.replace(/0+$/, '');
  const signed = whole.replace(/^-0*$/, '-0');
  const text = trimmed === '' ? signed : `${signed}.${trimmed}`;
  return text === '-0' ? '0' : text;
}
