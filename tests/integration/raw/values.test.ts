import { describe, expect, test } from 'vitest';
import type { RawRecord, RawStreamShape } from '../../../cli/load/raw/raw-stream.ts';
import { connectTarget } from '../../../cli/warehouse/connect.ts';
import type { Database } from '../../../cli/warehouse/database.ts';
import {
  EVERYTHING,
  openTestStream,
  orderRecord,
  orderShape,
  windowOf,
} from '../../support/raw-streams.ts';
import { servers } from '../../support/server.ts';

const TYPES = {
  id: 'varchar(64)',
  number: 'bigint',
  count: 'int',
  money: 'decimal(18,4)',
  exact: 'decimal(38,18)',
  ratio: 'double',
  is_paid: 'tinyint(1)',
  day: 'date',
  at: 'datetime(6)',
  text: 'text',
  list: 'json',
} as const;

const ROWS: readonly (readonly (string | null)[])[] = [
  [
    '00123 ',
    '9223372036854775807',
    '-2147483648',
    '12345678901234.5678',
    '12345678901234567890.123456789012345678',
    '0.1',
    '1',
    '2026-10-01',
    '2026-10-01 23:59:59.999999',
    'Olá 💛👩‍👩‍👧 "x" \\N \t\r\n\0\u001a\u2028 it’s \'quoted\'',
    '["a", "b"]',
  ],
  ['é', null, null, null, null, null, null, null, null, '', null],
  [
    'É',
    '-9223372036854775808',
    '0',
    '-0.0001',
    '0.000000000000000001',
    '1e-300',
    '0',
    '1970-01-01',
    '1970-01-01 00:00:00.000000',
    'NULL',
    '{}',
  ],
];

function valuesShape(database: string): RawStreamShape {
  const shape = orderShape(database, { mode: 'upsert', isVersioned: false });
  return {
    ...shape,
    children: [],
    table: {
      ...shape.table,
      columns: Object.entries(TYPES).map(([name, type]) => ({ name, type, description: name })),
    },
  };
}

function record(values: readonly (string | null)[]): RawRecord {
  const json = Buffer.from(JSON.stringify({ values }));
  const plain = orderRecord({ id: values[0] ?? '' });
  return { ...plain, values, json, children: [] };
}

/** The database as one that does not allow LOAD DATA LOCAL, when it should not. */
function allowing(database: Database, localInfile: boolean): Database {
  return Object.create(database, {
    capabilities: { value: { ...database.capabilities, localInfile } },
    control: { value: database.control },
    connect: { value: async () => database.connect() },
    database: { value: database.database },
    runId: { value: database.runId },
  }) as Database;
}

