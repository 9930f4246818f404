import type { CodeEntry } from '../code-entry.ts';
import { errorCode } from '../code-entry.ts';

/** CX71xx: raw tables of platforms, and the state of what was read. */
export const RAW_TABLE_CODES = {
  CX7101: errorCode(
    'other-state-version',
    'What was read of a stream was read by another version of its definition',
    'The key or the meaning of a stream changed between releases, so that what stands in its raw table no longer fits what would be read now. Read the stream from its start with `--full-refresh`, or go back to the release that read it.',
  ),
  CX7102: errorCode(
    'stream-locked',
    'Another run reads the same stream',
    'Two runs of one kind never read one stream of an account at once. A backfill may run beside a daily sync. Wait until the other run has ended, or pass `--wait`.',
  ),
  CX7103: errorCode(
    'raw-table-differs',
    'A raw table that does not fit the definition of its stream',
    'The table has another primary key than the definition, or a column whose type cannot become the declared one without losing values. Cortex drops and narrows nothing: rename the table or the column, then sync with `--full-refresh`.',
  ),
  CX7104: errorCode(
    'raw-write-failed',
    'Rows of a stream that could not be written',
    'The server refused to write a raw table: it is read-only, its disk is full, a privilege is missing, or the connection was lost. The server’s own words are in the note. Nothing counts as read that is not there: the next sync reads the window again.',
  ),
} as const satisfies Record<`CX${number}`, CodeEntry>;
