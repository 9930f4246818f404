import { readFile } from 'node:fs/promises';
import type { Diagnostic } from '../kernel/diagnostic.ts';
import type { Outcome } from '../kernel/outcome.ts';
import { hasErrors, outcome } from '../kernel/outcome.ts';
import type { SeedNode } from '../manifest/node.ts';
import { decodeText, knownEncoding } from './decode.ts';
import { delimiterOf } from './delimiter.ts';
import { headerProblems } from './header.ts';
import {
  badBytes,
  badFormat,
  badQuote,
  fileNotFound,
  fileUnreadable,
  noHeader,
  raggedRow,
} from './messages.ts';
import type { CellText, SeedSource, SeedTable } from './seed-table.ts';
import { seedColumns } from './seeds/columns.ts';
import { cellPlace, csvRecords } from './seeds/csv-text.ts';
import { RowErrors } from './seeds/row-errors.ts';

/**
 * Reads a seed's CSV: its columns with declared or inferred types, its rows as text that fits them.
 * The value is `undefined` when there are errors; each names file, line and column.
 */
export async function readSeed(seed: SeedNode): Promise<Outcome<SeedTable | undefined>> {
  const read = await readSource(seed);
  if (read.value === undefined) return outcome(undefined, read.diagnostics);
  const source = read.value;
  const parsed = await csvRecords(source);
  if (parsed.kind === 'broken') {
    const place = await cellPlace(source, parsed.record, parsed.column);
    return failed(badQuote(place, parsed.isOpen));
  }
  const [header, ...body] = parsed.records;
  if (header === undefined) {
    const span = { file: seed.path, start: 0, end: 0 };
    return failed(noHeader({ file: seed.path, span }));
  }
  const names = header.map((name) => name.trim());
  const shape = [...(await headerProblems(names, (column) => cellPlace(source, 0, column)))];
  if (!shape.some(isOtherDelimiter)) shape.push(...(await raggedRows(source, body, names.length)));
  if (hasErrors(shape)) return outcome(undefined, shape);
  const rows = body.map((record) => record.map(seedValue));
  const kept = names.length === 1 ? rows : rows.filter((row) => row.length > 1);
  const records = body.flatMap((record, index) =>
    names.length === 1 || record.length > 1 ? [index + 1] : [],
  );
  const typed = await seedColumns(seed, names, kept, (row, column) =>
    cellPlace(source, records[row] ?? 0, column),
  );
  if (typed.value === undefined) return outcome(undefined, typed.diagnostics);
  return outcome({ ...typed.value, source, records }, typed.diagnostics);
}

/** The rows of a file that was cut at the wrong mark say nothing. */
function isOtherDelimiter({ code }: Diagnostic): boolean {
  return code === 'CX7010';
}

function failed(...diagnostics: readonly Diagnostic[]): Outcome<undefined> {
  return outcome(undefined, diagnostics);
}

/** Nothing and the word `null` are NULL, quoted or not, as in dbt. */
function seedValue(text: string): CellText {
  return text === '' || text.toLowerCase() === 'null' ? null : text;
}

async function readSource(seed: SeedNode): Promise<Outcome<SeedSource | undefined>> {
  const file = seed.path;
  const delimiter = delimiterOf(seed.config.delimiter ?? ',');
  const encoding = knownEncoding(seed.config.encoding ?? 'utf-8');
  if (delimiter === undefined) {
    const message = `\`${seed.config.delimiter}\` is no delimiter`;
    return failed(badFormat(message, { file }, 'a delimiter is one character, `\\t` for a tab'));
  }
  if (encoding === undefined) {
    const message = `\`${seed.config.encoding}\` is no encoding`;
    return failed(
      badFormat(message, { file }, 'use `utf-8`, `latin1`, `windows-1252` or `utf-16le`'),
    );
  }
  const bytes = await readFile(seed.csvPath).catch((error: NodeJS.ErrnoException) => error);
  if (bytes instanceof Error) {
    return failed(
      bytes.code === 'ENOENT' ? fileNotFound(file) : fileUnreadable({ file }, bytes.message),
    );
  }
  const decoded = decodeText(bytes, encoding);
  if ('badLine' in decoded) return failed(badBytes({ file, line: decoded.badLine }, encoding));
  return outcome({ file, text: decoded.text, delimiter });
}

/** Empty lines are no rows, unless the file has a single column, where they are an empty value. */
async function raggedRows(
  source: SeedSource,
  body: readonly (readonly string[])[],
  expected: number,
): Promise<readonly Diagnostic[]> {
  const found = new RowErrors();
  for (const [index, record] of body.entries()) {
    const isEmptyLine = record.length === 1 && record[0] === '';
    if (record.length === expected || isEmptyLine) continue;
    const column = Math.min(record.length, expected + 1) - 1;
    await found.add(async () =>
      raggedRow(await cellPlace(source, index + 1, column), record.length, expected),
    );
  }
  return found.diagnostics;
}
