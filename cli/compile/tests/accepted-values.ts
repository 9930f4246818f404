import { exactKey, exactlyNoneOf } from '../../sql/exact-text.ts';
import { boolean, column, values as listOfValues, withDefault } from './argument-types.ts';
import { defineTest } from './built-in-test.ts';
import { valueLiterals } from './sql-parts.ts';

export const acceptedValues = defineTest({
  name: 'accepted_values',
  description: 'Every value is one of a list; one failure for each other value, nulls pass',
  decidedBy: 'row',
  arguments: { column_name: column, values: listOfValues, quote: withDefault(boolean, true) },
  rows: ({
    model,
    values: { column_name, values, quote },
  }) => `select min(${column_name}) as value_field, count(*) as n_records
from ${model} as tested
where ${exactlyNoneOf(column_name, valueLiterals(values, quote))}
group by ${exactKey(column_name)}`,
});
