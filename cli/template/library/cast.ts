import { castType } from './cast-types.ts';
import { shipped } from './define.ts';

export const cast = shipped({
  name: 'cast',
  description:
    'CAST with type names that mean the same on every server. A value that does not fit is an error; `safe_cast` gives NULL.',
  arguments: [
    { name: 'value', type: 'expression', description: 'Any value.' },
    {
      name: 'type',
      type: 'string',
      description: 'string, integer, decimal(p,s), float, date, datetime, boolean',
    },
  ],
  sql: (given) => `cast(${given.sql('value')} as ${castType(given.text('type')).sql})`,
});

export const boolToText = shipped({
  name: 'cast_bool_to_text',
  description: "A truth value as the text 'true' or 'false'; NULL stays NULL.",
  arguments: [{ name: 'value', type: 'expression', description: 'A truth value or condition.' }],
  sql: (given) =>
    `case when ${given.sql('value')} then 'true' when not (${given.sql('value')}) then 'false' end`,
});
