/** Rows as a text table: numbers to the right, absent values as `NULL`, long texts cut. */
export interface TableOptions {
  /** Characters a column may take. */
  readonly widestColumn: number;
}

type Row = Readonly<Record<string, unknown>>;

const NUMBER = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i;

/** Column names, a rule, and one line a row. Columns are those of the first row. */
export function textTable(
  columns: readonly string[],
  rows: readonly Row[],
  options: TableOptions = { widestColumn: 40 },
): string {
  const cells = rows.map((row) =>
    columns.map((column) => cut(cellText(row[column]), options.widestColumn)),
  );
  const widths = columns.map((column, index) =>
    Math.max(displayWidth(column), ...cells.map((row) => displayWidth(row[index] ?? ''))),
  );
  const isNumeric = columns.map((column) => isNumberColumn(rows.map((row) => row[column])));
  const line = (texts: readonly string[]) =>
    texts
      .map((text, index) => aligned(text, widths[index] ?? 0, isNumeric[index] ?? false))
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return [line(columns), rule, ...cells.map(line)].join('\n');
}

/** The text of one value: line breaks become visible, binary becomes hexadecimal. */
function cellText(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (value instanceof Uint8Array) return `0x${Buffer.from(value).toString('hex')}`;
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'bigint') return String(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.replaceAll('\r', '\\r').replaceAll('\n', '\\n').replaceAll('\t', '\\t');
}

function isNumberColumn(values: readonly unknown[]): boolean {
  const present = values.filter((value) => value !== null && value !== undefined);
  return present.length > 0 && present.every((value) => NUMBER.test(cellText(value)));
}

function aligned(text: string, width: number, toTheRight: boolean): string {
  const padding = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return toTheRight ? padding + text : text + padding;
}

function cut(text: string, width: number): string {
  const characters = Array.from(text);
  return characters.length <= width ? text : `${characters.slice(0, width - 1).join('')}…`;
}

function displayWidth(text: string): number {
  return Array.from(text).length;
}
