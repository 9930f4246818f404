import type { CastType } from './cast-types.ts';
import { castType } from './cast-types.ts';
import { shipped } from './define.ts';

const DATE = '[1-9][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])';
const TIME = '([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?';

export const safeCast = shipped({
  name: 'safe_cast',
  description:
    'A value in another type, or NULL when the text is no such value. Plain CAST gives a wrong value with a warning in a query and an error in a table model. Times may be written with `T` and end in `Z`.',
  arguments: [
    { name: 'value', type: 'expression', description: 'A text or any other value.' },
    {
      name: 'type',
      type: 'string',
      description: 'string, integer, decimal(p,s), float, date, datetime, boolean',
    },
  ],
  sql: (given) => safeCastSql(given.sql('value'), castType(given.text('type'))),
});

/** The text is looked at before it is cast, since a cast that fails stops statements that write. */
export function safeCastSql(value: string, type: CastType): string {
  const text = `trim(cast(${value} as char))`;
  const when = (pattern: string, result: string) =>
    `case when ${text} regexp '^${pattern}$' then ${result} end`;
  switch (type.kind) {
    case 'text':
      return `cast(${value} as ${type.sql})`;
    case 'integer':
      return when('[+-]?[0-9]{1,18}', `cast(${text} as signed)`);
    case 'decimal': {
      const whole = `{1,${Math.max(1, type.precision - type.scale)}}`;
      return when(`[+-]?([0-9]${whole}([.][0-9]*)?|[.][0-9]+)`, `cast(${text} as ${type.sql})`);
    }
    case 'double':
      return when(
        '[+-]?([0-9]{1,300}([.][0-9]*)?|[.][0-9]+)(e[+-]?[0-9]{1,2})?',
        `cast(${text} as double)`,
      );
    case 'date':
      return when(
        `${DATE}([T ]${TIME}Z?)?`,
        onExistingDay(text, `cast(left(${text}, 10) as date)`),
      );
    case 'datetime': {
      const plain = `replace(replace(${text}, 'T', ' '), 'Z', '')`;
      return when(`${DATE}([T ]${TIME}Z?)?`, onExistingDay(text, `cast(${plain} as ${type.sql})`));
    }
    case 'boolean':
      return `case when lower(${text}) in ('1', 't', 'true', 'y', 'yes') then 1 when lower(${text}) in ('0', 'f', 'false', 'n', 'no') then 0 end`;
  }
}

/** 31 is no day of every month. */
function onExistingDay(text: string, result: string): string {
  const lastDay = `dayofmonth(last_day(concat(left(${text}, 8), '01')))`;
  return `case when cast(substring(${text}, 9, 2) as unsigned) <= ${lastDay} then ${result} end`;
}
