import fc from 'fast-check';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { expect, test } from 'vitest';
import { phoneDigits } from '../../tracking/identity/phone.ts';

const digit = fc.integer({ min: 0, max: 9 });
const national = fc
  .tuple(
    fc.integer({ min: 11, max: 99 }),
    fc.constantFrom('9', ''),
    fc.array(digit, { minLength: 8, maxLength: 8 }),
  )
  .map(([area, nine, rest]) => `${area}${nine}${rest.join('')}`)
  .filter((text) => /^[1-9]\d(?:9\d{8}|[2-5]\d{7})$/.test(text));

test('a Brazilian number is one exactly where the library says so of the whole number', () => {
  fc.assert(
    fc.property(national, (text) => {
      const parsed = parsePhoneNumberFromString(text, 'BR');
      const isWhole = parsed?.isValid() === true && parsed.nationalNumber === text;
      const expected = isWhole ? parsed.number.slice(1) : undefined;

      expect(phoneDigits(text, 'BR')).toBe(expected);
    }),
    { numRuns: 2000, examples: [['90900000000']] },
  );
});
