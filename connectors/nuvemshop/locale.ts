import type { ValueSource } from '../sdk/columns.ts';
import type { JsonRecord, JsonValue } from '../sdk/json.ts';
import { isRecord, valueAt } from '../sdk/value-source.ts';

/** Languages in the order in which a text is looked for: Brazil, the Spanish-speaking stores, the rest. */
const LANGUAGES = ['pt', 'es', 'en'];

type Computed = Extract<ValueSource, { of: 'value' }>;

/**
 * A text that the platform keeps by language (`{"pt": "Vestido", "es": "Vestido"}`), in the first language that
 * has one. Empty maps come as `[]`; texts without languages stay as they are. An empty path is the record itself.
 */
export function mainText(path: string): Computed {
  return {
    of: 'value',
    value: (record: JsonRecord) => inMainLanguage(path === '' ? record : valueAt(record, path)),
  };
}

function inMainLanguage(value: JsonValue | undefined): JsonValue | undefined {
  if (!isRecord(value)) return value;
  const filled = [...LANGUAGES, ...Object.keys(value)].find((language) =>
    isFilled(value[language]),
  );
  return filled === undefined ? undefined : value[filled];
}

function isFilled(text: JsonValue | undefined): boolean {
  return typeof text === 'string' && text !== '';
}
