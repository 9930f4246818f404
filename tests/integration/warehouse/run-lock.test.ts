import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { CortexError } from '../../../cli/kernel/errors.ts';
import { systemClock } from '../../../cli/platform/clock.ts';
import { connectTarget } from '../../../cli/warehouse/connect.ts';
import { endDeadRuns } from '../../../cli/warehouse/dead-runs.ts';
import { acquireRunLock } from '../../../cli/warehouse/run-lock.ts';
import { servers } from '../../support/server.ts';

const SCRIPT = fileURLToPath(new URL('../../support/hold-run-lock.ts', import.meta.url));
const options = { command: 'cortex build', wait: false, clock: systemClock };

describe.each(servers)('$name: the run lock', (server) => {
  test('is refused to a second run, with who holds it since when', async () => {
    const own = await server.database();
    await using first = await connectTarget(own.target, { runId: 'first' });
    await using second = await connectTarget(own.target, { runId: 'second' });
    await using _lock = await acquireRunLock(first, options);

    const refused = await acquireRunLock(second, options).catch((error: unknown) => error);

    expect(refused).toBeInstanceOf(CortexError);
    const [found] = (refused as CortexError).diagnostics;
    expect(found?.code).toBe('CX5030');
    expect(found?.message).toContain(`\`cortex build\` of`);
    expect(found?.message).toContain(`(process ${process.pid})`);
    expect(found?.notes[0]).toMatch(/^since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC, .*s ago$/);
  });

  test('is given to the run that waits when the first ends', async () => {
    const own = await server.database();
    await using first = await connectTarget(own.target, { runId: 'first' });
    await using second = await connectTarget(own.target, { runId: 'second' });
    const lock = await acquireRunLock(first, options);

    const waiting: string[] = [];
    const taken = acquireRunLock(second, {
      ...options,
      wait: true,
      onWait: (holder) => {
        waiting.push(holder.run?.runId ?? '');
        void lock.release('success');
      },
    });
    await (await taken).release('success');

    expect(waiting).toEqual(['first']);
    expect(await own.query('SELECT run_id, status FROM __cortex_runs ORDER BY run_id')).toEqual([
      { run_id: 'first', status: 'success' },
      { run_id: 'second', status: 'success' },
    ]);
  });

  test('aborts its signal when its session is lost', async () => {
    const own = await server.database();
    await using database = await connectTarget(own.target, { runId: 'first' });
    await using lock = await acquireRunLock(database, options);
    const [run] = await lock.state.unfinishedRuns();

    await own.query(`KILL ${run?.threadId}`);
    await new Promise<void>((resolve) => lock.lost.addEventListener('abort', () => resolve()));

    expect(lock.lost.aborted).toBe(true);
  });
});

describe.each(servers)('$name: state', (server) => {
  test('remembers how long nodes took and which shadows are kept', async () => {
    const own = await server.database();
    await using database = await connectTarget(own.target, { runId: 'r1' });
    await using lock = await acquireRunLock(database, options);
    const shadow = { database: own.name, name: 'orders__cortex_new' };

    const id = 'model.shop.orders';
    await lock.state.recordNodes('r1', [{ id, ms: 1200.4, rows: 7, recentMs: [1200.4] }]);
    await lock.state.recordNodes('r1', [{ id, ms: 900, rows: 8, recentMs: [1200, 900] }]);
    await lock.state.keepRelation(shadow, 'model.shop.orders', 'r1');

    expect(await lock.state.history()).toEqual(
      new Map([['model.shop.orders', { ms: 900, rows: 8, recentMs: [1200, 900] }]]),
    );
    expect(await lock.state.keptRelations()).toEqual([
      { relation: shadow, node: 'model.shop.orders' },
    ]);
    await lock.state.forgetRelation(shadow);
    expect(await lock.state.keptRelations()).toEqual([]);
  });
});

describe.each(servers)('$name: what dead runs left', (server) => {
  test('of a process that was killed is gone in the next run, with its statement', async () => {
    const own = await server.database();
    const killed = spawn(process.execPath, ['--import', 'tsx', SCRIPT, JSON.stringify(own.target)]);
    const threadId = Number(String((await once(killed.stdout, 'data'))[0]));
    killed.kill('SIGKILL');
    await using database = await connectTarget(own.target, { runId: 'next' });

    await using lock = await acquireRunLock(database, options);
    const report = await endDeadRuns(database, {
      state: lock.state,
      databases: [own.name],
      clock: systemClock,
    });

    expect(report.runs).toEqual(['killed']);
    expect(report.dropped.map((relation) => relation.name)).toEqual(['orders__cortex_new']);
    const threads = await own.query('SHOW FULL PROCESSLIST');
    expect(threads.map((row) => Number(row['Id']))).not.toContain(threadId);
  });

  test('is ended and dropped, except what is kept for inspection', async () => {
    const own = await server.database();
    await own.query('CREATE TABLE orders (id INT)');
    await own.query('CREATE TABLE orders__cortex_new (id INT)');
    await own.query('CREATE VIEW daily__cortex_old AS SELECT 1 AS one');
    await own.query('CREATE TABLE kept__cortex_new (id INT)');
    const dead = await connectTarget(own.target, { runId: 'dead' });
    const deadLock = await acquireRunLock(dead, options);
    await deadLock.state.keepRelation(
      { database: own.name, name: 'kept__cortex_new' },
      'model.shop.kept',
      'dead',
    );
    const session = await dead.connect();
    const zombie = expect(
      session.execute('INSERT INTO orders__cortex_new SELECT SLEEP(30)', {
        node: 'model.shop.orders',
      }),
    ).rejects.toThrow();
    const [lease] = await deadLock.state.unfinishedRuns();
    await own.query(`KILL ${lease?.threadId}`);

    await using database = await connectTarget(own.target, { runId: 'next' });
    await using lock = await acquireRunLock(database, { ...options, wait: true });
    const report = await endDeadRuns(database, {
      state: lock.state,
      databases: [own.name],
      clock: systemClock,
    });
    await zombie;
    await deadLock.release('error').catch(() => undefined);
    await dead.close();

    expect(report.runs).toEqual(['dead']);
    expect(report.endedThreads).toContain(session.threadId);
    expect(report.dropped.map((relation) => relation.name).sort()).toEqual([
      'daily__cortex_old',
      'orders__cortex_new',
    ]);
    expect(await own.relations()).toEqual(['kept__cortex_new', 'orders']);
  });
});
