import type { JsonRecord, JsonValue } from './json.ts';
import { ReadFailure } from './read-failure.ts';
import { isList, isRecord, valueAt } from './value-source.ts';

/**
 * The records of the list at a path of an answer. Throws where there is none, or something else in it: it
 * would pass for an empty list, and rows that are still there for ones that are gone.
 */
export function recordsAt(body: JsonValue, path: string): readonly JsonRecord[] {
  return recordsIn(valueAt(body, path), path);
}

/** The same for a list that was found already; `name` is what the message calls it. */
export function recordsIn(list: JsonValue | undefined, name: string): readonly JsonRecord[] {
  if (!isList(list)) throw unexpectedAnswer(`\`${name}\` is no list`);
  if (!list.every(isRecord))
    throw unexpectedAnswer(`\`${name}\` holds something else than records`);
  return list;
}

/** The platform answered something that its documentation does not know. */
export function unexpectedAnswer(problem: string): ReadFailure {
  const reason = `the answer is not as it should be: ${problem}`;
  return new ReadFailure({ action: 'fatal', kind: 'response', reason });
}
