import { dateUnit, truncated } from './date-units.ts';
import { shipped } from './define.ts';

export const lastDay = shipped({
  name: 'last_day',
  description: 'The last date of the unit that a time lies in.',
  arguments: [
    { name: 'date', type: 'expression', description: 'A date or datetime.' },
    {
      name: 'unit',
      type: 'string',
      description: 'year, quarter, month or week.',
      default: 'month',
    },
  ],
  sql(given) {
    const unit = dateUnit(given.text('unit'), ['year', 'quarter', 'month', 'week']);
    return `(${truncated(unit, given.sql('date'))} + interval 1 ${unit} - interval 1 day)`;
  },
});