describe.each(servers)('$name', (server) => {
  test.each([
    ['LOAD DATA, straight', true, windowOf('2026-10-01', '2026-10-02')],
    ['LOAD DATA, staged', true, EVERYTHING],
    ['INSERT, straight', false, windowOf('2026-10-01', '2026-10-02')],
    ['INSERT, staged', false, EVERYTHING],
  ] as const)(
    'every type keeps every digit and character by %s',
    async (_, localInfile, window) => {
      const own = await server.database();
      await using connected = await connectTarget(own.target, { runId: 'r' });
      const database = allowing(connected, localInfile);
      await using opened = await openTestStream(database, valuesShape(own.name));

      await using writer = await opened.stream.readWindow(window);
      await writer.write(ROWS.map(record));
      const changes = await writer.commit();

      expect(changes).toMatchObject({ added: 3, rejected: 0 });
      const columns = Object.keys(TYPES).map((name) => `\`${name}\``);
      const rows = await own.query(
        `select ${columns.join(', ')}, _record from raw_test_orders order by id`,
      );
      const cells = rows.map((row) =>
        Object.keys(TYPES).map((name) => {
          const value = row[name];
          if (typeof value === 'number') return String(value);
          if (typeof value !== 'string') return null;
          return name === 'list' ? JSON.stringify(JSON.parse(value)) : value;
        }),
      );
      const expected = ROWS.map((row) =>
        row.map((cell, index) =>
          cell !== null && index === 10 ? JSON.stringify(JSON.parse(cell)) : cell,
        ),
      ).toSorted((a, b) => Buffer.compare(Buffer.from(a[0] ?? ''), Buffer.from(b[0] ?? '')));
      expect(cells).toEqual(expected);
      expect(rows.map((row) => JSON.parse(String(row['_record'])) as unknown)).toEqual(
        expected.map((values) => ({
          values: ROWS.find(([id]) => id === values[0]),
        })),
      );
    },
  );

  test('what does not fit is kept among the issues, once with a count, and without its value', async () => {
    const own = await server.database();
    await using database = await connectTarget(own.target, { runId: 'r' });
    await using opened = await openTestStream(database, orderShape(own.name));
    const misfit = {
      column: 'total',
      path: 'total',
      problem: 'text where a number is expected',
      valueHash: 'a'.repeat(64),
    };

    await using writer = await opened.stream.readWindow(windowOf('2026-10-01', '2026-10-02'));
    await writer.write(['1', '2'].map((id) => ({ ...orderRecord({ id }), misfits: [misfit] })));
    writer.note({
      kind: 'unknown_field',
      table: 'raw_test_orders',
      path: 'loyalty',
      problem: 'no column',
    });
    writer.reject({ problem: 'it has no id', hash: 'b'.repeat(64), json: '{"x":1}' });
    const changes = await writer.commit();

    expect(changes).toMatchObject({ added: 2, misfits: 2, rejected: 1 });
    expect(
      await own.query(
        'select kind, column_name, path, problem, occurrences, run_id from __cortex_sync_issues order by kind',
      ),
    ).toEqual([
      {
        kind: 'misfit',
        column_name: 'total',
        path: 'total',
        problem: misfit.problem,
        occurrences: '2',
        run_id: 'r',
      },
      {
        kind: 'unknown_field',
        column_name: null,
        path: 'loyalty',
        problem: 'no column',
        occurrences: '1',
        run_id: 'r',
      },
    ]);
    expect(await own.query('select problem, record from __cortex_sync_rejects')).toEqual([
      { problem: 'it has no id', record: '{"x":1}' },
    ]);
  });

  test.each([
    ['straight', windowOf('2026-10-01', '2026-10-02')],
    ['staged', EVERYTHING],
  ] as const)(
    'a record that the server does not take is refused alone, without its values (%s)',
    async (_, window) => {
      const own = await server.database();
      await using database = await connectTarget(own.target, { runId: 'r' });
      await using opened = await openTestStream(database, orderShape(own.name));
      const secret = 'ana@example.com'.repeat(20);

      await using writer = await opened.stream.readWindow(window);
      await writer.write(
        [
          { id: '1', lines: ['a'] },
          { id: '2', total: 'no number' },
          { id: '3', note: secret },
          { id: '4', lines: ['fine', secret] },
          { id: '5', lines: ['b'] },
        ].map(orderRecord),
      );
      const changes = await writer.commit();

      expect(changes).toMatchObject({ added: 2, rejected: 3 });
      const ids = await own.query('select id from raw_test_orders order by id');
      expect(ids.map(({ id }) => id)).toEqual(['1', '5']);
      const lines = await own.query('select name from raw_test_order_lines order by order_id');
      expect(lines.map(({ name }) => name)).toEqual(['a', 'b']);
      const rejects = await own.query('select problem, record from __cortex_sync_rejects');
      expect(rejects).toHaveLength(3);
      for (const { problem, record: text } of rejects) {
        expect(String(problem)).toMatch(/^the server does not take it: .*(total|note|name)/);
        expect(String(problem)).not.toMatch(/ana@|no number/);
        expect(text).toBeNull();
      }
    },
  );

  test('a record without its key is refused', async () => {
    const own = await server.database();
    await using database = await connectTarget(own.target, { runId: 'r' });
    await using opened = await openTestStream(database, orderShape(own.name));
    const whole = orderRecord({ id: '1' });

    await using writer = await opened.stream.readWindow(EVERYTHING);
    await writer.write([{ ...whole, values: [null, '1', null, null] }, whole]);

    expect(await writer.commit()).toMatchObject({ added: 1, rejected: 1 });
  });
});
