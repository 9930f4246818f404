import { describe, expect, test } from 'vitest';
import type { NodeConfig } from '../../../cli/manifest/node-config.ts';
import { readSeed } from '../../../cli/load/read-seed.ts';
import { columnType } from '../../../cli/load/values/column-type.ts';
import { fixture } from '../../support/fixture.ts';
import { seedFile } from '../../support/seed-file.ts';

interface Expected {
  readonly type?: string;
  readonly values?: readonly unknown[];
}
interface SeedTypes {
  readonly cells: readonly {
    readonly name: string;
    readonly input: readonly string[];
    readonly column_types?: Record<string, string>;
    readonly dbt: Expected;
    readonly preferred?: Expected;
  }[];
  readonly files: readonly {
    readonly name: string;
    readonly csv: string;
    readonly delimiter?: string;
    readonly dbt: readonly (Expected & { readonly column: string })[] | { readonly error: string };
  }[];
}

const cases = fixture<SeedTypes>('seed_types');

/** Files for which the notes of the fixture ask for an error that names file and line. */
const REFUSED: Readonly<Record<string, string>> = {
  'long row': '`seeds/prices.csv`, line 2 has 3 values for 2 columns',
  'empty header cell': '`seeds/prices.csv`, line 1 gives column 2 no name',
};

