import type { Column } from '../columns.ts';
import type { SourceOrPath } from '../value-source.ts';
import type { ColumnOptions } from './column.ts';
import { scalarColumn } from './column.ts';

export interface TextOptions extends ColumnOptions {
  /** Characters; 255 unless told. */
  readonly length?: number;
}

/** A text of up to 255 characters, or `length`; a longer one is a misfit. */
export function text(source: SourceOrPath, description: string, options: TextOptions = {}): Column {
  const { length = 255, none } = options;
  return scalarColumn({
    type: `varchar(${length})`,
    source,
    description,
    none,
    read: (value) => {
      const read = String(value);
      // Code units first: counting characters is slow and mostly not needed.
      if (read.length <= length || Array.from(read).length <= length) return read;
      return { misfit: `a text longer than ${length} characters` };
    },
  });
}

/** A text of any length: a note, a description, a URL with its parameters. */
export function longText(
  source: SourceOrPath,
  description: string,
  options: ColumnOptions = {},
): Column {
  return scalarColumn({ type: 'longtext', source, description, ...options, read: String });
}
