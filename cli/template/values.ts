/** Handlebars' idea of empty: false, null, '', NaN and the empty list, but not 0. */
export function isEmpty(value: unknown): boolean {
  if (!value && value !== 0) return true;
  return Array.isArray(value) && value.length === 0;
}

/** What `if`, `and`, `or` and `not` go by: empty values and 0 are false. */
export function isTruthy(value: unknown): boolean {
  return Boolean(value) && !isEmpty(value);
}

/** A property that the value itself has; nothing is ever read from a prototype. */
export function ownProperty(value: unknown, name: string): { readonly value: unknown } | undefined {
  if (value === null || value === undefined) return undefined;
  const holder = Object(value) as Record<string, unknown>;
  return Object.hasOwn(holder, name) ? { value: holder[name] } : undefined;
}

/** The text of a value in SQL, or `undefined` for what has none: lists and objects. */
export function textOf(value: unknown): string | undefined {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  const isPlain =
    typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean';
  return isPlain ? String(value) : undefined;
}

/** `a list`, `text`, `null`: for messages. */
export function describeValue(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'string') return 'text';
  return `a ${typeof value}`;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** Text, a number or a boolean: what a variable can be compared with. */
export function isScalar(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
