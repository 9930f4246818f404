import type { CellText } from '../../../cli/load/seed-table.ts';
import type { RawMisfit } from '../../../cli/load/raw/raw-stream.ts';
import { sha256 } from '../../../cli/kernel/hash.ts';
import { stableStringify } from '../../../cli/kernel/json.ts';
import type { Column, ValuePlace, ValueSource } from '../../sdk/columns.ts';
import type { PiiKind } from '../../sdk/definition.ts';
import type { JsonRecord, JsonValue } from '../../sdk/json.ts';
import { obstacleAt, reader } from '../../sdk/value-source.ts';
import type { Treatment } from '../pii/treatment.ts';

/** A column of a table, with where it reads from and what personal data it holds after treatment. */
export interface LandedColumn {
  readonly name: string;
  readonly type: string;
  readonly description: string;
  /** The path that its values are said to come from, for issues. */
  readonly path: string;
  /** What the path begins at. */
  readonly from: ValueSource['of'];
  /** The path leads through maps or lists. */
  readonly isDeep: boolean;
  /** The value in the row's origin. */
  readonly valueIn: (origin: RowOrigin) => JsonValue | undefined;
  /** The kind of personal data that the stream marks here, whatever is done with it. */
  readonly personal: PiiKind | undefined;
  read(value: JsonValue | undefined, place: ValuePlace): ReturnType<Column['read']>;
}

const TEXT_TYPE = /^(?:(?:var)?char\((\d+)\)|(?:tiny|medium|long)?text|json)$/;
/** A type that holds any text, if it is long enough. */
export function isTextType(type: string): boolean {
  return TEXT_TYPE.test(type);
}

/** Hex digits of SHA-256. */
const HASH_LENGTH = 64;

/**
 * The column as it lands. A hashed value needs a text column of 64 characters; one of another type (a birth
 * date) holds NULL, which is no misfit.
 */
export function landedColumn(
  name: string,
  column: Column,
  treatment: Treatment | undefined,
  personal: PiiKind | undefined,
): LandedColumn {
  const { type, description, from } = column;
  const path = from.of === 'value' ? name : from.path;
  const parts = {
    name,
    type,
    description,
    path,
    from: from.of,
    isDeep: from.of !== 'value' && path.includes('.'),
    valueIn: valueReader(from),
    personal,
  };
  if (treatment === undefined)
    return { ...parts, read: (value, place) => column.read(value, place) };
  const text = TEXT_TYPE.exec(type);
  if (text === null) return { ...parts, read: () => null };
  const length = text[1] === undefined ? undefined : Number(text[1]);
  if (length === undefined || length >= HASH_LENGTH) {
    return { ...parts, read: (value, place) => column.read(value, place) };
  }
  return { ...parts, type: `varchar(${HASH_LENGTH})`, read: hashCell };
}

function hashCell(value: JsonValue | undefined) {
  return typeof value === 'string' ? value : null;
}

/** Where the values of one row come from. */
export interface RowOrigin {
  /** The record, or the item of a child table. */
  readonly record: JsonRecord;
  readonly parent: JsonRecord;
  readonly ancestor: JsonRecord;
}

/** One cell for each column; what does not fit is NULL and goes to `misfits`. */
export function cellsOf(
  columns: readonly LandedColumn[],
  origin: RowOrigin,
  place: ValuePlace,
  misfits: RawMisfit[],
): CellText[] {
  const cells: CellText[] = [];
  for (const column of columns) {
    const value = column.valueIn(origin);
    const cell = column.read(value, place);
    if (typeof cell === 'string') {
      cells.push(cell);
      continue;
    }
    cells.push(null);
    const problem = cell === null ? problemOfMissing(column, value, origin) : cell.misfit;
    if (problem === undefined) continue;
    const valueHash = sha256(stableStringify(value ?? null));
    misfits.push({ column: column.name, path: column.path, problem, valueHash });
  }
  return cells;
}

/** Whether a value is missing because the platform sends another shape where it used to be. */
function problemOfMissing(
  { isDeep, from, path }: LandedColumn,
  value: JsonValue | undefined,
  origin: RowOrigin,
): string | undefined {
  if (!isDeep || value !== undefined || from === 'value') return undefined;
  return obstacleAt(origin[from], path);
}

function valueReader(source: ValueSource): LandedColumn['valueIn'] {
  if (source.of === 'value') return ({ record, parent }) => source.value(record, parent);
  const read = reader(source.path);
  switch (source.of) {
    case 'record':
      return ({ record }) => read(record);
    case 'parent':
      return ({ parent }) => read(parent);
    case 'ancestor':
      return ({ ancestor }) => read(ancestor);
  }
}
