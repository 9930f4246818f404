import type { Column, ColumnValue, ValuePlace } from '../columns.ts';
import type { JsonValue } from '../json.ts';
import type { SourceOrPath } from '../value-source.ts';
import { sourceOf } from '../value-source.ts';

export interface ColumnOptions {
  /** Texts by which the platform says that there is no value: `['-']`. */
  readonly none?: readonly string[];
}

/** What every builder takes: where the value is, and what it means. */
export interface ColumnParts {
  readonly type: string;
  readonly source: SourceOrPath;
  readonly description: string;
  readonly none?: readonly string[] | undefined;
  /** Reads a value that is there. */
  readonly read: (value: boolean | number | string, place: ValuePlace) => ColumnValue;
}

/** A column of one scalar value: a missing one is NULL, a list or map is a misfit. */
export function scalarColumn({ type, source, description, none, read }: ColumnParts): Column {
  return {
    type,
    description,
    from: sourceOf(source),
    read: (value, place) => {
      if (value === undefined || value === null) return null;
      if (typeof value === 'object') return isEmpty(value) ? null : wrongKind(value, type);
      if (typeof value === 'string' && none?.includes(value) === true) return null;
      return read(value, place);
    },
  };
}

/** Where PHP has nothing it sends `[]`, and `{}` where it has no fields. */
function isEmpty(value: object): boolean {
  return Object.keys(value).length === 0;
}

function wrongKind(value: JsonValue, type: string): ColumnValue {
  return { misfit: `a ${Array.isArray(value) ? 'list' : 'map'} where ${type} is expected` };
}
