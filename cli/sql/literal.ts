const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\0', '\\0'],
  ['\b', '\\b'],
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\u001a', '\\Z'],
  ['"', '\\"'],
  ["'", "\\'"],
  ['\\', '\\\\'],
]);

const SPECIAL = /[\p{Cc}"'\\]/u;
const ALL_SPECIAL = new RegExp(SPECIAL, 'gu');

/**
 * A string literal that every server reads back unchanged under sql_mode without
 * NO_BACKSLASH_ESCAPES (which every Cortex session fixes). The only place that quotes text.
 */
export function stringLiteral(text: string): string {
  // Most texts have nothing to escape, and to look takes a fraction of a replacement that changes nothing.
  if (!SPECIAL.test(text)) return `'${text}'`;
  return `'${text.replaceAll(ALL_SPECIAL, (character) => ESCAPES.get(character) ?? character)}'`;
}

/**
 * Tuples of the rows of a `LOAD DATA` file (values end in a tab, rows in a line feed), all values quoted, with `more`
 * at the end of each: the same escapes mean the same in a file and in a literal. A quote stands doubled in a value, so
 * that only a NULL can be `'\N'`.
 */
export function fileTuples(rows: string, more: string): string {
  const ends = rows
    .replaceAll("'", "''")
    .replaceAll('\t', "', '")
    .replaceAll('\n', () => `'${more}),\n('`);
  return `('${ends}'${more})`.replaceAll("'\\N'", 'null');
}

/** A literal of a plain value: NULL, a number, TRUE/FALSE or quoted text. Dates are passed as text. */
export function literal(value: string | number | bigint | boolean | null): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'string') return stringLiteral(value);
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new RangeError(`${value} has no SQL literal`);
  }
  return String(value);
}