describe('the types of seeds', () => {
  test.each(cases.cells)('$name', async ({ input, column_types, dbt, preferred }) => {
    const csv = `col\n${input.join('\n')}\n`;

    const read = await columnsOf(csv, column_types === undefined ? {} : { column_types });

    expect(read).toEqual([asRead('col', preferred ?? dbt)]);
  });

  test.each(cases.files)('$name', async ({ name, csv, delimiter, dbt }) => {
    const { value, diagnostics } = await readSeed(
      seedFile(csv, { config: delimiter === undefined ? {} : { delimiter } }),
    );

    const refusal = REFUSED[name];
    if (refusal === undefined && !('error' in dbt)) {
      expect(readColumns(value)).toEqual(dbt.map((column) => asRead(column.column, column)));
    } else {
      expect(value).toBeUndefined();
      expect(diagnostics.map(({ message }) => message)).toEqual([refusal]);
    }
  });

  test.each([
    ['leading zeros stay text', ['007', '123'], {}, 'varchar(255)', ['007', '123']],
    [
      'a CPF stays text',
      ['01234567890', '98765432100'],
      {},
      'varchar(255)',
      ['01234567890', '98765432100'],
    ],
    [
      'a telephone number keeps its plus',
      ['+5511987654321'],
      {},
      'varchar(255)',
      ['+5511987654321'],
    ],
    ['a decimal comma is never dropped', ['12,50', '1,99'], {}, 'varchar(255)', ['12,50', '1,99']],
    [
      'a decimal comma is read when it is said',
      ['12,50', '1.234,5'],
      { decimal: ',' },
      'decimal(18,2)',
      ['12.50', '1234.5'],
    ],
    [
      'a locale says how numbers are written',
      ['1.234,56', '-7'],
      { locale: 'pt-BR' },
      'decimal(18,2)',
      ['1234.56', '-7'],
    ],
    [
      'groups of other sizes are no thousands',
      ['1.23,4'],
      { locale: 'pt-BR' },
      'varchar(255)',
      ['1.23,4'],
    ],
    [
      'blanks separate thousands in French',
      ['1 234,5', '1\u202f000'],
      { locale: 'fr-FR' },
      'decimal(18,1)',
      ['1234.5', '1000'],
    ],
    [
      'a locale says how dates are written',
      ['31/01/2026', '1/2/2026'],
      { locale: 'pt-BR' },
      'date',
      ['2026-01-31', '2026-02-01'],
    ],
    [
      'a date format is read',
      ['31.01.26 7:05'],
      { date_format: '%d.%m.%y %H:%M' },
      'datetime',
      ['2026-01-31 07:05:00'],
    ],
    [
      'a time may follow a date format',
      ['31/01/2026 10:20'],
      { date_format: 'DD/MM/YYYY' },
      'datetime',
      ['2026-01-31 10:20:00'],
    ],
    [
      'a moment with an offset is kept in UTC',
      ['2026-01-31T23:30:00-03:00'],
      {},
      'datetime',
      ['2026-02-01 02:30:00'],
    ],
    [
      'moments with and without offset do not mix',
      ['2026-01-31T10:00:00Z', '2026-01-31T10:00:00'],
      {},
      'varchar(255)',
      ['2026-01-31T10:00:00Z', '2026-01-31T10:00:00'],
    ],
    [
      'fractions of seconds are kept',
      ['2026-01-31 10:00:00.25'],
      {},
      'datetime(6)',
      ['2026-01-31 10:00:00.25'],
    ],
    [
      'one fraction of a second makes room for it in the whole column',
      ['2026-01-31 10:00:00', '2026-01-31T10:00:00,123456'],
      {},
      'datetime(6)',
      ['2026-01-31 10:00:00', '2026-01-31 10:00:00.123456'],
    ],
    [
      'zeros after the second are nothing to keep',
      ['2026-01-31 10:00:00.000', '2026-01-31 10:00:01.0'],
      {},
      'datetime',
      ['2026-01-31 10:00:00', '2026-01-31 10:00:01'],
    ],
    [
      'seven digits of which six count are kept',
      ['2026-01-31 10:00:00.1234560'],
      {},
      'datetime(6)',
      ['2026-01-31 10:00:00.123456'],
    ],
    [
      'nanoseconds stay text, since no server keeps them',
      ['2026-01-31 10:00:00.123456789'],
      {},
      'varchar(255)',
      ['2026-01-31 10:00:00.123456789'],
    ],
    [
      'a fraction goes with its moment into UTC',
      ['2026-01-31T23:59:59.5-03:00'],
      {},
      'datetime(6)',
      ['2026-02-01 02:59:59.5'],
    ],
    [
      'a number beyond 64 bits is a decimal',
      ['123456789012345678901'],
      {},
      'decimal(21,0)',
      ['123456789012345678901'],
    ],
    ['long text gets a long type', ['x'.repeat(300)], {}, 'text', ['x'.repeat(300)]],
  ] as const)('%s', async (...[, values, config, type, expected]) => {
    const csv = `col\n${values.map((value) => `"${value}"`).join('\n')}\n`;

    const { value } = await readSeed(seedFile(csv, { config }));

    expect(value?.columns).toEqual([{ name: 'col', type }]);
    expect(value?.rows.map(([cell]) => cell)).toEqual(expected);
  });

  test('a column may have a format of its own', async () => {
    const config = {
      column_formats: { price: { decimal: ',' } },
      column_types: { Price: 'decimal(10,2)' },
    };

    const { value } = await readSeed(
      seedFile('price;weight\n"1.000,5";1.5\n', { config: { ...config, delimiter: ';' } }),
    );

    expect(value?.rows).toEqual([['1000.5', '1.5']]);
  });

  test('thousands that nobody spoke of are read with a warning', async () => {
    const guessed = await readSeed(seedFile('n\n1\n"1,234"\n'));
    const said = await readSeed(
      seedFile('n\n1\n"1,234"\n', { config: { thousands: ',', locale: 'en-US' } }),
    );

    expect(guessed.value?.rows).toEqual([['1'], ['1234']]);
    expect(guessed.diagnostics.map((found) => [found.code, found.message])).toEqual([
      ['CX7015', '`seeds/prices.csv`, line 3: `1,234` in column `n` was read as 1234'],
    ]);
    expect(said.diagnostics).toEqual([]);
  });
});

describe('the text of seeds', () => {
  test('line ends of all systems, quotes and newlines in values are read', async () => {
    const csv = 'id,name\r\n1,"a ""b"""\r\n\r\n2,"x\r\ny"\n3,c';

    const { value } = await readSeed(seedFile(csv));

    expect(value?.rows).toEqual([
      ['1', 'a "b"'],
      ['2', 'x\r\ny'],
      ['3', 'c'],
    ]);
  });

  test.each(['latin1', 'windows-1252', 'ISO-8859-1'])(
    '%s is read when it is said',
    async (encoding) => {
      const bytes = Buffer.from('nome\nSão Paulo\n', 'latin1');

      const { value } = await readSeed(seedFile(bytes, { config: { encoding } }));

      expect(value?.rows).toEqual([['São Paulo']]);
    },
  );
});

