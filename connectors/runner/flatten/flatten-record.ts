import { sha256 } from '../../../cli/kernel/hash.ts';
import { stableStringify } from '../../../cli/kernel/json.ts';
import type { RawChildRow, RawMisfit, RawRecord } from '../../../cli/load/raw/raw-stream.ts';
import type { CellText } from '../../../cli/load/seed-table.ts';
import type { ValuePlace } from '../../sdk/columns.ts';
import type { Stream } from '../../sdk/definition.ts';
import type { JsonRecord, JsonValue } from '../../sdk/json.ts';
import { landedRecord } from '../pii/landed-record.ts';
import { childItems } from './child-items.ts';
import type { JsonWriter } from './json-writer.ts';
import { cellsOf } from './landed-columns.ts';
import type { LandedChild, LandedStream } from './landed-stream.ts';

/** A record as rows, or why it cannot be one: a part of its key is missing. */
export type FlatRecord =
  | { readonly kind: 'record'; readonly record: RawRecord }
  | { readonly kind: 'rejected'; readonly rejected: RejectedRecord };

interface RejectedRecord {
  readonly problem: string;
  /** As it would have landed. */
  readonly json: string;
  readonly hash: string;
}

export interface FlattenOptions {
  readonly stream: Stream;
  readonly landed: LandedStream;
  readonly place: ValuePlace;
  /** Has the record's JSON until it writes the next one. */
  readonly json: JsonWriter;
}

/** Makes rows of a stream's records: the same record gives the same rows, whenever it was read. */
export function flattenRecord(record: JsonRecord, options: FlattenOptions): FlatRecord {
  const { stream, landed, place } = options;
  const tidy = landedRecord(record, landed.pii);
  const json = options.json.write(tidy);
  const hash = sha256(json);
  const misfits: RawMisfit[] = [];
  const { columns, key } = landed.table;
  const values = cellsOf(columns, { record: tidy, parent: tidy, ancestor: tidy }, place, misfits);
  const valueOf = (name: string) => values[columns.findIndex((column) => column.name === name)];
  const missing = key.find((name) => (valueOf(name) ?? null) === null);
  if (missing !== undefined) {
    const text = Buffer.from(json).toString('utf8');
    const problem = keyProblem(missing, misfits);
    return { kind: 'rejected', rejected: { problem, json: text, hash } };
  }
  return {
    kind: 'record',
    record: {
      values,
      json,
      hash,
      version: stream.versionBy === undefined ? '' : (valueOf(stream.versionBy) ?? ''),
      isDeleted: stream.isDeleted?.(record) ?? false,
      children: landed.children.map((child) => childRows(tidy, child, options, misfits)),
      misfits,
    },
  };
}

function keyProblem(column: string, misfits: readonly RawMisfit[]): string {
  const misfit = misfits.find((found) => found.column === column);
  return misfit === undefined
    ? `its key \`${column}\` is missing`
    : `its key \`${column}\` is ${misfit.problem}`;
}

function childRows(
  record: JsonRecord,
  child: LandedChild,
  { place, json }: FlattenOptions,
  misfits: RawMisfit[],
): RawChildRow[] {
  const onMisfit = (problem: string, value: JsonValue) => {
    const valueHash = sha256(stableStringify(value));
    misfits.push({ column: child.name, path: child.path, problem, valueHash });
  };
  const rows = childItems(record, child.path, onMisfit).map(({ item, ancestor }, position) => ({
    position,
    values: cellsOf(child.columns, { record: item, parent: record, ancestor }, place, misfits),
    json: json.item(item),
  }));
  return child.ownKey.length === 0 ? rows : withUniqueKeys(rows, child, misfits);
}

/** Of items with one key the last is kept, and one without a key is left out: both are issues. */
function withUniqueKeys(
  rows: readonly RawChildRow[],
  child: LandedChild,
  misfits: RawMisfit[],
): RawChildRow[] {
  const kept = new Map<string, RawChildRow>();
  for (const row of rows) {
    const key = child.ownKeyCells.map((cell) => row.values[cell] ?? null);
    const text = key.length === 1 ? (key[0] ?? '') : JSON.stringify(key);
    if (key.includes(null)) misfits.push(itemProblem(child, 'an item without its key', key));
    else if (kept.has(text)) misfits.push(itemProblem(child, 'two items with one key', key));
    if (!key.includes(null)) kept.set(text, row);
  }
  return [...kept.values()];
}

function itemProblem(child: LandedChild, problem: string, key: readonly CellText[]): RawMisfit {
  return {
    column: child.ownKey.join(', '),
    path: `${child.path}[]`,
    problem: `${problem} in \`${child.name}\``,
    valueHash: sha256(JSON.stringify(key)),
  };
}
