import type { JsonRecord, JsonScalar, JsonValue } from '../../sdk/json.ts';
import { isNothing } from '../../sdk/value-source.ts';
import type { PiiTree, Treatment } from './treatment.ts';
import { treated } from './treatment.ts';

/** A record as it lands, with personal data treated. Columns, the JSON and the hash are all made of this one. */
export function landedRecord(record: JsonRecord, tree: PiiTree | undefined): JsonRecord {
  return tree === undefined ? record : landedMap(record, tree, undefined);
}

function landed(
  value: JsonValue,
  tree: PiiTree | undefined,
  inherited: Treatment | undefined,
): JsonValue {
  const treatment = inherited ?? tree?.treatment;
  if (treatment?.mode === 'drop') return null;
  if (typeof value !== 'object' || value === null) {
    const scalar = treatment ?? treatmentOfScalar(value, tree);
    return scalar === undefined ? value : treated(value, scalar);
  }
  return Array.isArray(value)
    ? value.map((item: JsonValue) => landed(item, tree, treatment))
    : landedMap(value as JsonRecord, tree, treatment);
}

/** Text in place of a map with personal data may hold it. */
function treatmentOfScalar(value: JsonScalar, tree: PiiTree | undefined): Treatment | undefined {
  const below = tree === undefined || isNothing(value) ? undefined : firstTreatment(tree);
  return below === undefined ? undefined : { mode: below.mode, kind: 'text' };
}

function firstTreatment({ treatment, fields }: PiiTree): Treatment | undefined {
  if (treatment !== undefined) return treatment;
  for (const field of fields.values()) {
    const found = firstTreatment(field);
    if (found !== undefined) return found;
  }
  return undefined;
}

function landedMap(
  record: JsonRecord,
  tree: PiiTree | undefined,
  treatment: Treatment | undefined,
): JsonRecord {
  const result: Record<string, JsonValue> = {};
  for (const key of Object.keys(record)) {
    const value = record[key];
    if (value === undefined) continue;
    const inner = landed(value, tree?.fields.get(key), treatment);
    // An assignment would set the prototype.
    if (key === '__proto__') Object.defineProperty(result, key, { value: inner, enumerable: true });
    else result[key] = inner;
  }
  return result;
}