describe('errors of seeds', () => {
  test.each([
    [
      'a long row',
      'id,name\n1,a,extra\n',
      {},
      'CX7004',
      '`seeds/prices.csv`, line 2 has 3 values for 2 columns',
      'extra',
    ],
    [
      'a short row',
      'id,name\n1,a\n"2\n3"\n',
      {},
      'CX7004',
      '`seeds/prices.csv`, line 3 has 1 value for 2 columns',
      '"2\n3"',
    ],
    [
      'an empty name',
      'id,\n1,2\n',
      {},
      'CX7005',
      '`seeds/prices.csv`, line 1 gives column 2 no name',
      '',
    ],
    [
      'a repeated name',
      'id,ID\n1,2\n',
      {},
      'CX7005',
      '`seeds/prices.csv`, line 1 names two columns `ID`',
      'ID',
    ],
    [
      'an overlong name',
      `${'n'.repeat(65)}\n1\n`,
      {},
      'CX7005',
      '`seeds/prices.csv`, line 1 has a column name of 65 characters',
      'n'.repeat(65),
    ],
    [
      'a quote inside a value',
      'id,name\n1,x"y\n',
      {},
      'CX7006',
      '`seeds/prices.csv`, line 2 has a quote inside a value or text after a closing quote',
      'x"y',
    ],
    [
      'an open quote',
      'id,name\n1,a\n2,"b\n3,c\n',
      {},
      'CX7006',
      '`seeds/prices.csv`, line 3 opens a quote that is never closed',
      '"b\n3,c\n',
    ],
    [
      'a value that does not fit',
      'id,p\n1,"2"\n2,"12,5"\n',
      { column_types: { p: 'decimal(10,2)' } },
      'CX7008',
      '`seeds/prices.csv`, line 3: `12,5` in column `p` does not fit `decimal(10,2)`',
      '"12,5"',
    ],
    [
      'a value that would be rounded',
      'p\n1.239\n',
      { column_types: { p: 'decimal(5,2)' } },
      'CX7008',
      '`seeds/prices.csv`, line 2: `1.239` in column `p` does not fit `decimal(5,2)`',
      '1.239',
    ],
    [
      'a fraction of a second that a datetime would round',
      'p\n2026-01-31 23:59:59.5\n',
      { column_types: { p: 'datetime' } },
      'CX7008',
      '`seeds/prices.csv`, line 2: `2026-01-31 23:59:59.5` in column `p` does not fit `datetime`',
      '2026-01-31 23:59:59.5',
    ],
    [
      'a fraction of a second that a time would round',
      'p\n23:59:59.000\n23:59:59.50\n',
      { column_types: { p: 'time' } },
      'CX7008',
      '`seeds/prices.csv`, line 3: `23:59:59.50` in column `p` does not fit `time`',
      '23:59:59.50',
    ],
    [
      'a text that is too long',
      'p\nabçd\n',
      { column_types: { p: 'varchar(3)' } },
      'CX7008',
      '`seeds/prices.csv`, line 2: `abçd` in column `p` does not fit `varchar(3)`',
      'abçd',
    ],
    [
      'another delimiter',
      'id;price\n1;1,5\n2;2,5\n',
      {},
      'CX7010',
      '`seeds/prices.csv`, line 1 has one column, and its name holds `;`',
      'id;price',
    ],
  ] as const)('%s is shown where it stands', async (...[, csv, config, code, message, marked]) => {
    const { value, diagnostics } = await readSeed(seedFile(csv, { config: config as NodeConfig }));

    expect(diagnostics).toHaveLength(1);
    const span = diagnostics[0]?.labels[0]?.span;
    expect(value).toBeUndefined();
    expect(diagnostics[0]).toMatchObject({ code, message });
    expect(csv.slice(span?.start, span?.end)).toBe(marked);
  });

  test.each([
    ['an empty file', '', {}, 'CX7005', '`seeds/prices.csv` is empty'],
    [
      'bad bytes',
      Buffer.from('id\na\n\xe9\n', 'latin1'),
      {},
      'CX7007',
      '`seeds/prices.csv`, line 3 holds bytes that are not `utf-8`',
    ],
    [
      'an unknown column',
      'id,name\n',
      { column_types: { nmae: 'text' } },
      'CX7009',
      '`seeds/prices.csv` has no column `nmae`, which `column_types` names',
    ],
    [
      'an unknown encoding',
      'id\n',
      { encoding: 'latin-99' },
      'CX7010',
      '`latin-99` is no encoding (`seeds/prices.csv`)',
    ],
    [
      'a long delimiter',
      'id\n',
      { delimiter: '||' },
      'CX7010',
      '`||` is no delimiter (`seeds/prices.csv`)',
    ],
    [
      'a date format without a year',
      'd\n1/2\n',
      { date_format: 'DD/MM' },
      'CX7010',
      'the format of column `d` cannot be used: it needs a year (`YYYY`), a month (`MM`) and a day (`DD`) (`seeds/prices.csv`)',
    ],
    [
      'an unknown locale',
      'd\n1\n',
      { locale: 'not a locale' },
      'CX7010',
      'the format of column `d` cannot be used: Incorrect locale information provided (`seeds/prices.csv`)',
    ],
  ] as const)('%s is named', async (...[, csv, config, code, message]) => {
    const { value, diagnostics } = await readSeed(seedFile(csv, { config: config as NodeConfig }));

    expect(value).toBeUndefined();
    expect(diagnostics[0]).toMatchObject({ code, message });
  });

  test('a missing file is named', async () => {
    const { diagnostics } = await readSeed({ ...seedFile('id\n'), csvPath: '/nowhere/prices.csv' });

    expect(diagnostics[0]).toMatchObject({
      code: 'CX7001',
      message: 'no file matches `seeds/prices.csv`',
    });
  });

  test('a folder in place of a file is named', async () => {
    const { diagnostics } = await readSeed({ ...seedFile('id\n'), csvPath: '/' });

    expect(diagnostics[0]).toMatchObject({
      code: 'CX7002',
      message: '`seeds/prices.csv` cannot be read',
    });
  });
});

