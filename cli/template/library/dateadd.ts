import { dateUnit, shifted } from './date-units.ts';
import { shipped } from './define.ts';

export const dateadd = shipped({
  name: 'dateadd',
  description:
    'A time moved by a number of units; negative moves back. The end of a month stays inside the month.',
  arguments: [
    {
      name: 'unit',
      type: 'string',
      description:
        'year, quarter, month, week, day, hour, minute, second, millisecond, microsecond',
    },
    { name: 'amount', type: 'expression', description: 'A whole number.' },
    { name: 'date', type: 'expression', description: 'A date or datetime.' },
  ],
  sql: (given) => shifted(dateUnit(given.text('unit')), given.sql('amount'), given.sql('date')),
});
