import { sha256 } from '../../kernel/hash.ts';
import { tsvRow } from '../../sql/tsv-row.ts';
import type { CellText } from '../seed-table.ts';
import type { LineSpan } from './line-arena.ts';
import { LineArena } from './line-arena.ts';
import type { RawRecord, RawStreamShape, RawTableShape } from './raw-stream.ts';

/** Rows of one table as `LOAD DATA` reads them. */
export interface EncodedRows {
  readonly bytes: Buffer;
  readonly count: number;
}

/** What a batch holds, ready to be sent: one entry of `children` for each child table. */
export interface EncodedBatch {
  readonly parent: EncodedRows;
  readonly children: readonly EncodedRows[];
  /** Texts of the keys, in the order of the parent's rows. */
  readonly keys: readonly string[];
  /** Keys that are gone. */
  readonly deleted: EncodedRows;
}

interface Entry {
  readonly version: string;
  readonly own: LineSpan;
  readonly children: readonly ChildSpan[];
}

interface ChildSpan extends LineSpan {
  readonly count: number;
}

/** Bytes of a batch, about: enough for the server to work, little for the memory. */
const BATCH_BYTES = 1024 * 1024;
const BATCH_RECORDS = 20_000;

/**
 * Records on their way into the tables. Of several copies of a record the newest version stays, else the one
 * that was read last.
 */
export class RecordBatch {
  readonly #encoder: RecordEncoder;
  readonly #own = new LineArena();
  readonly #children: readonly LineArena[];
  readonly #entries = new Map<string, Entry>();
  readonly #deleted = new Map<string, string>();

  constructor(encoder: RecordEncoder) {
    this.#encoder = encoder;
    this.#children = encoder.childTables.map(() => new LineArena());
  }

  get isFull(): boolean {
    const bytes = this.#children.reduce((sum, { length }) => sum + length, this.#own.length);
    return bytes >= BATCH_BYTES || this.#entries.size >= BATCH_RECORDS;
  }