async function columnsOf(csv: string, config: NodeConfig): Promise<unknown> {
  const { value } = await readSeed(seedFile(csv, { config }));
  return readColumns(value);
}

function readColumns(value: Awaited<ReturnType<typeof readSeed>>['value']): unknown {
  return value?.columns.map((column, index) => ({
    column: column.name,
    type: kindOf(column.type),
    values: value.rows.map((row) => row[index]),
  }));
}

function kindOf(type: string): string {
  return type === 'boolean' || type.endsWith(',0)')
    ? ({ boolean: 'boolean' }[type] ?? 'integer')
    : columnType(type).kind;
}

/** The fixture's values as the server is sent them. */
function asRead(column: string, expected: Expected): unknown {
  const values = expected.values?.map((value) => {
    if (value === null) return null;
    if (typeof value === 'boolean') return value ? '1' : '0';
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return BIG_NUMBERS[text] ?? text;
  });
  return { column, type: expected.type, values };
}

/** JSON.parse rounds this one. */
const BIG_NUMBERS: Readonly<Record<string, string>> = {
  '12345678901234567000': '12345678901234567890',
};

test.each([
  ['short rows', 'a,b\n', '1\n', {}],
  ['values that do not fit', 'a,b\n', 'x,1\n', { column_types: { a: 'int' } }],
] as const)(
  'of many %s ten are shown and the others counted',
  async (_name, header, row, config) => {
    const { diagnostics } = await readSeed(seedFile(header + row.repeat(1200), { config }));

    expect(diagnostics).toHaveLength(10);
    expect(diagnostics.flatMap(({ notes }) => notes)).toEqual(['and 1,190 more in this file']);
  },
);
