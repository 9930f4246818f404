import type { DateUnit } from './date-units.ts';
import { dateOrSql, dateUnit } from './date-units.ts';
import { shipped } from './define.ts';
import { digitsFor, numbers } from './numbers.ts';

const UNITS = ['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute'] as const;
const MILLISECONDS: Readonly<Record<(typeof UNITS)[number], number>> = {
  year: 365 * 86_400_000,
  quarter: 90 * 86_400_000,
  month: 28 * 86_400_000,
  week: 7 * 86_400_000,
  day: 86_400_000,
  hour: 3_600_000,
  minute: 60_000,
};

export const dateSpine = shipped({
  name: 'date_spine',
  description:
    'A query with one row for each unit from `start` up to, not including, `end`, in the column `date_<unit>`. No recursion, hence no limit of recursion. With dates written out exactly as many numbers are made as are needed; with SQL expressions 270 years of days, 110 of hours or 19 of minutes.',
  arguments: [
    { name: 'unit', type: 'string', description: UNITS.join(', ') },
    {
      name: 'start',
      type: 'expression',
      description: 'The first date: `2023-09-01` or a SQL expression.',
    },
    { name: 'end', type: 'expression', description: 'The date to stop before.' },
  ],
  sql(given) {
    const unit = dateUnit(given.text('unit'), UNITS) as (typeof UNITS)[number];
    const type = unit === 'hour' || unit === 'minute' ? 'datetime' : 'date';
    const start = `cast(${dateOrSql(given.sql('start'))} as ${type})`;
    const end = `cast(${dateOrSql(given.sql('end'))} as ${type})`;
    const { from, number } = numbers(digitsNeeded(unit, given.text('start'), given.text('end')));
    const date = `${start} + interval ${number} ${unit}`;
    return `select ${date} as date_${unit}\nfrom ${from}\nwhere ${date} < ${end}`;
  },
});

function digitsNeeded(unit: (typeof UNITS)[number], start: string, end: string): number {
  const span = Date.parse(`${end.replace(' ', 'T')}`) - Date.parse(`${start.replace(' ', 'T')}`);
  const isWritten = [start, end].every((text) => dateOrSql(text) !== text);
  return isWritten && Number.isFinite(span)
    ? digitsFor(span / MILLISECONDS[unit] + 2)
    : openDigits(unit);
}

function openDigits(unit: DateUnit): number {
  if (unit === 'minute') return 7;
  return unit === 'hour' ? 6 : 5;
}
