import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CortexError } from '../../cli/kernel/errors.ts';
import { tsvRows } from '../../cli/load/bulk/tsv.ts';
import { CsvFile } from '../../cli/load/files/csv-file.ts';
import { fileColumn } from '../../cli/load/files/file-column.ts';
import { columnType } from '../../cli/load/values/column-type.ts';
import { converter } from '../../cli/load/values/convert.ts';
import { plainCheck } from '../../cli/load/files/plain-bytes.ts';
import { valueFormat } from '../../cli/load/values/value-format.ts';

/** Characters that CSV and LOAD DATA give a meaning, and some of every length in UTF-8. */
const character = fc.constantFrom(
  'a',
  '1',
  '"',
  '"',
  ',',
  ';',
  '\n',
  '\r',
  '\\',
  '\t',
  '\0',
  'é',
  '💛',
  ' ',
  'N',
);
const value = fc.string({ unit: character, maxLength: 6 });
const lineEnd = fc.constantFrom('\n', '\r\n', '\r');

interface Csv {
  readonly text: string;
  readonly columns: number;
}

const wellFormed: fc.Arbitrary<Csv> = fc.integer({ min: 2, max: 4 }).chain((columns) =>
  fc
    .tuple(
      fc.array(fc.array(fc.tuple(value, fc.boolean()), { minLength: columns, maxLength: columns })),
      lineEnd,
      fc.boolean(),
    )
    .map(([rows, end, isEnded]) => {
      const lines = rows.map((row) =>
        row.map(([cell, isQuoted]) => written(cell, isQuoted)).join(','),
      );
      return { text: lines.join(end) + (isEnded && lines.length > 0 ? end : ''), columns };
    }),
);
// csv-parse overlooks a NUL after a closing quote.
const anything: fc.Arbitrary<Csv> = fc
  .string({ unit: character, maxLength: 40 })
  .map((text) => ({ text: text.replaceAll('\0', ''), columns: 2 }));

test('whatever the blocks, a CSV file gives the rows that csv-parse gives, or both refuse it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(wellFormed, anything),
      fc.integer({ min: 1, max: 9 }),
      async (csv, size) => {
        expect(await ours(csv, size)).toEqual(theirs(csv));
      },
    ),
    { numRuns: 3000 },
  );
});

test('bytes that are taken as they are are those that the converter leaves as they are', () => {
  const types = [
    'int',
    'int unsigned',
    'bigint',
    'decimal(6,2)',
    'decimal(6,2) unsigned',
    'date',
    'datetime',
    'varchar(5)',
  ];
  const digits = fc.string({
    unit: fc.constantFrom(...Array.from('0123456789+-.,: T')),
    maxLength: 20,
  });
  const moment = fc
    .tuple(fc.integer({ min: 999, max: 10_001 }), fc.nat(13), fc.nat(32), fc.nat(25), fc.nat(61))
    .map(
      ([year, month, day, hour, minute]) =>
        `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:00`,
    );
  const text = fc.oneof(
    digits,
    value,
    moment,
    moment.map((found) => found.slice(0, 10)),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...types),
      text,
      fc.constantFrom('.', ','),
      (sql, cell, decimal) => {
        const format = valueFormat({ decimal });
        const bytes = Buffer.from(cell);
        fc.pre(plainCheck(columnType(sql), format)(bytes, 0, bytes.length));

        const stored = converter(columnType(sql), format)(cell);

        expect(
          stored === undefined ? undefined : Number(stored) === Number(cell) || stored === cell,
        ).toBe(true);
      },
    ),
    { numRuns: 3000 },
  );
});

function two(number: number): string {
  return String(number).padStart(2, '0');
}

function written(cell: string, isQuoted: boolean): string {
  return isQuoted || /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

async function ours({ text, columns }: Csv, size: number): Promise<unknown> {
  const bytes = Buffer.from(text);
  async function* blocks(): AsyncGenerator<Buffer, void> {
    for (let start = 0; start < bytes.length; start += size)
      yield bytes.subarray(start, start + size);
  }
  const wanted = Array.from({ length: columns }, (_, index) =>
    fileColumn({ source: `c${index}`, name: `c${index}`, type: 'text', format: valueFormat() }, []),
  );
  const rows: unknown[] = [];
  try {
    const file = new CsvFile(blocks(), { name: 'a.csv', delimiter: ',' });
    for await (const batch of file.batches(wanted)) {
      rows.push(...tsvRows(batch).map((row) => row.slice(0, -1)));
    }
    return rows;
  } catch (error) {
    if (error instanceof CortexError) return 'refused';
    throw error;
  }
}

function theirs({ text, columns }: Csv): unknown {
  try {
    const rows = parse(text, {
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
    }) as unknown as string[][];
    const kept = rows.filter((row) => row.length > 1 || row[0] !== '');
    return kept.every((row) => row.length === columns) ? kept : 'refused';
  } catch {
    return 'refused';
  }
}
