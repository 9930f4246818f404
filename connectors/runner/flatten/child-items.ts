import type { JsonRecord, JsonValue } from '../../sdk/json.ts';
import type { PathStep } from '../../sdk/value-source.ts';
import { isList, isRecord, pathSteps } from '../../sdk/value-source.ts';

/** An item of a nested list, and the item (or the record) that its list stands in. */
export interface ChildItem {
  readonly item: JsonRecord;
  readonly ancestor: JsonRecord;
}

/**
 * The items of the list at a path, in their order, through the lists on the way. A map where a list is
 * expected is its only item, unless it is empty; a scalar in a list is an item with the one field `value`.
 */
export function childItems(record: JsonRecord, path: string): ChildItem[] {
  return itemsBelow(record, record, pathSteps(path));
}

function itemsBelow(
  place: JsonRecord,
  ancestor: JsonRecord,
  [step, ...further]: readonly PathStep[],
): ChildItem[] {
  if (step === undefined || !Object.hasOwn(place, step.key)) return [];
  const value = place[step.key];
  if (further.length === 0) return itemsOf(value).map((item) => ({ item, ancestor }));
  if (step.isList) return itemsOf(value).flatMap((item) => itemsBelow(item, item, further));
  return isRecord(value) ? itemsBelow(value, ancestor, further) : [];
}

function itemsOf(value: JsonValue | undefined): JsonRecord[] {
  if (isList(value)) return value.map((item) => (isRecord(item) ? item : { value: item }));
  return isRecord(value) && Object.keys(value).length > 0 ? [value] : [];
}
