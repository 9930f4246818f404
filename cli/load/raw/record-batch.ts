import { sha256 } from '../../kernel/hash.ts';
import { tsvRow } from '../bulk/tsv.ts';
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

/** A record as lines: its own, and those of each child table. */
interface RecordLines {
  readonly own: string;
  readonly children: readonly ChildLines[];
}

interface ChildLines {
  readonly lines: string;
  readonly count: number;
}

interface Entry {
  readonly version: string;
  readonly own: LineSpan;
  readonly children: readonly (LineSpan & { readonly count: number })[];
}

/** Bytes of a batch, about: enough for the server to work, little for the memory. */
const BATCH_BYTES = 4 * 1024 * 1024;
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
  add(record: RawRecord, readAt: string): void {
    const key = this.#encoder.keyOf(record);
    const there = this.#entries.get(key);
    if (there !== undefined && there.version > record.version) return;
    const { own, children } = this.#encoder.linesOf(record, key, readAt);
    this.#deleted.delete(key);
    this.#entries.set(key, {
      version: record.version,
      own: this.#own.append(own),
      children: this.#children.map((arena, table) => {
        const { lines, count } = children[table] ?? { lines: '', count: 0 };
        return { ...arena.append(lines), count };
      }),
    });
  }

  /** Marks what stands there; a copy that is read later brings the record back. */
  delete(cells: readonly string[]): void {
    const key = this.#encoder.keyText(cells);
    this.#deleted.set(key, this.#encoder.keyLine(cells));
  }

  /** Empties it for the records that come next. What was encoded of it stays as it is. */
  clear(): void {
    for (const arena of [this.#own, ...this.#children]) arena.clear();
    this.#entries.clear();
    this.#deleted.clear();
  }

  /** Leaves out a record that the server refuses. */
  remove(key: string): void {
    this.#entries.delete(key);
  }

  /** Sorted by key, so that writers meet rows in one order. */
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

  linesOf(record: RawRecord, key: string, readAt: string): RecordLines {
    const own = tsvRow([
      ...(this.#isHashed ? [key] : []),
      ...record.values,
      record.json,
      record.hash,
      ...(this.#isVersioned ? [record.version] : []),
      record.isDeleted ? readAt : null,
    ]);
    return {
      own,
      children: record.children.map((rows, table) => this.#childLines(rows, table, key)),
    };
  }

  #childLines(rows: RawRecord['children'][number], table: number, parentKey: string): ChildLines {
    const key = this.#childKeys[table];
    const kept = key === undefined ? rows : lastOfEach(rows, key);
    let lines = '';
    for (const { position, values, json } of kept) {
      lines += tsvRow([
        ...(this.#isHashed ? [parentKey] : []),
        ...(key?.isHashed === true ? [digest(ownKey(values, position, key))] : []),
        ...values,
        String(position),
        json,
      ]);
    }
    return { lines, count: kept.length };
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
