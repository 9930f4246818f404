import { readdirSync, readlinkSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { CancelledError, CortexError } from '../../cli/kernel/errors.ts';
import { folderOf, syncStream } from '../support/synced-files.ts';
import { servers } from '../support/server.ts';

const ORDERS = 'OrderID,Customer Name,Total\n1,"Ana ""A"" Silva",12.50\n2,,7\n';

describe.each(servers)('$name', (server) => {
  test('a compressed CSV lands as a table with its types and where its rows came from', async () => {
    const own = await server.database();
    const folder = folderOf({ 'orders.csv.gz': gzipSync(ORDERS) });

    const synced = await syncStream(own, folder, {
      path: 'orders.csv.gz',
      table: 'raw_orders',
      column_names: 'snake_case',
      columns: { OrderID: 'bigint', Total: { type: 'decimal(12,2)', description: 'BRL' } },
      primary_key: 'order_id',
      indexes: [{ columns: ['total'] }],
    });

    expect(synced).toEqual({ rows: 2, detail: '1 file' });
    expect(await own.query('select * from raw_orders order by order_id')).toEqual([
      {
        order_id: expect.anything() as unknown,
        customer_name: 'Ana "A" Silva',
        total: '12.50',
        _source_line: expect.anything() as unknown,
        _source_file: 'orders.csv.gz',
        _synced_at: '2026-01-02 03:04:05.678000',
      },
      expect.objectContaining({ customer_name: null, total: '7.00' }),
    ]);
    expect(await own.relations()).toEqual(['raw_orders']);
  });

  test('all files of a pattern land together, whatever the order of their columns', async () => {
    const own = await server.database();
    const folder = folderOf({
      'o-2.csv': 'b,a\nx,2\n',
      'o-1.csv': 'a,b\r\n1,y\r\n',
      'other.csv': 'z\n',
    });

    await syncStream(own, folder, { path: 'o-*.csv' });

    expect(await own.query('select a, b, _source_file as f from orders order by a')).toEqual([
      { a: '1', b: 'y', f: 'o-1.csv' },
      { a: '2', b: 'x', f: 'o-2.csv' },
    ]);
  });

  test('JSON lines land with every digit, nested values as JSON', async () => {
    const own = await server.database();
    const folder = folderOf({
      'o.jsonl':
        '{"id":12345678901234567890,"at":"2026-01-31T10:00:00Z","tags":["a",1.10]}\n\n{"id":2,"note":"é\\n","ok":true}\n',
    });

    await syncStream(own, folder, { path: 'o.jsonl' });

    expect(
      await own.query(
        'select id, at, tags, note, ok, concat(_source_line) as line from orders order by line',
      ),
    ).toEqual([
      {
        id: '12345678901234567890',
        at: '2026-01-31T10:00:00Z',
        tags: '["a",1.1]',
        note: null,
        ok: null,
        line: '1',
      },
      { id: '2', at: null, tags: null, note: 'é\n', ok: 'true', line: '3' },
    ]);
  });

  test('files of other encodings, delimiters and writings are read as they say', async () => {
    const own = await server.database();
    const csv = 'nome;valor;dia\nSão Paulo;1.234,5;31/01/2026\n-;NA;1/2/2026\n';
    const folder = folderOf({ 'v.csv': Buffer.from(csv, 'latin1') });

    await syncStream(own, folder, {
      path: 'v.csv',
      encoding: 'latin1',
      delimiter: ';',
      locale: 'pt-BR',
      null_values: ['', 'NA'],
      columns: { valor: 'decimal(10,2)', dia: 'date' },
    });

    expect(await own.query('select nome, valor, dia from orders order by dia')).toEqual([
      { nome: 'São Paulo', valor: '1234.50', dia: '2026-01-31' },
      { nome: '-', valor: null, dia: '2026-02-01' },
    ]);
  });

  test('a reader of the table never sees it missing, empty or half loaded', async () => {
    const own = await server.database();
    const rows = (value: number) => `v\n${`${value}\n`.repeat(2000)}`;
    const folder = folderOf({ '0.csv': rows(0), '1.csv': rows(1) });
    await syncStream(own, folder, { path: '0.csv' });
    const reader = await own.open();
    const states = new Set<string>();
    let isSyncing = true;

    const reading = (async () => {
      while (isSyncing) {
        const [found] = await reader.query(
          'select concat(count(*)) as n, concat(count(distinct v)) as d from orders',
        );
        states.add(JSON.stringify(found));
      }
    })();
    for (let turn = 1; turn <= 6; turn += 1)
      await syncStream(own, folder, { path: `${turn % 2}.csv` });
    isSyncing = false;
    await reading;

    expect([...states]).toEqual(['[{"n":"2000","d":"1"}]']);
  });

  test.each([
    ['a missing file', { path: 'nothing.csv' }, 'CX7001', 'no file matches `nothing.csv`'],
    ['a pattern without files', { path: '*.tsv' }, 'CX7001', 'no file matches `*.tsv`'],
    ['a folder', { path: '.', format: 'csv' }, 'CX7002', '`` cannot be read'],
    [
      'a damaged gzip file',
      { path: 'cut.csv.gz' },
      'CX7003',
      '`cut.csv.gz` is a damaged gzip file',
    ],
    [
      'a ragged row',
      { path: 'ragged.csv' },
      'CX7004',
      '`ragged.csv`, line 4 has 3 values for 2 columns',
    ],
    [
      'a short row',
      { path: 'short.csv' },
      'CX7004',
      '`short.csv`, line 2 has 1 value for 2 columns',
    ],
    [
      'a repeated name',
      { path: 'twice.csv' },
      'CX7005',
      '`twice.csv`, line 1 names two columns `A`',
    ],
    [
      'an open quote',
      { path: 'open.csv' },
      'CX7006',
      '`open.csv`, line 2 opens a quote that is never closed',
    ],
    [
      'bad bytes',
      { path: 'latin.csv' },
      'CX7007',
      '`latin.csv`, line 3 holds bytes that are not `utf-8`',
    ],
    [
      'a bad value',
      { path: 'good.csv', columns: { a: 'int', b: 'date' } },
      'CX7008',
      '`good.csv`, line 3: `x` in column `b` does not fit `date`',
    ],
    [
      'an unknown column',
      { path: 'good.csv', columns: { c: 'int' } },
      'CX7009',
      '`good.csv` has no column `c`, which `columns` names',
    ],
    [
      'a repeated key',
      { path: 'keys.csv', columns: { a: 'int' }, primary_key: 'a' },
      'CX7011',
      'the server refuses `keys.csv`, line 4',
    ],
    [
      'a line that is no object',
      { path: 'bad.jsonl' },
      'CX7012',
      '`bad.jsonl`, line 2 is no JSON object',
    ],
    [
      'a type that the server does not know',
      { path: 'good.csv', columns: { a: 'strng' } },
      'CX7018',
      'the server refuses the table `orders`',
    ],
    [
      'files of different shape',
      { path: ['good.csv', 'twice2.csv'] },
      'CX7016',
      '`twice2.csv` has other columns than `good.csv`',
    ],
  ] as const)(
    '%s is named and leaves the table as it was',
    async (...[, settings, code, message]) => {
      const own = await server.database();
      const folder = folderOf(BROKEN);
      await syncStream(own, folder, { path: 'before.csv' });

      const failure = await syncStream(own, folder, settings).catch((error: unknown) => error);

      expect(failure).toBeInstanceOf(CortexError);
      expect((failure as CortexError).diagnostics[0]).toMatchObject({ code, message });
      expect(await own.query('select a from orders')).toEqual([{ a: 'before' }]);
      expect(await own.relations()).toEqual(['orders']);
    },
  );

  test.runIf(process.platform === 'linux')('a file that cannot be landed is closed', async () => {
    const own = await server.database();
    const folder = folderOf({
      'bad-value.csv': `a\n${'1\n'.repeat(300_000)}x\n`,
      'bad-header.csv': 'a,a\n1,2\n',
      'other.csv': `a\n${'1\n'.repeat(10)}`,
      'other-2.csv': 'b\n1\n',
    });

    for (const path of ['bad-value.csv', 'bad-header.csv', ['other.csv', 'other-2.csv']]) {
      const settings = { path, table: 'raw', columns: { a: 'int' } };
      await expect(syncStream(own, folder, settings)).rejects.toThrow(CortexError);
    }

    expect(openFilesBelow(folder)).toEqual([]);
  });

  test('a sync that is cancelled in the middle leaves the table as it was', async () => {
    const own = await server.database();
    const folder = folderOf({ ...BROKEN, 'long.csv': `a\n${'value\n'.repeat(400_000)}` });
    await syncStream(own, folder, { path: 'before.csv' });
    const controller = new AbortController();

    const syncing = syncStream(
      own,
      folder,
      { path: 'long.csv' },
      {
        signal: controller.signal,
        onProgress: () => controller.abort(),
      },
    );

    await expect(syncing).rejects.toBeInstanceOf(CancelledError);
    expect(await own.query('select a from orders')).toEqual([{ a: 'before' }]);
    expect(await own.relations()).toEqual(['orders']);
  });

  test(
    'a reader that holds the table is named, and keeps the old rows',
    { timeout: 60_000 },
    async () => {
      const own = await server.database();
      const folder = folderOf({ ...BROKEN, 'after.csv': 'a\nafter\n' });
      await syncStream(own, folder, { path: 'before.csv' });
      const reader = await own.open();
      await reader.query('start transaction');
      await reader.query('select a from orders');

      const failure = await syncStream(own, folder, { path: 'after.csv' }).catch(
        (error: unknown) => error,
      );
      await reader.query('commit');

      expect((failure as CortexError).diagnostics[0]).toMatchObject({ code: 'CX7017' });
      expect(await own.query('select a from orders')).toEqual([{ a: 'before' }]);
    },
  );
});

const BROKEN = {
  'before.csv': 'a\nbefore\n',
  'cut.csv.gz': gzipSync(
    `a\n${Array.from({ length: 50_000 }, (_, id) => `${id * 7919}\n`).join('')}`,
  ).subarray(0, 60_000),
  'ragged.csv': 'a,b\n1,"x\ny"\n1,2,3\n',
  'short.csv': 'a,b\n1\n',
  'twice.csv': 'a,A\n1,2\n',
  'twice2.csv': 'a,c\n1,2\n',
  'open.csv': 'a,b\n1,"x\n2,3\n',
  'latin.csv': Buffer.from('a\nb\né\n', 'latin1'),
  'good.csv': 'a,b\n1,2026-01-31\n2,x\n',
  'keys.csv': 'a\n1\n2\n1\n',
  'bad.jsonl': '{"a":1}\n[1]\n',
};

/** Files below a folder that this process holds open. */
function openFilesBelow(folder: string): readonly string[] {
  return readdirSync('/proc/self/fd').flatMap((descriptor) => {
    try {
      const path = readlinkSync(`/proc/self/fd/${descriptor}`);
      return path.startsWith(folder) ? [path] : [];
    } catch {
      return [];
    }
  });
}
