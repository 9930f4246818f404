import type { Stream } from '../../sdk/definition.ts';
import type { JsonRecord, JsonValue } from '../../sdk/json.ts';
import { isList, isRecord } from '../../sdk/value-source.ts';
import { landedRecord } from './landed-record.ts';
import type { Spelling } from './spellings.ts';
import { spellingOf, spelledIn } from './spellings.ts';
import { searchedValues } from './marks.ts';
import { piiTree } from './treatment.ts';

/**
 * A record without what leads to its person beside personal data: the traces that the stream names, and every
 * text in which an address, a number or a document of the person stands (a note, an address of a page). What the
 * stream marks as personal data is left to the treatment of landing, which also makes the columns.
 */
export function withoutTraces(
  record: JsonRecord,
  stream: Stream,
  more: readonly Spelling[] = [],
): JsonRecord {
  const spellings = [
    ...more,
    ...searchedValues(record, stream).flatMap(({ kind, value }) => spellingOf(kind, value) ?? []),
  ];
  const traces = piiTree(
    (stream.person?.traces ?? []).map((path) => ({ path, kind: 'id', mode: 'drop' })),
  );
  const tidy = landedRecord(record, traces);
  return spellings.length === 0 ? tidy : (scrubbed(tidy, spellings) as JsonRecord);
}

function scrubbed(value: JsonValue, spellings: readonly Spelling[]): JsonValue {
  if (typeof value === 'string') return spelledIn(value, spellings) ? null : value;
  if (isList(value)) return value.map((item) => scrubbed(item, spellings));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, scrubbed(inner ?? null, spellings)]),
  );
}