  /** The record's key has to be there. */
  add(record: RawRecord, beganAt: string): void {
    const key = this.#encoder.keyOf(record);
    const there = this.#entries.get(key);
    if (there !== undefined && there.version > record.version) return;
    this.#deleted.delete(key);
    const start = this.#own.length;
    this.#encoder.writeOwn(this.#own, record, { key, beganAt });
    this.#entries.set(key, {
      version: record.version,
      own: { start, end: this.#own.length },
      children: this.#children.map((arena, table) => this.#addChildren(arena, table, record, key)),
    });
  }

  /** Marks what stands there; a copy that is read later brings the record back. */
  delete(cells: readonly string[]): void {
    const key = this.#encoder.keyText(cells);
    this.#deleted.set(key, this.#encoder.keyLine(cells));
  }

  #addChildren(arena: LineArena, table: number, record: RawRecord, key: string): ChildSpan {
    const start = arena.length;
    const count = this.#encoder.writeChildren(arena, table, record, key);
    return { start, end: arena.length, count };
  }

  /** Empties it for the records that come next, and takes away what was encoded of it. */
  clear(): void {
    for (const arena of [this.#own, ...this.#children]) arena.clear();
    this.#entries.clear();
    this.#deleted.clear();
  }

  /** Leaves out a record that the server refuses. */
  remove(key: string): void {
    this.#entries.delete(key);
  }

  /** Sorted by key, so that writers meet rows in one order. Good until it is encoded again, or emptied. */
  encode(): EncodedBatch {
    const keys = [...this.#entries.keys()].toSorted();
    const entries = keys.flatMap((key) => this.#entries.get(key) ?? []);
    return {
      keys,
      parent: { bytes: this.#own.collect(entries.map(({ own }) => own)), count: entries.length },
      children: this.#children.map((arena, table) => {
        const spans = entries.flatMap(({ children }) => children[table] ?? []);
        return {
          bytes: arena.collect(spans),
          count: spans.reduce((sum, { count }) => sum + count, 0),
        };
      }),
      deleted: {
        bytes: Buffer.from([...this.#deleted.values()].join('')),
        count: this.#deleted.size,
      },
    };
  }

  /** The record that the n-th row of a child table belongs to. */
  parentOf(table: number, row: number): string | undefined {
    let rows = 0;
    for (const key of [...this.#entries.keys()].toSorted()) {
      rows += this.#entries.get(key)?.children[table]?.count ?? 0;
      if (row < rows) return key;
    }
    return undefined;
  }
}

/** Turns records of a stream into lines, in the order of the tables' loaded columns (`rawTables`). */
export class RecordEncoder {
  readonly childTables: readonly RawTableShape[];
  readonly #isHashed: boolean;
  readonly #isVersioned: boolean;
  readonly #keyCells: readonly number[];
  readonly #childKeys: readonly ChildKey[];

  constructor(shape: RawStreamShape) {
    this.childTables = shape.children;
    this.#isHashed = shape.table.hashedKey;
    this.#isVersioned = shape.write.mode === 'upsert' && shape.write.isVersioned;
    this.#keyCells = shape.table.key.map((name) => cellOf(shape.table, name));
    this.#childKeys = shape.children.map((child) => childKey(child, shape.table.key.length));
  }

  /** Whether every part of the key has a value. */
  hasKey(record: RawRecord): boolean {
    return this.#keyCells.every((cell) => (record.values[cell] ?? null) !== null);
  }

  keyOf({ values }: RawRecord): string {
    return this.keyText(this.#keyCells.map((cell) => values[cell] ?? ''));
  }

  /** Tells a key from every other: its one part, its digest, or its parts in a row. */
  keyText(cells: readonly string[]): string {
    return this.#isHashed ? digest(cells) : cells.join('\0');
  }

  keyLine(cells: readonly string[]): string {
    return tsvRow(this.#isHashed ? [digest(cells)] : cells);
  }

  /** Writes the line of a record's own table. */
  writeOwn(
    lines: LineArena,
    record: RawRecord,
    { key, beganAt }: { readonly key: string; readonly beganAt: string },
  ): void {
    if (this.#isHashed) lines.cell(key);
    lines.cells(record.values);
    lines.json(record.json);
    lines.cell(record.hash);
    if (this.#isVersioned) lines.cell(record.version);
    lines.cell(record.isDeleted ? beganAt : null);
    lines.endLine();
  }

  /** Writes the lines of a child table that belong to a record; tells how many there are. */
  writeChildren(lines: LineArena, table: number, record: RawRecord, parentKey: string): number {
    const rows = record.children[table] ?? [];
    const key = this.#childKeys[table];
    const kept = key === undefined ? rows : lastOfEach(rows, key);
    for (const { position, values, json } of kept) {
      if (this.#isHashed) lines.cell(parentKey);
      if (key?.isHashed === true) lines.cell(digest(ownKey(values, position, key)));
      lines.cells(values);
      lines.cell(String(position));
      lines.json(json);
      lines.endLine();
    }
    return kept.length;
  }
}

/** How a child row is told from its siblings. */
interface ChildKey {
  readonly isHashed: boolean;
  /** The position alone tells rows apart. */
  readonly isPosition: boolean;
  /** Cells of the own key; -1 is the position. */
  readonly cells: readonly number[];
}

function childKey(child: RawTableShape, parentColumns: number): ChildKey {
  const own = child.key.slice(parentColumns);
  return {
    isHashed: child.hashedKey,
    isPosition: own.includes('_position'),
    cells: own.map((name) => (name === '_position' ? -1 : cellOf(child, name))),
  };
}

/** A list that names an item twice has it once, as it was last. */
function lastOfEach(
  rows: RawRecord['children'][number],
  key: ChildKey,
): RawRecord['children'][number] {
  if (key.isPosition || rows.length < 2) return rows;
  const byKey = new Map(
    rows.map((row) => [ownKey(row.values, row.position, key).join('\0'), row] as const),
  );
  return byKey.size === rows.length ? rows : [...byKey.values()];
}

function ownKey(values: readonly CellText[], position: number, { cells }: ChildKey): string[] {
  return cells.map((cell) => (cell === -1 ? String(position) : (values[cell] ?? '')));
}

function cellOf({ columns, relation }: RawTableShape, name: string): number {
  const cell = columns.findIndex((column) => column.name === name);
  if (cell === -1) throw new RangeError(`the key \`${name}\` is no column of \`${relation.name}\``);
  return cell;
}

function digest(cells: readonly string[]): string {
  return sha256(JSON.stringify(cells));
}
