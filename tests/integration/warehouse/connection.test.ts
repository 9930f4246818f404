import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { CancelledError } from '../../../cli/kernel/errors.ts';
import { connectTarget } from '../../../cli/warehouse/connect.ts';
import { DatabaseError } from '../../../cli/warehouse/database-error.ts';
import { servers } from '../../support/server.ts';

describe.each(servers)('$name: a session', (server) => {
  const open = async () => connectTarget((await server.database()).target, { runId: 'r1' });

  test('is in UTC, strict, READ COMMITTED and free of client-side SQL modes', async () => {
    await using database = await open();

    const [row] = await database.control.query(
      "SELECT @@time_zone AS zone, @@sql_mode AS mode, 'a' AS text",
    );

    expect(row).toMatchObject({ zone: '+00:00', text: 'a' });
    expect(String(row?.['mode']).split(',').sort()).toEqual([
      'ERROR_FOR_DIVISION_BY_ZERO',
      'NO_ENGINE_SUBSTITUTION',
      'NO_ZERO_DATE',
      'NO_ZERO_IN_DATE',
      'ONLY_FULL_GROUP_BY',
      'STRICT_ALL_TABLES',
    ]);
  });

  test('reads decimals, big numbers, times and JSON without losing a digit', async () => {
    await using database = await open();

    const [row] = await database.control.query(
      `SELECT CAST('12.300' AS DECIMAL(10,3)) AS price, CAST(9007199254740993 AS SIGNED) AS big,
        CAST('2024-01-02 03:04:05.678901' AS DATETIME(6)) AS at, JSON_OBJECT('a', 1.10) AS doc`,
    );

    expect(row).toMatchObject({
      price: '12.300',
      big: '9007199254740993',
      at: '2024-01-02 03:04:05.678901',
    });
    expect(typeof row?.['doc']).toBe('string');
  });

  test('names the run and the node before each statement', async () => {
    await using database = await open();
    await using session = await database.connect();

    const running = session.query('SELECT SLEEP(0.5)', { node: 'model.shop.orders' });
    await sleep(200);
    const threads = await database.control.query('SHOW FULL PROCESSLIST');
    await running;

    const own = threads.find((row) => Number(row['Id']) === session.threadId);
    expect(own?.['Info']).toBe('/* cortex:r1:model.shop.orders */ SELECT SLEEP(0.5)');
  });

  test('sends several statements at once, each with its comment, and answers for each', async () => {
    await using database = await open();
    await using session = await database.connect({ severalStatements: true });

    const running = session.sendEach(
      ['CREATE TEMPORARY TABLE t AS SELECT 1 AS a', 'SELECT a, SLEEP(0.5) FROM t', 'DROP TABLE t'],
      { node: 'model.shop.orders' },
    );
    await sleep(200);
    const threads = await database.control.query('SHOW FULL PROCESSLIST');

    const own = threads.find((row) => Number(row['Id']) === session.threadId);
    expect(own?.['Info']).toBe('/* cortex:r1:model.shop.orders */ SELECT a, SLEEP(0.5) FROM t');
    expect((await running).map(({ rows }) => rows.length)).toEqual([0, 1, 0]);
  });

  test('stops at the first of several statements that fails', async () => {
    await using database = await open();
    await using session = await database.connect({ severalStatements: true });

    const failing = session.sendEach(['SET @done = 1', 'SELECT nope', 'SET @done = 2']);

    await expect(failing).rejects.toMatchObject({ symbol: 'ER_BAD_FIELD_ERROR' });
    expect(await session.query('SELECT @done AS done')).toEqual([{ done: '1' }]);
  });

  test('takes no second statement where nobody asked for it', async () => {
    await using database = await open();
    await using session = await database.connect();

    await expect(session.query('SELECT 1; SELECT 2')).rejects.toMatchObject({
      symbol: 'ER_PARSE_ERROR',
    });
  });

  test('settles whenever several statements are stopped, and is closed then', async () => {
    await using database = await open();
    let session = await database.connect({ severalStatements: true });
    const statements = [
      'CREATE TEMPORARY TABLE t AS SELECT 1 AS a',
      'SHOW FULL COLUMNS FROM t',
      'DROP TEMPORARY TABLE t',
    ];
    const begun = performance.now();
    await session.sendEach(statements);
    const usual = performance.now() - begun;
    const ends = { done: 0, stopped: 0 };

    for (let attempt = 0; attempt < 200; attempt += 1) {
      const stop = new AbortController();
      setTimeout(() => stop.abort(), (attempt / 200) * 2 * usual);
      try {
        const answers = await session.sendEach(statements, { signal: stop.signal });
        expect(answers.map(({ rows }) => rows.length)).toEqual([0, 1, 0]);
        ends.done += 1;
      } catch (error) {
        expect(error).toBeInstanceOf(CancelledError);
        ends.stopped += 1;
      }
      expect(session.isClosed).toBe(stop.signal.aborted);
      if (session.isClosed) session = await database.connect({ severalStatements: true });
    }
    expect(ends.stopped).toBeGreaterThan(0);
    expect(ends.done).toBeGreaterThan(0);
  }, 60_000);

  test('rejects with CancelledError when the signal aborts, and goes on', async () => {
    await using database = await open();
    await using session = await database.connect();
    const controller = new AbortController();

    const running = session.query('SELECT SLEEP(30)', { signal: controller.signal });
    setTimeout(() => controller.abort(), 100);

    await expect(running).rejects.toBeInstanceOf(CancelledError);
    expect(await session.query("SELECT 'on' AS it")).toEqual([{ it: 'on' }]);
  });

  test('ends a statement that runs past the read time-out', async () => {
    const { target } = await server.database();
    await using database = await connectTarget({ ...target, readTimeoutMs: 200 }, { runId: 'r1' });

    await expect(database.control.query('SELECT SLEEP(30)')).rejects.toMatchObject({
      symbol: 'READ_TIMEOUT',
    });
  });

  test('streams rows and can be left early', async () => {
    await using database = await open();
    await using session = await database.connect();
    const numbers = `WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 200000) SELECT i FROM n`;

    let seen = 0;
    for await (const _row of session.stream(numbers)) {
      seen += 1;
      if (seen === 10) break;
    }

    expect(seen).toBe(10);
    expect(await session.query("SELECT 'on' AS it")).toEqual([{ it: 'on' }]);
  });

  test('settles every statement when the server closes it', async () => {
    await using database = await open();
    await using session = await database.connect();

    const running = session.query('SELECT SLEEP(30)');
    await sleep(100);
    await Promise.all([
      expect(running).rejects.toMatchObject({ kind: 'connection_lost' }),
      database.control.execute(`KILL ${session.threadId}`),
    ]);
    await expect(session.query('SELECT 1')).rejects.toBeInstanceOf(DatabaseError);
  });
});

