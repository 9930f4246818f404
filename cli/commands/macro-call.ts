/** A call of a macro as a template writes it: `{{macro name="value"}}`. */
export function macroCall(macro: string, values: Readonly<Record<string, unknown>>): string {
  return `{{${[macro, ...namedValues(values)].join(' ')}}}`;
}

function namedValues(values: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(values).map(([name, value]) => `${name}=${templateValue(value)}`);
}

function templateValue(value: unknown): string {
  if (typeof value === 'string') return `"${value.replaceAll('"', '\\"')}"`;
  if (Array.isArray(value)) return `(${['list', ...value.map(templateValue)].join(' ')})`;
  if (typeof value !== 'object' || value === null) return String(value);
  return `(${['dict', ...namedValues(value as Readonly<Record<string, unknown>>)].join(' ')})`;
}
