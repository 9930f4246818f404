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
  return String(value as string | number);
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

/** A text as Python prints it: single quotes unless it holds one and no double quote. */
function quoted(text: string): string {
  if (!/['\\\n\r\t]/.test(text)) return `'${text}'`;
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll(quote, `\\${quote}`)
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t');
  return `${quote}${escaped}${quote}`;
}
