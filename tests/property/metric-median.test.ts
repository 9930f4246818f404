import Big from 'big.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../../connectors/runner/plan/calendar.ts';
import { judgeDay, median } from '../../cli/commands/alerts/rules/judge-day.ts';

const cents = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n });
const decimal = cents.map((value) => new Big(value.toString()).div(100));
const DAY = '2026-11-25';

/** A series with the given values on the days before, and one on the day. */
function judged(value: Big, past: readonly Big[], changePct: number) {
  const days = [value, ...past].map((one, index) => {
    const day = addDays(DAY, -index);
    return [day, { day, value: one, isEnough: true }] as const;
  });
  const rule = {
    compare: 'moving_window',
    periods: past.length,
    minimumHistory: 1,
    direction: 'both',
    changePct,
    missing: 'skip',
  } as const;
  return judgeDay(rule, DAY, new Map(days));
}

test('at most half of the values lie below the median, and at most half above', () => {
  fc.assert(
    fc.property(fc.array(decimal, { minLength: 1, maxLength: 40 }), (values) => {
      const middle = median(values);

      if (middle === undefined) throw new Error('there are values');
      const below = values.filter((value) => value.lt(middle)).length;
      const above = values.filter((value) => value.gt(middle)).length;
      expect(Math.max(below, above) * 2).toBeLessThanOrEqual(values.length);
    }),
  );
});

test('what is less than half of the history cannot move the expectation out of the rest', () => {
  const history = fc.record({
    usual: fc.array(decimal, { minLength: 5, maxLength: 20 }),
    wild: fc.array(decimal, { maxLength: 4 }),
  });
  fc.assert(
    fc.property(history, ({ usual, wild }) => {
      const middle = median([...wild, ...usual]);

      const sorted = usual.toSorted((a, b) => a.cmp(b));
      expect(middle?.gte(sorted[0] ?? 0)).toBe(true);
      expect(middle?.lte(sorted.at(-1) ?? 0)).toBe(true);
    }),
  );
});

test('the unit of a metric changes no verdict: cents are judged as whole amounts', () => {
  const series = fc.record({
    value: decimal,
    past: fc.array(decimal, { minLength: 1, maxLength: 12 }),
    changePct: fc.integer({ min: 1, max: 300 }),
  });
  fc.assert(
    fc.property(series, ({ value, past, changePct }) => {
      const whole = judged(value, past, changePct);
      const hundredfold = judged(
        value.times(100),
        past.map((one) => one.times(100)),
        changePct,
      );

      expect(hundredfold.verdict).toBe(whole.verdict);
    }),
  );
});

test('a change of exactly the limit is out of range, whatever the digits', () => {
  const exact = fc.record({
    base: fc.bigInt({ min: 1n, max: 10n ** 24n }),
    changePct: fc.integer({ min: 1, max: 300 }),
  });
  fc.assert(
    fc.property(exact, ({ base, changePct }) => {
      const expected = new Big(base.toString());
      const limit = expected.times(changePct).times('0.01');

      expect(judged(expected.plus(limit), [expected], changePct).verdict).toBe('out_of_range');
      const near = limit.minus('0.000000000000000000000001');
      expect(judged(expected.plus(near), [expected], changePct).verdict).toBe('in_range');
    }),
  );
});
