import { exactKey, exactlyOneOf } from '../../sql/exact-text.ts';
import { boolean, column, values as listOfValues, withDefault } from './argument-types.ts';
import { defineTest } from './built-in-test.ts';
import { valueLiterals } from './sql-parts.ts';

export const notAcceptedValues = defineTest({
  name: 'not_accepted_values',
  description: 'No value is one of a list; one failure for each value found',
  decidedBy: 'row',
  arguments: { column_name: column, values: listOfValues, quote: withDefault(boolean, true) },
  rows: ({
    model,
    values: { column_name, values, quote },
  }) => `select min(${column_name}) as value_field, count(*) as n_records
from ${model} as tested
where ${exactlyOneOf(column_name, valueLiterals(values, quote))}
group by ${exactKey(column_name)}`,
});
