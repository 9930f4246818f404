import type { ReadAs, ReadKind } from '../../manifest/read-as.ts';

/** A value of the server as a model asked for it, or why it cannot be read so. */
export type ReadValue =
  | { readonly value: string | number | bigint | boolean | null }
  | { readonly problem: string };

/**
 * Reads a value that the driver gave (DECIMAL, BIGINT, dates and JSON as text, other numbers as numbers).
 * `text` and `bigint` keep every digit; `number` refuses integers beyond 2^53 and takes the nearest double
 * of a DECIMAL; `boolean` is true for every number but 0. NULL is refused unless asked for with `?`.
 */
export function readValue(given: unknown, readAs: ReadAs): ReadValue {
  if (given === null || given === undefined) {
    return readAs.endsWith('?') ? { value: null } : { problem: 'is NULL' };
  }
  if (typeof given !== 'string' && typeof given !== 'number') return { problem: 'holds bytes' };
  const value = READERS[readAs.replace('?', '') as ReadKind](String(given));
  return value === undefined ? { problem: `holds \`${shortened(String(given))}\`` } : { value };
}

const READERS: Readonly<
  Record<ReadKind, (text: string) => string | number | bigint | boolean | undefined>
> = {
  text: (text) => text,
  number: (text) => {
    const number = text.trim() === '' ? Number.NaN : Number(text);
    const isWhole = /^-?\d+$/.test(text);
    return Number.isFinite(number) && (!isWhole || Number.isSafeInteger(number))
      ? number
      : undefined;
  },
  bigint: (text) => (/^-?\d+(?:\.0*)?$/.test(text) ? BigInt(text.replace(/\.0*$/, '')) : undefined),
  boolean: (text) =>
    Number.isNaN(Number(text)) || text.trim() === '' ? undefined : Number(text) !== 0,
};

const LONGEST_SHOWN = 60;

/** A value as a message shows it. */
export function shortened(text: string): string {
  const shown = text.length <= LONGEST_SHOWN ? text : `${text.slice(0, LONGEST_SHOWN)}…`;
  return shown.replaceAll('`', "'").replace(/\s+/g, ' ');
}
