/** Has no accents, and is composed. */
const ASCII = /^[ -~]*$/;

/** Composed (NFC) and trimmed; `undefined` for what is empty then, so that no empty text is ever hashed. */
export function cleaned(value: string | null | undefined): string | undefined {
  if (value === null || value === undefined) return undefined;
  const text = (ASCII.test(value) ? value : value.normalize('NFC')).trim();
  return text === '' ? undefined : text;
}

/** Lower case without accents: `São Paulo` is `sao paulo`. */
export function folded(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

/** The text, or `undefined` where nothing is left of it. */
export function nonEmpty(text: string): string | undefined {
  return text === '' ? undefined : text;
}
