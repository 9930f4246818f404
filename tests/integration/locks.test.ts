import { beforeEach, describe, expect, it } from 'vitest';
import { CortexError } from '../../cli/kernel/errors.ts';
import { runProject } from '../support/run-project.ts';
import type { TestDatabase } from '../support/server.ts';
import { servers } from '../support/server.ts';

const version = (value: number) => ({ models: { orders: `select ${value} as id` } });

describe.each(servers)('locks on $name', (server) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await server.database();
    await runProject(database, version(1));
  });

  const published = async () => Number((await database.query('SELECT id FROM orders'))[0]?.['id']);

  it('gives up on a reader in the way, names it, and leaves the target intact', async () => {
    const reader = await database.open();
    await reader.query('START TRANSACTION');
    await reader.query('SELECT * FROM orders');
    const failed = await runProject(database, version(2), { publishWaitMs: 3000 });
    await reader.query('COMMIT');
    expect(failed.statuses).toEqual({ orders: 'error' });
    expect(failed.diagnostics[0]).toMatchObject({ code: 'CX4014', node: 'model.shop.orders' });
    expect(failed.diagnostics[0]?.notes[0]).toContain(`connection ${reader.threadId} of root@`);
    expect(failed.events.some((event) => event.type === 'waiting')).toBe(true);
    expect(await published()).toBe(1);
    expect(await database.relations()).toEqual(['orders']);
  });

  it('publishes once the reader is done, and never holds up other readers', async () => {
    const reader = await database.open();
    await reader.query('START TRANSACTION');
    await reader.query('SELECT * FROM orders');
    let slowest = 0;
    const run = runProject(database, version(2), {
      onEvent: (event) => {
        if (event.type !== 'waiting') return;
        const start = performance.now();
        void published().then(() => (slowest = Math.max(slowest, performance.now() - start)));
        void reader.query('COMMIT');
      },
    });
    expect((await run).exitCode).toBe(0);
    expect(await published()).toBe(2);
    expect(slowest).toBeLessThan(1500);
  });

  it('refuses a second run and says who is at work', async () => {
    const second = await new Promise<unknown>((resolve, reject) => {
      runProject(
        database,
        { models: { orders: 'select sleep(1) as id' } },
        {
          onEvent: (event) => {
            if (event.type === 'nodeStarted') runProject(database, version(3)).catch(resolve);
          },
        },
      ).then(() => reject(new Error('the second run was let in')), reject);
    });
    expect(second).toBeInstanceOf(CortexError);
    expect((second as CortexError).diagnostics[0]).toMatchObject({ code: 'CX5030' });
  });

  it('lets a second run wait', async () => {
    let second: ReturnType<typeof runProject> | undefined;
    await runProject(
      database,
      { models: { orders: 'select sleep(1) as id' } },
      {
        onEvent: (event) => {
          if (event.type === 'nodeStarted')
            second = runProject(database, version(3), { wait: true });
        },
      },
    );
    expect((await second)?.events.some((event) => event.type === 'waiting')).toBe(true);
    expect(await published()).toBe(3);
  });
});
