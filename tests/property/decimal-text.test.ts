import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  decimalText,
  fitDecimal,
  shiftDecimal,
} from '../../connectors/sdk/columns/decimal-text.ts';

const micros = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });

test('moving the point there and back changes no number', () => {
  fc.assert(
    fc.property(micros, fc.integer({ min: 0, max: 20 }), (number, places) => {
      const there = shiftDecimal(number.toString(), places);

      expect(BigInt(shiftDecimal(there, -places))).toBe(number);
    }),
  );
});

test('a double is written with the digits that read back as it', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
      const text = decimalText(number);

      expect(text).toMatch(/^-?\d+(\.\d+)?$/);
      expect(Number(text)).toBe(number === 0 ? 0 : number);
    }),
  );
});

test('rounding moves a number by at most half of the last digit', () => {
  fc.assert(
    fc.property(micros, fc.integer({ min: 0, max: 6 }), (number, scale) => {
      const digits = shiftDecimal(number.toString(), 6);

      const rounded = fitDecimal(digits, { precision: 40, scale, rounds: true });

      if (rounded === null || typeof rounded !== 'string') throw new Error('it fits');
      const error = BigInt(shiftDecimal(rounded, -6)) - number;
      const half = 10n ** BigInt(6 - scale) / 2n;
      expect(error >= -half && error <= half).toBe(true);
    }),
  );
});
