import { describe, expect, test } from 'vitest';
import { CortexError } from '../../../cli/kernel/errors.ts';
import { systemClock } from '../../../cli/platform/clock.ts';
import { connectTarget } from '../../../cli/warehouse/connect.ts';
import { SyncSession } from '../../../cli/warehouse/sync-session.ts';
import { NOTHING_CHANGED } from '../../../cli/warehouse/state/sync-state.ts';
import type { StreamRun } from '../../../cli/warehouse/state/sync-key.ts';
import { servers } from '../../support/server.ts';
import type { TestDatabase } from '../../support/server.ts';

const ORDERS: StreamRun = {
  platform: 'nuvemshop',
  accountId: '4567',
  stream: 'orders',
  purpose: 'sync',
};
const OPTIONS = { command: 'cortex sync nuvemshop', clock: systemClock };

describe.each(servers)('$name', (server) => {
  async function opened(own: TestDatabase, runId: string) {
    const database = await connectTarget(own.target, { runId });
    const session = await SyncSession.open(database, OPTIONS);
    return {
      session,
      [Symbol.asyncDispose]: async () => {
        await session[Symbol.asyncDispose]();
        await database.close();
      },
    };
  }

  test('a second run of the same stream is refused, and told who holds it since when', async () => {
    const own = await server.database();
    await using first = await opened(own, 'one');
    await using second = await opened(own, 'two');
    await using _lock = await first.session.lock(ORDERS, { wait: false });

    const refused = await second.session
      .lock(ORDERS, { wait: false })
      .catch((error: unknown) => error);

    expect(refused).toBeInstanceOf(CortexError);
    const [problem] = (refused as CortexError).diagnostics;
    expect(problem?.code).toBe('CX7102');
    expect(problem?.message).toContain('`cortex sync nuvemshop`');
    expect(problem?.message).toContain('`nuvemshop.orders` of account `4567`');
    expect(problem?.notes[0]).toMatch(/^since \d{4}-\d\d-\d\dT[\d:.]+Z, .* ago$/);
  });

  test('a backfill, another account and another stream run beside it', async () => {
    const own = await server.database();
    await using first = await opened(own, 'one');
    await using second = await opened(own, 'two');
    await using _lock = await first.session.lock(ORDERS, { wait: false });

    for (const other of [
      { ...ORDERS, purpose: 'backfill' as const },
      { ...ORDERS, accountId: '9' },
      { ...ORDERS, stream: 'customers' },
    ]) {
      await using lock = await second.session.lock(other, { wait: false });
      expect(lock.run).toEqual(other);
    }
  });

  test('who waits gets the stream when the other run ends', async () => {
    const own = await server.database();
    await using first = await opened(own, 'one');
    await using second = await opened(own, 'two');
    const lock = await first.session.lock(ORDERS, { wait: false });
    const holders: unknown[] = [];

    const waiting = second.session.lock(ORDERS, {
      wait: true,
      onWait: ({ run }) => {
        holders.push(run?.runId);
        void lock.release('success', { ...NOTHING_CHANGED, added: 7 });
      },
    });

    await using taken = await waiting;
    expect(taken.run).toEqual(ORDERS);
    expect(holders).toEqual(['one']);
  });

  test('a lock goes with the session that held it', async () => {
    const own = await server.database();
    await using second = await opened(own, 'two');
    {
      await using first = await opened(own, 'one');
      await first.session.lock(ORDERS, { wait: false });
    }

    await using lock = await second.session.lock(ORDERS, { wait: false });

    expect(lock.run).toEqual(ORDERS);
  });

  test('a run leaves how it ended and what it changed', async () => {
    const own = await server.database();
    await using first = await opened(own, 'one');
    const lock = await first.session.lock(ORDERS, { wait: false });
    const figures = { ...NOTHING_CHANGED, added: 3, rejected: 1 };

    await lock.release('partial', figures);

    const [run] = await first.session.state.runs();
    expect(run).toMatchObject({ ...ORDERS, runId: 'one', status: 'partial', figures });
    expect(run?.finishedAt).toMatch(/Z$/);
  });

  test('what another version of the definitions read is refused, and forgotten on demand', async () => {
    const own = await server.database();
    await using first = await opened(own, 'one');
    const { state } = first.session;
    await own.query(
      `insert into __cortex_sync_streams (platform, account_id, stream, version, intervals, cursor_at)
       values ('nuvemshop', '4567', 'orders', 2, '[["2026-10-01","2026-10-03"]]', '2026-10-03')`,
    );

    expect(await state.stream(ORDERS, 2)).toMatchObject({
      intervals: [{ from: '2026-10-01', to: '2026-10-03' }],
      cursor: '2026-10-03',
    });
    await expect(state.stream(ORDERS, 3)).rejects.toMatchObject({
      diagnostics: [{ code: 'CX7101' }],
    });
    await state.reset(ORDERS);
    expect(await state.stream(ORDERS, 3)).toBeUndefined();
  });

  test('an account keeps what the platform said of it last', async () => {
    const own = await server.database();
    await using first = await opened(own, 'one');
    const { state } = first.session;
    const account = {
      platform: 'nuvemshop',
      accountId: '4567',
      name: 'Loja 💛',
      timeZone: 'America/Sao_Paulo',
      currency: 'BRL',
    };

    await state.saveAccount({ ...account, currency: 'ARS' }, '2026-10-01T00:00:00.000Z');
    await state.saveAccount(account, '2026-10-02T00:00:00.000Z');

    expect(await state.account('nuvemshop', '4567')).toEqual(account);
    expect(await state.account('nuvemshop', '1')).toBeUndefined();
  });
});
