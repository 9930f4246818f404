import { isSignificant, scanSql } from './scan.ts';

/** What may stand before a parenthesis where nothing but the row decides: functions of their arguments alone, and words. */
const PURE = new Set(
  `abs and between case cast ceil ceiling char char_length character_length coalesce concat concat_ws convert crc32
  date date_add date_format date_sub datediff datetime day dayofmonth dayofweek dayofyear decimal else exp field
  find_in_set floor greatest hex hour if ifnull in instr interval is json_extract json_length json_unquote json_valid
  least left length like ln locate log lower lpad ltrim minute mod month not nullif or pow power quarter regexp replace
  reverse right round rpad rtrim second sha1 sha2 sign sqrt str_to_date strcmp substr substring substring_index then
  time timestamp timestampadd timestampdiff trim truncate upper varchar week weekday when xor year`
    .trim()
    .split(/\s+/),
);

/** Words without a parenthesis that something else than the row decides. */
const NOT_OF_ROW = new Set(
  'current_date current_time current_timestamp current_user exists from localtime localtimestamp select utc_date utc_time utc_timestamp'.split(
    ' ',
  ),
);

/**
 * True when an expression of MySQL surely says the same of a row whenever it is asked: no clock, no other rows, no
 * variables of the session, and no function but well-known ones of their arguments alone.
 */
export function isOfRowAlone(expression: string): boolean {
  const tokens = [...scanSql(expression)].filter(isSignificant);
  return tokens.every(({ kind, text }, index) => {
    if (kind === 'quoted-name') return tokens[index + 1]?.text !== '(';
    if (kind !== 'word') return true;
    const word = text.toLowerCase();
    if (word.includes('@') || NOT_OF_ROW.has(word)) return false;
    return tokens[index + 1]?.text !== '(' || PURE.has(word);
  });
}
