import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CancelledError } from '../../cli/kernel/errors.ts';
import { bulkLoad } from '../../cli/load/bulk-load.ts';
import { RowRefusedError } from '../../cli/load/bulk/row-refused.ts';
import type { CellText } from '../../cli/load/seed-table.ts';
import { connectTarget } from '../../cli/warehouse/connect.ts';
import type { Database } from '../../cli/warehouse/database.ts';
import { mariadbCommand } from '../support/server-mariadb.ts';
import { startServer } from '../support/server-process.ts';
import { servers, targetOf } from '../support/server.ts';
import type { TestDatabase } from '../support/server.ts';

const NASTY = [
  '',
  ' trailing  ',
  '\t',
  '\n',
  '\r',
  '\r\n',
  '\\',
  '\\N',
  'NULL',
  '\\t',
  '\0',
  '\u001a',
  '"quoted"',
  "'it''s'",
  '💛👩‍👩‍👧',
  '\u2028',
  '\ufeff',
  'São Paulo',
  'x'.repeat(70_000),
  'C:\\new\\table',
];

describe.each(servers)('$name', (server) => {
  test.each([
    ['LOAD DATA', true],
    ['INSERT', false],
  ])('any text survives %s byte for byte', async (_way, localInfile) => {
    const own = await server.database();
    await own.query('create table t (id int, v longtext, w longtext) collate utf8mb4_bin');
    await using database = await connectTarget(own.target, { runId: 'r' });

    const rows = NASTY.map((text, id): CellText[] => [String(id), text, null]);
    const loaded = await load(database, own, { rows, columns: ['id', 'v', 'w'], localInfile });

    const stored = await own.query('select v, w from t order by id');
    expect(loaded.rows).toBe(NASTY.length);
    expect(stored.map((row) => row['v'])).toEqual(NASTY);
    expect(stored.every((row) => row['w'] === null)).toBe(true);
  });

  test('many rows go in several statements and are counted on the way', async () => {
    const own = await server.database();
    await own.query('create table t (id int)');
    await using database = await connectTarget(own.target, { runId: 'r' });
    const seen: number[] = [];

    const rows = Array.from({ length: 120_000 }, (_, id) => [String(id)]);
    await load(database, own, { rows, columns: ['id'], onProgress: (count) => seen.push(count) });

    const [total] = await own.query('select count(distinct id) as n from t');
    expect(Number(total?.['n'])).toBe(120_000);
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.at(-1)).toBe(120_000);
  });

  test.each([
    ['is no number', 'int', 'abc'],
    ['is too large', 'tinyint', '300'],
    ['is too long', 'varchar(3)', 'abcd'],
    ['is no date', 'datetime', '2024-02-30'],
    ['would be rounded', 'decimal(5,2)', '1.239'],
    ['is no JSON', 'json', '{'],
    ['is missing', 'int not null', null],
  ])('a value that %s names its row', async (_reason, type, value) => {
    const own = await server.database();
    await own.query(`create table t (id int, v ${type})`);
    await using database = await connectTarget(own.target, { runId: 'r' });
    const good =
      { int: '1', json: '{}', datetime: '2024-01-01' }[type.replace(/[ (].*/, '')] ?? '1';

    const rows = Array.from({ length: 3000 }, (_, id): CellText[] => [
      String(id),
      id === 2345 ? value : good,
    ]);
    const failure = await load(database, own, { rows, columns: ['id', 'v'] }).catch(
      (error: unknown) => error,
    );

    expect(failure).toBeInstanceOf(RowRefusedError);
    expect(failure).toMatchObject({ row: 2345, values: ['2345', value] });
  });

  test('a repeated key names the second row that has it', async () => {
    const own = await server.database();
    await own.query('create table t (id int primary key)');
    await using database = await connectTarget(own.target, { runId: 'r' });

    const failure = await load(database, own, {
      rows: [['1'], ['2'], ['1']],
      columns: ['id'],
    }).catch((error: unknown) => error);

    expect(failure).toMatchObject({
      row: 2,
      reason: expect.stringContaining('Duplicate') as string,
    });
  });

  test('rows of a source that fails are not committed', async () => {
    const own = await server.database();
    await own.query('create table t (id int)');
    await using database = await connectTarget(own.target, { runId: 'r' });
    async function* broken(): AsyncGenerator<readonly CellText[], void> {
      for (let id = 0; id < 30_000; id += 1) yield [String(id)];
      throw new Error('the disk is gone');
    }

    const loading = load(database, own, { rows: broken(), columns: ['id'] });

    await expect(loading).rejects.toThrow('the disk is gone');
    expect(await own.query('select * from t limit 1')).toEqual([]);
  });

  test('a load that is cancelled ends soon and leaves whole statements only', async () => {
    const own = await server.database();
    await own.query('create table t (id int)');
    await using database = await connectTarget(own.target, { runId: 'r' });
    const controller = new AbortController();
    async function* endless(): AsyncGenerator<readonly CellText[], void> {
      for (let id = 0; ; id += 1) yield [String(id)];
    }

    const loading = load(database, own, {
      rows: endless(),
      columns: ['id'],
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });

    await expect(loading).rejects.toBeInstanceOf(CancelledError);
    const [total] = await own.query('select count(*) as n, max(id) as last from t');
    expect(Number(total?.['n'])).toBe(Number(total?.['last']) + 1);
  });
});

test('a server that turns local_infile off gets the rows by INSERT', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cortex-local-infile-'));
  const server = await startServer(mariadbCommand(), folder);
  try {
    await using database = await connectTarget(targetOf(server.address, 'off'), { runId: 'r' });
    await using session = await database.connect();
    await session.execute('create table t (id int)');
    await session.execute('set global local_infile = 0');

    const loaded = await bulkLoad({
      connection: session,
      capabilities: { ...database.capabilities, localInfile: true },
      relation: { database: 'off', name: 't' },
      columns: ['id'],
      rows: [['1'], ['2']],
    });

    expect(loaded.rows).toBe(2);
    expect(await session.query('select id from t order by id')).toEqual([{ id: 1 }, { id: 2 }]);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

interface Load {
  readonly rows: AsyncIterable<readonly CellText[]> | Iterable<readonly CellText[]>;
  readonly columns: readonly string[];
  readonly localInfile?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (rows: number) => void;
}

async function load(
  database: Database,
  own: TestDatabase,
  { localInfile = true, ...options }: Load,
): Promise<{ rows: number }> {
  await using connection = await database.connect();
  return await bulkLoad({
    connection,
    capabilities: { ...database.capabilities, localInfile },
    relation: { database: own.name, name: 't' },
    ...options,
  });
}
