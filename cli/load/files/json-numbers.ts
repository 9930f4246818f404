/** Stands before a number that was made a string, so that JSON.parse keeps its digits. */
const MARK = '\ue000';
/** A double keeps 15 significant digits whatever they are. */
const LONG_NUMBER = /[\d.]{16}/;

/**
 * Parses JSON without rounding: numbers of more than 15 digits arrive as strings that
 * `jsonText` writes as the numbers they were. Throws SyntaxError.
 */
export function parseExactly(text: string): unknown {
  if (!LONG_NUMBER.test(text)) return JSON.parse(text);
  JSON.parse(text);
  const marked = text.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, (token) =>
    token.startsWith('"') || token.length < 16 ? token : `"${MARK}${token}"`,
  );
  return JSON.parse(marked);
}

/** A JSON value as the text of a column: strings as they are, numbers in plain digits, the rest as JSON. */
export function jsonText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string')
    return value.startsWith(MARK) ? plainDigits(value.slice(1)) : value;
  if (typeof value === 'number') return plainDigits(String(value));
  return JSON.stringify(value).replaceAll(new RegExp(`"${MARK}([^"]*)"`, 'g'), '$1');
}

/** `1.5e-7` as `0.00000015`; exponents that would give thousands of digits stay. */
function plainDigits(number: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?e([+-]?\d{1,3})$/i.exec(number);
  if (match === null) return number;
  const [, sign = '', integer = '', fraction = '', exponent = ''] = match;
  const point = integer.length + Number(exponent);
  const digits = `${integer}${fraction}`;
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return `${sign}${digits.padEnd(point, '0')}`;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}
