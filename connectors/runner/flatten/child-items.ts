import type { JsonRecord, JsonValue } from '../../sdk/json.ts';
import type { PathStep } from '../../sdk/value-source.ts';
import { isList, isNothing, isRecord, kindOf, pathSteps } from '../../sdk/value-source.ts';

/** An item of a nested list, and the item (or the record) that its list stands in. */
export interface ChildItem {
  readonly item: JsonRecord;
  readonly ancestor: JsonRecord;
}

/**
 * The items of the list at a path, in their order, through the lists on the way. A map where a list is
 * expected is its only item, unless it is empty, or numbers its items (`{"0": {…}, "1": {…}}`); a scalar in a
 * list is an item with the one field `value`. Where the path ends in `{}` the list is a map by names: each of its
 * values is an item, with the name as its field `key`. What is neither is told to `onMisfit`.
 */
export function childItems(
  record: JsonRecord,
  path: string,
  onMisfit: (problem: string, value: JsonValue) => void,
): ChildItem[] {
  return itemsBelow(record, record, { steps: pathSteps(path), onMisfit });
}

interface Descent {
  readonly steps: readonly PathStep[];
  readonly onMisfit: (problem: string, value: JsonValue) => void;
}

function itemsBelow(
  place: JsonRecord,
  ancestor: JsonRecord,
  { steps: [step, ...further], onMisfit }: Descent,
): ChildItem[] {
  if (step === undefined || !Object.hasOwn(place, step.key)) return [];
  const value = place[step.key];
  if (value === undefined) return [];
  const below = { steps: further, onMisfit };
  const isLast = further.length === 0;
  if (isLast || step.isList) {
    const fits = typeof value === 'object' && !(step.isMap && isList(value));
    if (!fits && !isNothing(value)) {
      const expected = step.isMap ? 'map' : 'list';
      onMisfit(`\`${step.key}\` is ${kindOf(value)} where a ${expected} is expected`, value);
    }
    const items = step.isMap ? entriesOf(value) : itemsOf(value);
    return isLast
      ? items.map((item) => ({ item, ancestor }))
      : items.flatMap((item) => itemsBelow(item, item, below));
  }
  if (isRecord(value)) return itemsBelow(value, ancestor, below);
  if (!isNothing(value)) {
    onMisfit(`\`${step.key}\` is ${kindOf(value)} where a map is expected`, value);
  }
  return [];
}

function itemsOf(value: JsonValue): JsonRecord[] {
  if (isList(value)) return value.map((item) => (isRecord(item) ? item : { value: item }));
  if (!isRecord(value)) return [];
  const keys = Object.keys(value);
  if (keys.length === 0) return [];
  const isNumbered = keys.every((key) => /^\d+$/.test(key) && isRecord(value[key]));
  return isNumbered ? Object.values(value).filter(isRecord) : [value];
}

function entriesOf(value: JsonValue): JsonRecord[] {
  if (!isRecord(value)) return [];
  return Object.entries(value).map(([key, item]) =>
    isRecord(item) ? { ...item, key } : { key, value: item },
  );
}
