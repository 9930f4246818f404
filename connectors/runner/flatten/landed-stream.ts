import type { Column } from '../../sdk/columns.ts';
import type { ChildTable, Stream } from '../../sdk/definition.ts';
import { parent } from '../../sdk/value-source.ts';
import type { PiiMode, PiiRule, PiiTree, Treatment } from '../pii/treatment.ts';
import { piiTree, treatmentAt } from '../pii/treatment.ts';
import type { LandedColumn } from './landed-columns.ts';
import { isTextType, landedColumn } from './landed-columns.ts';

/** A stream with all that follows from its definition and the project's settings worked out once. */
export interface LandedStream {
  readonly table: LandedTable;
  readonly children: readonly LandedChild[];
  readonly pii: PiiTree | undefined;
}

export interface LandedTable {
  readonly description: string;
  readonly columns: readonly LandedColumn[];
  /** Names of the key's columns, without Cortex's own. */
  readonly key: readonly string[];
}

export interface LandedChild extends LandedTable {
  readonly name: string;
  readonly path: string;
  /** Columns that tell apart the items of one parent; empty where the position does. */
  readonly ownKey: readonly string[];
  /** Where the values of those columns are in a row. */
  readonly ownKeyCells: readonly number[];
}

/** Works out the tables of a stream. Personal data in a key is hashed where it would be dropped. */
export function landedStream(stream: Stream, mode: PiiMode): LandedStream {
  const pii = piiTree(piiRules(stream, mode));
  const marked = piiTree((stream.pii ?? []).map((path) => ({ ...path, mode: 'hash' })));
  const columns = Object.entries(stream.columns);
  const table: LandedTable = {
    description: stream.description,
    columns: columns.map(([name, column]) =>
      placedColumn(name, column, { pii, marked, mode, prefix: '' }),
    ),
    key: stream.key,
  };
  const children = (stream.children ?? []).map((child) =>
    landedChild(stream, child, { pii, marked, mode }),
  );
  return { table, children, pii };
}

interface StreamPii {
  readonly pii: PiiTree | undefined;
  /** All that the stream marks, whatever the project does with it. */
  readonly marked: PiiTree | undefined;
  readonly mode: PiiMode;
}

interface PiiPlace extends StreamPii {
  /** The path of the child table's list with a dot, or empty. */
  readonly prefix: string;
  /** The same for the list above. */
  readonly ancestorPrefix?: string;
}

function placedColumn(name: string, column: Column, place: PiiPlace): LandedColumn {
  const marked = treatmentOf(column, { ...place, pii: place.marked, mode: 'hash' });
  return landedColumn(name, column, treatmentOf(column, place), marked?.kind);
}

function treatmentOf(
  column: Column,
  { pii, mode, prefix, ancestorPrefix = '' }: Omit<PiiPlace, 'marked'>,
): Treatment | undefined {
  const { from, isPii = false } = column;
  if (from.of === 'value') return isPii && mode !== 'keep' ? { mode, kind: 'text' } : undefined;
  const above = { record: prefix, parent: '', ancestor: ancestorPrefix }[from.of];
  return treatmentAt(pii, `${above}${from.path}`);
}

function landedChild(stream: Stream, child: ChildTable, streamPii: StreamPii): LandedChild {
  const place = { ...streamPii, prefix: `${child.path}.`, ancestorPrefix: listAbove(child.path) };
  const ownKey = child.key === 'position' ? [] : child.key;
  const columns = [...parentColumns(stream, child), ...Object.entries(child.columns)].map(
    ([name, column]) => placedColumn(name, column, place),
  );
  return {
    name: child.name,
    path: child.path,
    description: child.description,
    columns,
    ownKey,
    ownKeyCells: ownKey.map((key) => columns.findIndex(({ name }) => name === key)),
    key: [...child.parentKey, ...(child.key === 'position' ? ['_position'] : ownKey)],
  };
}

/** `variants[].` for `variants[].inventory_levels`; empty where the list stands in the record itself. */
function listAbove(path: string): string {
  const end = path.lastIndexOf('[].');
  return end === -1 ? '' : path.slice(0, end + 3);
}

/** The columns that hold the parent's key, read from the record; one that the table declares is its own. */
function parentColumns(stream: Stream, child: ChildTable): readonly (readonly [string, Column])[] {
  return child.parentKey.flatMap((name, index) => {
    const column = stream.columns[stream.key[index] ?? ''];
    if (column === undefined || Object.hasOwn(child.columns, name)) return [];
    return [[name, { ...column, from: ofParent(column) }] as const];
  });
}

function ofParent({ from }: Column): Column['from'] {
  switch (from.of) {
    case 'record':
      return parent(from.path);
    case 'value':
      return { of: 'value', value: (_item, record) => from.value(record, record) };
    case 'parent':
    case 'ancestor':
      return from;
  }
}

/** Of a key only texts are treated, and never dropped: records could not be told apart without it. */
function piiRules(stream: Stream, mode: PiiMode): readonly PiiRule[] {
  if (mode === 'keep') return [];
  const keyTypes = new Map(
    stream.key.flatMap((name) => {
      const column = stream.columns[name];
      return column?.from.of === 'record' ? [[column.from.path, column.type] as const] : [];
    }),
  );
  return (stream.pii ?? []).flatMap((rule) => {
    const keyType = keyTypes.get(rule.path);
    if (keyType === undefined) return [{ ...rule, mode }];
    return isTextType(keyType) ? [{ ...rule, mode: 'hash' as const }] : [];
  });
}
