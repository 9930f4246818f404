import type { DateUnit } from './date-units.ts';
import { dateUnit, moment, truncated } from './date-units.ts';
import { shipped } from './define.ts';

export const datediff = shipped({
  name: 'datediff',
  description:
    'How many boundaries of a unit lie between two times: 23:59:59 to 00:00:00 is one day, one hour and one second. Negative when the end is before the start.',
  arguments: [
    {
      name: 'unit',
      type: 'string',
      description:
        'year, quarter, month, week, day, hour, minute, second, millisecond, microsecond',
    },
    { name: 'start', type: 'expression', description: 'The earlier date or datetime.' },
    { name: 'end', type: 'expression', description: 'The later date or datetime.' },
  ],
  sql: (given) => boundaries(dateUnit(given.text('unit')), given.sql('start'), given.sql('end')),
});

/** Boundaries crossed, not time elapsed: TIMESTAMPDIFF alone would count whole units. */
function boundaries(unit: DateUnit, start: string, end: string): string {
  const [from, to] = [moment(start), moment(end)];
  switch (unit) {
    case 'year':
      return `(year(${to}) - year(${from}))`;
    case 'quarter':
      return `((year(${to}) - year(${from})) * 4 + quarter(${to}) - quarter(${from}))`;
    case 'month':
      return `((year(${to}) - year(${from})) * 12 + month(${to}) - month(${from}))`;
    case 'week':
      return `((datediff(${to}, ${from}) + weekday(${from}) - weekday(${to})) div 7)`;
    case 'day':
      return `datediff(${to}, ${from})`;
    case 'hour':
    case 'minute':
    case 'second':
      return `timestampdiff(${unit}, ${truncated(unit, start)}, ${truncated(unit, end)})`;
    case 'millisecond':
      return `(timestampdiff(microsecond, ${truncated(unit, start)}, ${truncated(unit, end)}) div 1000)`;
    case 'microsecond':
      return `timestampdiff(microsecond, ${from}, ${to})`;
  }
}
