import Big from 'big.js';
import { expect, test } from 'vitest';
import type { DayValue } from '../../../../cli/commands/alerts/rules/judge-day.ts';
import { judgeDay } from '../../../../cli/commands/alerts/rules/judge-day.ts';

type Rule = Parameters<typeof judgeDay>[0];

const WEEKDAYS: Rule = {
  compare: 'same_weekday',
  periods: 4,
  minimumHistory: 2,
  direction: 'both',
  changePct: 20,
  missing: 'skip',
};
/** A Wednesday, and the four before it. */
const DAY = '2026-11-25';
const WEDNESDAYS = ['2026-11-18', '2026-11-11', '2026-11-04', '2026-10-28'];

/** Values by day; `null` stands for NULL, `low:` before one for a volume below the minimum. */
function series(values: Readonly<Record<string, string | null>>): ReadonlyMap<string, DayValue> {
  return new Map(
    Object.entries(values).map(([day, text]) => {
      const isEnough = text?.startsWith('low:') !== true;
      const digits = text?.replace('low:', '');
      return [day, { day, value: digits === undefined ? undefined : new Big(digits), isEnough }];
    }),
  );
}

/** The day judged, with the Wednesdays before it, newest first; absent ones have no row. */
function judged(
  value: string | null | undefined,
  past: readonly (string | null | undefined)[],
  rule: Partial<Rule> = {},
) {
  const days = [DAY, ...WEDNESDAYS];
  const values = [value, ...past].flatMap((one, index) =>
    one === undefined ? [] : [[days[index] ?? '', one] as const],
  );
  const found = judgeDay({ ...WEEKDAYS, ...rule }, DAY, series(Object.fromEntries(values)));
  const { verdict, expected, changePct } = found;
  return [verdict, expected?.toFixed(), changePct?.toFixed()];
}

test.each([
  [
    'the median of an odd number is its middle',
    '10',
    ['9', '30', '10'],
    {},
    ['in_range', '10', '0'],
  ],
  [
    'of an even number it is the mean of the middle two',
    '12',
    ['9', '12', '10', '11'],
    {},
    ['in_range', '10.5', '14.28571428571428571429'],
  ],
  [
    'one outlier in the history moves nothing',
    '100',
    ['100', '100', '100', '100000'],
    {},
    ['in_range', '100', '0'],
  ],
  ['the limit itself is out of range', '120', ['100', '100'], {}, ['out_of_range', '100', '20']],
  [
    'a hair below the limit is not',
    '119.999999999999999999999999',
    ['100', '100'],
    {},
    ['in_range', '100', '20'],
  ],
  ['a fall of the limit is out of range', '80', ['100', '100'], {}, ['out_of_range', '100', '-20']],
  [
    'a fall is of no interest to a rule of increases',
    '1',
    ['100', '100'],
    { direction: 'increase' },
    ['in_range', '100', '-99'],
  ],
  [
    'a rise is of no interest to a rule of decreases',
    '900',
    ['100', '100'],
    { direction: 'decrease' },
    ['in_range', '100', '800'],
  ],
  [
    'negative values change by the size of what is expected',
    '-130',
    ['-100', '-100'],
    { direction: 'decrease' },
    ['out_of_range', '-100', '-30'],
  ],
  [
    'a small change of negative values is in range',
    '-110',
    ['-100', '-100'],
    {},
    ['in_range', '-100', '-10'],
  ],
  ['a day with NULL has no value', null, ['1', '1'], {}, ['no_value', '1', undefined]],
  ['a day without a row has no value', undefined, ['1', '1'], {}, ['no_value', '1', undefined]],
  [
    'a day without a row is 0 where the rule says so',
    undefined,
    ['1', '1'],
    { missing: 'zero' },
    ['out_of_range', '1', '-100'],
  ],
  [
    'NULLs and missing days are no history',
    '2',
    [null, undefined, '2', '2'],
    {},
    ['in_range', '2', '0'],
  ],
  [
    'missing days after the first are 0 in the history where so said',
    '2',
    [undefined, undefined, undefined, '2'],
    { missing: 'zero' },
    ['expected_zero', '0', undefined],
  ],
  [
    'too few values are no history',
    '2',
    [null, undefined, '2'],
    {},
    ['no_history', undefined, undefined],
  ],
  [
    'a day with little volume is not judged',
    'low:900',
    ['1', '1'],
    {},
    ['below_minimum', '1', '89900'],
  ],
  [
    'days with little volume are no history',
    '2',
    ['low:900', '2', '2', 'low:800'],
    {},
    ['in_range', '2', '0'],
  ],
  [
    'a change of nothing has no percentage',
    '5',
    ['0', '0', '0'],
    {},
    ['expected_zero', '0', undefined],
  ],
  ['nothing in place of nothing is in range', '0', ['0', '0', '0'], {}, ['in_range', '0', '0']],
] as const)('%s', (...[, value, past, rule, expected]) => {
  expect(judged(value, past, rule)).toEqual(expected);
});

test('a moving window looks at every day before, and at none of today', () => {
  const values = Object.fromEntries(
    Array.from({ length: 10 }, (_, index) => [`2026-11-${25 - index}`, String(index)]),
  );
  const rule: Rule = { ...WEEKDAYS, compare: 'moving_window', periods: 5 };

  const { expected, history } = judgeDay(rule, DAY, series(values));

  expect(history.map(({ day }) => day)).toEqual([
    '2026-11-24',
    '2026-11-23',
    '2026-11-22',
    '2026-11-21',
    '2026-11-20',
  ]);
  expect(expected?.toFixed()).toBe('3');
});
