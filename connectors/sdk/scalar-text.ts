import type { JsonValue } from './json.ts';

/** A text, number or truth value as text; empty for everything else. Ids come as numbers and as texts. */
export function scalarText(value: JsonValue | undefined): string {
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
}
