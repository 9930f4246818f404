import type { MacroContext } from '../macro-context.ts';
import { castType } from './cast-types.ts';
import type { ShippedArgument } from './define.ts';
import { shipped } from './define.ts';
import { safeCastSql } from './safe-cast.ts';

/** As many characters as fit in a VARCHAR of utf8mb4. */
const LONGEST_TEXT = 16_000;

const COLUMN: ShippedArgument = {
  name: 'column',
  type: 'expression',
  description: 'A JSON document.',
};
const PATH: ShippedArgument = {
  name: 'path',
  type: 'string',
  description: 'A path like `$.customer.id`.',
};

export const jsonStr = shipped({
  name: 'json_str',
  description:
    'A text inside a JSON document; JSON null and what is missing are NULL. Texts longer than `length` are NULL on MySQL.',
  arguments: [
    COLUMN,
    PATH,
    {
      name: 'length',
      type: 'integer',
      description: 'The longest text to expect, in characters.',
      default: LONGEST_TEXT,
    },
  ],
  sql: (given, context) =>
    textAt(given.sql('column'), given.text('path'), given.number('length'), context),
});

export const jsonNum = shipped({
  name: 'json_num',
  description: 'A number inside a JSON document; what is no number is NULL.',
  arguments: [
    COLUMN,
    PATH,
    {
      name: 'type',
      type: 'string',
      description: 'decimal(p,s), integer or float.',
      default: 'decimal(38,10)',
    },
  ],
  sql: (given, context) =>
    safeCastSql(
      textAt(given.sql('column'), given.text('path'), 100, context),
      castType(given.text('type')),
    ),
});

export const jsonBool = shipped({
  name: 'json_bool',
  description: 'A truth value inside a JSON document as 1, 0 or NULL.',
  arguments: [COLUMN, PATH],
  sql: (given, context) =>
    safeCastSql(textAt(given.sql('column'), given.text('path'), 20, context), castType('boolean')),
});

export const jsonTs = shipped({
  name: 'json_ts',
  description:
    'A UTC time inside a JSON document (`2026-11-23T09:00:00Z`) as DATETIME(6). A time with another offset is NULL, since MariaDB would ignore the offset.',
  arguments: [COLUMN, PATH],
  sql: (given, context) =>
    safeCastSql(textAt(given.sql('column'), given.text('path'), 40, context), castType('datetime')),
});

/** JSON_VALUE gives at most 512 characters on MySQL unless a length is asked for; TiDB has none at all. */
function textAt(
  column: string,
  path: string,
  length: number,
  { capabilities, literal }: MacroContext,
): string {
  const place = literal(path);
  if (capabilities.jsonValueReturning)
    return `json_value(${column}, ${place} returning char(${length}))`;
  if (capabilities.jsonValue) return `json_value(${column}, ${place})`;
  return `nullif(json_unquote(json_extract(${column}, ${place})), 'null')`;
}
