/**
 * A string literal that every server reads back unchanged under sql_mode without
 * NO_BACKSLASH_ESCAPES (which every Cortex session fixes). The only place that quotes text.
 */
export function stringLiteral(text: string): string {
  const escaped = text.replace(/[\0\b\t\n\r\u001a"'\\]/g, (character) => {
    switch (character) {
      case '\0':
        return '\\0';
      case '\b':
        return '\\b';
      case '\t':
        return '\\t';
      case '\n':
        return '\\n';
      case '\r':
        return '\\r';
      case '\u001a':
        return '\\Z';
      default:
        return `\\${character}`;
    }
  });
  return `'${escaped}'`;
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
