const MARK = '\uE000';
const MARKED = /"\uE000(-?[0-9.]+)\uE000"/g;

/**
 * A number that is to stand in JSON with all its digits (`9007199254740993`, `43.0`), which a JavaScript
 * number would lose. `jsonText` writes it without quotes.
 */
export function bare(digits: string): string {
  return `${MARK}${digits}${MARK}`;
}

/** JSON text of a value, with the numbers of `bare` unquoted. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value);
  return text.includes(MARK) ? text.replace(MARKED, '$1') : text;
}
