import { expect, test } from 'vitest';
import { missedDays } from '../../../../cli/commands/pipelines/missed-days.ts';

test.each([
  ['never ran well', undefined, '2026-03-02', []],
  ['ran well today', '2026-03-02', '2026-03-02', []],
  ['ran well yesterday', '2026-03-01', '2026-03-02', []],
  [
    'over the end of a month',
    '2026-02-26',
    '2026-03-02',
    ['2026-02-27', '2026-02-28', '2026-03-01'],
  ],
])('a pipeline that %s has missed the days between', (_, lastGood, today, missed) => {
  expect(missedDays(lastGood, today)).toEqual(missed);
});
