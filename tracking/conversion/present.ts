import type { JsonRecord, JsonValue } from '../../connectors/sdk/json.ts';

/** A map without the keys that have no value: what is not known is left out, never sent as null. */
export function present(fields: Readonly<Record<string, JsonValue | undefined>>): JsonRecord {
  const known: Record<string, JsonValue> = {};
  for (const key of Object.keys(fields)) {
    const value = fields[key];
    if (value !== undefined && value !== null) known[key] = value;
  }
  return known;
}

/** `undefined` instead of a map or a list without anything in it. */
export function filled<T extends object>(value: T): T | undefined {
  return Object.keys(value).length === 0 ? undefined : value;
}