describe.each(servers)('$name: loading a stream', (server) => {
  const LOAD = "LOAD DATA LOCAL INFILE 'rows' INTO TABLE t CHARACTER SET utf8mb4";
  const open = async () => {
    const own = await server.database();
    await own.query('CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(20))');
    const database = await connectTarget(own.target, { runId: 'r1' });
    return { own, database, session: await database.connect() };
  };

  test('sends all bytes', async () => {
    const { own, database, session } = await open();
    async function* rows() {
      yield Buffer.from('1\tação\n2\t');
      yield new TextEncoder().encode('🙂\n');
    }

    const result = await session.loadData(LOAD, rows());
    await database.close();

    expect(result).toMatchObject({ affectedRows: 2, warnings: 0 });
    expect(await own.query('SELECT * FROM t')).toEqual([
      { id: 1, name: 'ação' },
      { id: 2, name: '🙂' },
    ]);
  });

  test('throws what the source threw', async () => {
    const { database, session } = await open();
    async function* rows() {
      yield Buffer.from('1\ta\n');
      throw new Error('the file broke');
    }

    await expect(session.loadData(LOAD, rows())).rejects.toThrow('the file broke');
    await database.close();
  });

  test('stops when the signal aborts while the source waits', async () => {
    const { own, database, session } = await open();
    const controller = new AbortController();
    async function* rows() {
      yield Buffer.from('1\ta\n');
      await sleep(60_000, undefined, { ref: false });
    }

    await session.execute('START TRANSACTION');
    const loading = session.loadData(LOAD, rows(), { signal: controller.signal });
    setTimeout(() => controller.abort(), 100);
    await expect(loading).rejects.toBeInstanceOf(CancelledError);
    await session.execute('ROLLBACK');

    await database.close();
    expect(await own.query('SELECT * FROM t')).toEqual([]);
  });
});
