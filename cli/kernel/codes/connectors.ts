import type { CodeEntry } from '../code-entry.ts';
import { errorCode, warningCode } from '../code-entry.ts';

/** CX70xx: files, seeds and connectors. */
export const CONNECTOR_CODES = {
  CX7001: errorCode(
    'file-not-found',
    'A file or pattern that matches nothing',
    'The path or pattern of a seed or of a files connector matches no file. Paths are relative to the project directory.',
  ),
  CX7002: errorCode(
    'data-file-unreadable',
    'A file that cannot be read',
    'The operating system refused to read the file: it is a directory, its permissions forbid it, or the disk failed. Nothing was loaded; the table keeps its previous rows.',
  ),
  CX7003: errorCode(
    'broken-gzip',
    'A compressed file that is damaged',
    'The file is named or begins like gzip, but cannot be unpacked to its end: most often a download or copy that was cut short. Fetch the file again. Nothing was loaded; the table keeps its previous rows.',
  ),
  CX7004: errorCode(
    'ragged-row',
    'A row with more or fewer values than the header',
    'Every row of a CSV file must have as many values as its header has names. A delimiter inside a value needs quotes around the value; an empty value still needs its delimiter.',
  ),
  CX7005: errorCode(
    'bad-header',
    'A header with an empty, repeated or overlong name',
    'The first row of a CSV file names the columns. Each name must be there, differ from the others (upper and lower case count as equal, as in the server) and have at most 64 characters.',
  ),
  CX7006: errorCode(
    'bad-quote',
    'A quote that is not closed or stands inside a value',
    'A value that begins with a quote ends with the next single quote, which must be followed by a delimiter or the end of the line. A quote that belongs to the value is doubled: `"12"" pipe"`.',
  ),
  CX7007: errorCode(
    'bad-bytes',
    'Bytes that are no text in the file’s encoding',
    'The file holds bytes that are not valid in its encoding, UTF-8 unless configured otherwise. Files of older spreadsheet programs are often `encoding: latin1` or `windows-1252`.',
  ),
  CX7008: errorCode(
    'value-does-not-fit',
    'A value that its column’s type cannot hold',
    'A value is no number, date or text of the column’s type, or the type would have to round, cut or clamp it. Cortex changes no value silently: correct the file, widen the type, or say how the file writes numbers and dates (`locale`, `decimal`, `thousands`, `date_format`).',
  ),
  CX7009: errorCode(
    'unknown-file-column',
    'A configuration for a column that the file does not have',
    'Names under `column_types`, `column_formats`, `columns` or `primary_key` must be columns of the file. They are compared without regard to case.',
  ),
  CX7010: errorCode(
    'bad-file-format',
    'A delimiter, encoding, locale or date format that cannot be used',
    'A delimiter is one character; an encoding is a name that browsers know (`utf-8`, `latin1`, `windows-1252`, `utf-16le`); a locale is a language tag such as `pt-BR`; a date format has a year (`YYYY`), a month (`MM`) and a day (`DD`).',
  ),
  CX7011: errorCode(
    'row-refused',
    'A row that the server refuses',
    'Every value fits its column, yet the server refuses the row: it repeats a primary or unique key, breaks a check, or holds a value that only the server can judge. The server’s own words are in the note. The table keeps its previous rows.',
  ),
  CX7012: errorCode(
    'bad-json-line',
    'A line that is no JSON object',
    'Each line of a JSON-lines file must be one JSON object: `{"id": 1, "name": "a"}`. Empty lines are skipped.',
  ),
  CX7013: errorCode(
    'connector-settings',
    'Settings of a connector that make no sense',
    'The settings under `connectors` in the project file do not have the shape that the connector reads. The message names the key, the allowed values and the nearest known key.',
  ),
  CX7014: errorCode(
    'unknown-connector',
    'A connector or stream that is not configured',
    'The name given to `cortex sync`, or under `connectors`, is no connector of Cortex, or names a stream that the project file does not configure.',
  ),
  CX7015: warningCode(
    'guessed-thousands',
    'Commas taken for separators of thousands',
    'Numbers such as `1,234` were read as 1234, although in much of the world they mean one point two. Say it: `locale: en-US` or `thousands: ","` keeps this reading, `locale: pt-BR` or `decimal: ","` changes it.',
  ),
  CX7016: errorCode(
    'different-headers',
    'Files of one stream with different columns',
    'All files that a pattern matches land in one table, so each must have the columns of the first, in any order.',
  ),
  CX7017: errorCode(
    'table-held',
    'A table that a reader does not let go',
    'The new rows are loaded, but the table cannot be replaced because another connection has an open transaction that reads it. Cortex waits only in short attempts, so that other readers are not made to wait. The table keeps its previous rows.',
  ),
  CX7018: errorCode(
    'raw-table-refused',
    'A raw table that the server refuses to make or fill',
    'The server refused the table of a stream, not one of its rows: a type it does not know, an index on a column that cannot have one, a missing privilege, a connection that was lost. The server’s own words are in the note. The table keeps its previous rows.',
  ),
} as const satisfies Record<`CX${number}`, CodeEntry>;
