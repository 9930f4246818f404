import type { JsonValue } from './json.ts';

/** A number outside a string that a double may not hold: many digits, or a large exponent. */
const LONG_NUMBER = /(?:^|[:,[\s])-?\d(?:[\d.eE+-]{15,}|[\d.]*[eE]\+?\d{3})/;
/** A string, which is left as it is, or a number. */
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
/** Up to 15 digits are held exactly by every double. */
const SHORT = /^-?[\d.]{1,15}$/;

/**
 * Parses JSON without losing a digit: a number that a double would change becomes the string of its digits.
 * Throws SyntaxError, without the text, for what is no JSON.
 */
export function parseJson(text: string): JsonValue {
  const json = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const exact = LONG_NUMBER.test(json) ? json.replace(TOKEN, exactToken) : json;
  try {
    return JSON.parse(exact) as JsonValue;
  } catch {
    // The engine's message quotes the text, which may hold anything.
    throw new SyntaxError(`${json.length} characters that are no JSON`);
  }
}

function exactToken(token: string): string {
  if (token.startsWith('"') || SHORT.test(token)) return token;
  const value = Number(token);
  if (Number.isFinite(value) && digitsOf(token) === digitsOf(String(value))) return token;
  return `"${token}"`;
}

/** Sign, significant digits and the power of ten: equal for equal numbers, however they are written. */
function digitsOf(number: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(number) ?? [];
  const all = `${whole}${fraction}`.replace(/^0+/, '');
  const significant = all.replace(/0+$/, '');
  if (significant === '') return '0';
  const power = Number(exponent) - fraction.length + (all.length - significant.length);
  return `${sign}${significant}e${power}`;
}
