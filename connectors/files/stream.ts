import type { Diagnostic } from '../../cli/kernel/diagnostic.ts';
import { diagnostic } from '../../cli/kernel/diagnostic.ts';
import { knownEncoding } from '../../cli/load/decode.ts';
import { delimiterOf } from '../../cli/load/delimiter.ts';
import type { FileStream, StreamColumn } from '../../cli/load/files/file-stream.ts';
import { columnType } from '../../cli/load/values/column-type.ts';
import { converter } from '../../cli/load/values/convert.ts';
import { PLAIN_FORMAT, valueFormat } from '../../cli/load/values/value-format.ts';
import type { IndexConfig } from '../../cli/manifest/node-config.ts';
import type { ColumnSettings, StreamSettings } from './settings.ts';

const DEFAULT_TYPE = 'text';

/** A setting that cannot be used, and why. */
interface SettingProblem {
  readonly problem: Diagnostic;
  readonly setting: string;
}

type StreamOrProblem = { readonly stream: Omit<FileStream, 'files'> } | SettingProblem;

/** The stream that some settings describe, or the setting that cannot be used and why. */
export function streamOf(
  name: string,
  settings: StreamSettings,
  database: string,
): StreamOrProblem {
  const delimiter = delimiterOf(settings.delimiter ?? ',');
  if (delimiter === undefined || delimiter.charCodeAt(0) > 127) {
    return problem(
      'delimiter',
      `\`${settings.delimiter}\` is no delimiter`,
      'a delimiter is one ASCII character, `\\t` for a tab',
    );
  }
  const encoding = knownEncoding(settings.encoding ?? 'utf-8');
  if (encoding === undefined) {
    return problem(
      'encoding',
      `\`${settings.encoding}\` is no encoding`,
      'use `utf-8`, `latin1`, `windows-1252` or `utf-16le`',
    );
  }
  const format = settings.format ?? formatOf(settings.path);
  if (settings.header === false && settings.columns === undefined) {
    return problem(
      'header',
      'a file without a header needs `columns`',
      'list all columns in their order',
    );
  }
  const columns = streamColumns(settings);
  if ('problem' in columns) return columns;
  return {
    stream: {
      ...streamOptions(settings, format),
      name,
      relation: { database: settings.database ?? database, name: settings.table ?? name },
      format,
      delimiter,
      encoding,
      columns,
    },
  };
}

function streamOptions(settings: StreamSettings, format: 'csv' | 'jsonl') {
  return {
    hasHeader: settings.header ?? true,
    nullValues: settings.null_values ?? (format === 'csv' ? [''] : []),
    columnNames: settings.column_names ?? 'as_is',
    primaryKey: keyOf(settings),
    indexes: (settings.indexes ?? []) as readonly IndexConfig[],
    description: settings.description ?? '',
  };
}

function streamColumns(settings: StreamSettings): readonly StreamColumn[] | SettingProblem {
  const columns: StreamColumn[] = [];
  for (const [source, column] of Object.entries(settings.columns ?? {})) {
    try {
      columns.push(streamColumn(source, column, settings));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return problem(
        'columns',
        `the format of column \`${source}\` cannot be used: ${error.message}`,
        'for example `locale: pt-BR` and `date_format: DD/MM/YYYY`',
      );
    }
  }
  return columns;
}

function problem(setting: string, message: string, hint: string): SettingProblem {
  return { setting, problem: diagnostic('CX7010', message, { hint }) };
}

/** By the end of the name, which may be one of a pattern: `a.jsonl.gz`, `a.{jsonl,jsonl.gz}`. */
function formatOf(path: string | readonly string[]): 'csv' | 'jsonl' {
  const first = typeof path === 'string' ? path : (path[0] ?? '');
  return /[.{,](jsonl|ndjson|json)(\.gz)?(,[^/}]*)?\}?(\.gz)?$/i.test(first) ? 'jsonl' : 'csv';
}

function keyOf(settings: StreamSettings): readonly string[] {
  const key = settings.primary_key ?? [];
  return typeof key === 'string' ? [key] : key;
}

/** Throws RangeError for a locale or date format that makes no sense. */
function streamColumn(
  source: string,
  column: ColumnSettings,
  stream: StreamSettings,
): StreamColumn {
  const own = typeof column === 'string' ? { type: column } : column;
  const type = own.type ?? DEFAULT_TYPE;
  const { locale, decimal, thousands, date_format } = stream;
  const format = valueFormat({ locale, decimal, thousands, date_format }, own);
  converter(columnType(type), format);
  return {
    source,
    name: own.name,
    type,
    format: columnType(type).kind === 'text' ? PLAIN_FORMAT : format,
    description: own.description,
  };
}
