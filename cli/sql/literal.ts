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

/**
 * A string literal that every server reads back unchanged under sql_mode without
 * NO_BACKSLASH_ESCAPES (which every Cortex session fixes). The only place that quotes text.
 */
export function stringLiteral(text: string): string {
  return `'${text.replace(/[\p{Cc}"'\\]/gu, (character) => ESCAPES.get(character) ?? character)}'`;
}

/** A literal of text whose backslashes, line ends and control characters are escaped already, as in a `LOAD DATA` file. */
export function escapedLiteral(text: string): string {
  return text.includes("'") ? `'${text.replaceAll("'", "''")}'` : `'${text}'`;
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
