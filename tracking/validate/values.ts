import type { YamlPath } from '../../cli/project/yaml.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** A map of a checked file and where it stands. */
export interface Placed {
  readonly fields: Fields;
  readonly path: YamlPath;
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The maps of a list at a key; what is no list or no map is left to the check of shapes. */
export function placedAt({ fields, path }: Placed, key: string): readonly Placed[] {
  const value = fields[key];
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown, index) =>
    isFields(item) ? [{ fields: item, path: [...path, key, index] }] : [],
  );
}

/** A text at a key, or an empty one. */
export function textAt({ fields }: Placed, key: string): string {
  const value = fields[key];
  return typeof value === 'string' ? value : '';
}

/** Every text below a value with its place, keys of maps aside. */
export function* textsBelow(
  value: unknown,
  path: YamlPath,
): Generator<{ readonly text: string; readonly path: YamlPath }> {
  if (typeof value === 'string') yield { text: value, path };
  else if (Array.isArray(value))
    for (const [index, item] of value.entries()) yield* textsBelow(item, [...path, index]);
  else if (isFields(value))
    for (const [key, item] of Object.entries(value)) yield* textsBelow(item, [...path, key]);
}
