import { normalForm } from './normal-form.ts';

/** How something of a person is looked for in texts. */
export type Spelling =
  /** In lower case. */
  | { readonly kind: 'text'; readonly text: string }
  /** A run of digits, whatever stands between them: `(11) 98765-4321`. */
  | { readonly kind: 'digits'; readonly digits: string };

/** Fewer digits are in too many numbers. */
const FEWEST_DIGITS = 10;

/** How an address, a number or a document is found in texts; `undefined` for what names nobody or is a hash. */
export function spellingOf(
  kind: 'email' | 'phone' | 'document',
  value: string,
): Spelling | undefined {
  const normal = normalForm(value, kind);
  if (normal === undefined) return undefined;
  if (kind === 'email') return { kind: 'text', text: normal };
  if (!/^\d+$/.test(normal)) return { kind: 'text', text: normal.toLowerCase() };
  // The country is often left out.
  const digits = kind === 'phone' && /^55\d{10,11}$/.test(normal) ? normal.slice(2) : normal;
  return digits.length < FEWEST_DIGITS ? undefined : { kind: 'digits', digits };
}

/** Whether one of the spellings stands in a text, percent-encoded too. */
export function spelledIn(text: string, spellings: readonly Spelling[]): boolean {
  const plain = decoded(text).toLowerCase();
  let digits: string | undefined;
  return spellings.some((spelling) => {
    if (spelling.kind === 'text') return plain.includes(spelling.text);
    digits ??= digitRuns(plain);
    return digits.includes(spelling.digits);
  });
}

/** Digits with what is written between the digits of a number taken out; everything else parts them. */
function digitRuns(text: string): string {
  return text.replaceAll(/(?<=\d)[\s().\-/]{1,3}(?=\d)/g, '').replaceAll(/\D+/g, ' ');
}

function decoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
