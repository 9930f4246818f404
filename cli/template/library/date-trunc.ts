import { dateUnit, truncated } from './date-units.ts';
import { shipped } from './define.ts';

export const dateTrunc = shipped({
  name: 'date_trunc',
  description:
    'The start of the unit that a time lies in: a date for days and longer units, a datetime below. Weeks begin on Monday.',
  arguments: [
    {
      name: 'unit',
      type: 'string',
      description: 'year, quarter, month, week, day, hour, minute, second, millisecond',
    },
    { name: 'date', type: 'expression', description: 'A date or datetime.' },
  ],
  sql: (given) => truncated(dateUnit(given.text('unit')), given.sql('date')),
});
