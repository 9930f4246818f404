/** A value of a row: its text, or NULL. */
type Cell = string | null;

// oxlint-disable-next-line no-control-regex -- LOAD DATA gives these characters a meaning
const SPECIAL = /[\\\t\n\r\0\u001a]/g;
const HAS_SPECIAL = new RegExp(SPECIAL.source);
const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\0': '\\0',
  '\u001a': '\\Z',
};

/** A row as `LOAD DATA` reads it, with its line feed: values end in a tab, `\\N` is NULL. */
export function tsvRow(row: readonly Cell[]): string {
  // Nearly all rows need no escapes: one look at all their text is cheaper than one at each cell.
  const cellOf = HAS_SPECIAL.test(row.join('')) ? tsvCell : plainCell;
  let line = '';
  for (let column = 0; column < row.length; column += 1) {
    if (column > 0) line += '\t';
    line += cellOf(row[column] ?? null);
  }
  return `${line}\n`;
}

function plainCell(value: Cell): string {
  return value ?? '\\N';
}

/** One value, without the tab. */
export function tsvCell(value: Cell): string {
  if (value === null) return '\\N';
  return value.replace(SPECIAL, (character) => ESCAPES[character] ?? character);
}
