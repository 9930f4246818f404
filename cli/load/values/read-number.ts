import type { ValueFormat } from './value-format.ts';

/** A number without its separators: an optional `-`, digits, and a point with digits. */
export interface ReadNumber {
  readonly isNegative: boolean;
  readonly integer: string;
  readonly fraction: string;
  /** As written: `+` before it, zeros that a number would lose, separators between thousands. */
  readonly hasPlus: boolean;
  readonly hasLeadingZero: boolean;
  readonly isGrouped: boolean;
}

export type NumberReader = (text: string) => ReadNumber | undefined;

/**
 * A reader of numbers as one format writes them. Thousands are read only in full groups of three,
 * so that `12,50` is never 1250. Currency signs, percent signs, exponents and blanks inside are no
 * part of a number.
 */
export function numberReader(format: ValueFormat): NumberReader {
  const decimal = escapeForClass(format.decimal);
  const groups =
    format.thousands === ''
      ? ''
      : `|\\d{1,3}(?:([${escapeForClass(format.thousands)}])\\d{3})(?:\\3\\d{3})*`;
  const pattern = new RegExp(`^\\s*([+-]?)(\\d*${groups})(?:[${decimal}](\\d+))?\\s*$`);
  return (text) => {
    const match = pattern.exec(text);
    if (match === null) return undefined;
    const separator = groups === '' ? undefined : match[3];
    const fraction = match[groups === '' ? 3 : 4] ?? '';
    const written = match[2] ?? '';
    if (written === '' && fraction === '') return undefined;
    const digits = separator === undefined ? written : written.replaceAll(separator, '');
    return {
      isNegative: match[1] === '-',
      integer: digits.replace(/^0+(?=\d)/, '') || '0',
      fraction,
      hasPlus: match[1] === '+',
      hasLeadingZero: /^0\d/.test(digits),
      isGrouped: separator !== undefined,
    };
  };
}

/** The number as SQL writes it, with a given number of decimals at most; zeros at the end may go. */
export function numberText(number: ReadNumber, scale: number): string | undefined {
  const fraction =
    number.fraction.length <= scale ? number.fraction : number.fraction.replace(/0+$/, '');
  if (fraction.length > scale) return undefined;
  return `${number.isNegative ? '-' : ''}${number.integer}${fraction === '' ? '' : `.${fraction}`}`;
}

function escapeForClass(characters: string): string {
  return characters.replace(/[\]\\^-]/g, '\\$&');
}
