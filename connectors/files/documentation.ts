import {
  SOURCE_FILE_COLUMN,
  SOURCE_LINE_COLUMN,
  SYNCED_AT_COLUMN,
} from '../../cli/load/files/file-stream.ts';
import type { FileStream } from '../../cli/load/files/file-stream.ts';
import { tableColumns } from '../../cli/load/files/table-columns.ts';
import type { TableDocumentation } from '../connector.ts';

/** Declared columns and those that every table of files has; others are known when a file is read. */
export function documentationOf(stream: Omit<FileStream, 'files'>): TableDocumentation {
  const declared = tableColumns(
    stream,
    stream.columns.map(({ source }) => source),
  );
  return {
    description: stream.description,
    columns: [
      ...declared.map(({ name, type, description = '' }) => ({ name, type, description })),
      {
        name: SOURCE_LINE_COLUMN,
        type: 'bigint unsigned',
        description: 'Line on which the row begins',
      },
      {
        name: SOURCE_FILE_COLUMN,
        type: 'varchar(500)',
        description: 'File that the row stands in',
      },
      {
        name: SYNCED_AT_COLUMN,
        type: 'datetime(6)',
        description: 'UTC, begin of the sync that loaded it',
      },
    ],
  };
}
