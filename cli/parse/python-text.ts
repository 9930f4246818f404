/** `str(value)` of Python, for names that must equal dbt's. */
export function pythonText(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (Array.isArray(value)) return `[${value.map(elementText).join(', ')}]`;
  if (typeof value === 'object') {
    const entries = Object.entries(value).map(
      ([key, inner]) => `${quoted(key)}: ${elementText(inner)}`,
    );
    return `{${entries.join(', ')}}`;
  }
  return typeof value === 'number' ? numberText(value) : String(value as string);
}

/** Python changes to an exponent below 0.0001, and writes it with two digits. */
function numberText(value: number): string {
  if (value === 0 || Math.abs(value) >= 1e-4) return String(value);
  return value.toExponential().replace(/e-(\d)$/, 'e-0$1');
}

function elementText(value: unknown): string {
  return typeof value === 'string' ? quoted(value) : pythonText(value);
}

/** `repr` of a value whose maps are sorted by key and whose leaves are texts: what dbt hashes. */
export function pythonRepr(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonRepr).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
    return `{${entries.map(([key, inner]) => `${quoted(key)}: ${pythonRepr(inner)}`).join(', ')}}`;
  }
  return quoted(pythonText(value));
}

/** What `repr` escapes: control and format characters, blanks other than the usual one, unassigned ones. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

/** A text as Python prints it: single quotes unless it holds one and no double quote. */
function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll(quote, `\\${quote}`)
    .replace(UNPRINTABLE, escapeOf);
  return `${quote}${escaped}${quote}`;
}

const SHORT_ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escapeOf(character: string): string {
  const short = SHORT_ESCAPES[character];
  if (short !== undefined) return short;
  const code = (character.codePointAt(0) ?? 0).toString(16);
  if (code.length <= 2) return `\\x${code.padStart(2, '0')}`;
  return code.length <= 4 ? `\\u${code.padStart(4, '0')}` : `\\U${code.padStart(8, '0')}`;
}
