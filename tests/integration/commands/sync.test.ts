import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { connectTarget } from '../../../cli/warehouse/connect.ts';
import { acquireRunLock } from '../../../cli/warehouse/run-lock.ts';
import { systemClock } from '../../../cli/platform/clock.ts';
import { serverProject } from '../../support/server-project.ts';
import { servers } from '../../support/server.ts';
import { simulatedProject } from '../../support/simulated-project.ts';

/** Figures of the streams of a run, from what it printed with `--json`. */
function finished(stdout: string) {
  const events = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  return events.filter(({ type }) => type === 'nodeFinished') as {
    node: string;
    status: string;
    synced?: Record<string, number>;
  }[];
}

describe.each(servers)('$name', (server) => {
  test('two platforms land side by side, and a second sync writes nothing', async () => {
    const own = await server.database();
    await using project = await simulatedProject(own);

    const first = await project.run('sync');
    const second = await project.run('sync', '--json');

    expect(first).toMatchObject({ exitCode: 0, stdout: '' });
    expect(first.stderr).toContain('sync of 13 streams on test');
    expect(first.stderr).toMatch(/Synced .* nuvemshop\.orders +263 added; 5m0\ds behind now/);
    expect(first.stderr).toMatch(/Landed .* 929 added; at most 9h0\dm behind now \(meta_ads\./);
    const [orders] = await own.query('select count(*) as n from raw_nuvemshop_orders');
    expect(Number(orders?.['n'])).toBe(263);
    expect(second.exitCode).toBe(0);
    const streams = finished(second.stdout);
    expect(streams).toHaveLength(13);
    for (const { node, synced } of streams) {
      expect({ node, ...synced }).toMatchObject({ added: 0, updated: 0, restated: 0, deleted: 0 });
    }
  });

  test('files land while a build holds the target', async () => {
    const own = await server.database();
    const project = serverProject(own, {
      'cortex_project.yml': 'connectors: { files: { streams: { orders: { path: o.csv } } } }\n',
      'o.csv': 'id\n1\n2\n',
    });
    await using database = await connectTarget(own.target, { runId: 'a-build' });
    await using _lock = await acquireRunLock(database, {
      command: 'cortex build',
      wait: false,
      clock: systemClock,
    });

    const synced = await project.run('sync', 'files.orders');

    expect(synced.exitCode).toBe(0);
    expect(synced.stderr).toMatch(/Synced .* files\.orders +2 rows/);
    expect(await own.query('select id from orders order by id')).toEqual([
      { id: '1' },
      { id: '2' },
    ]);
  });
});

const [server] = servers;

test('a wrong token ends one account in one message, and the other is read', async () => {
  const own = await (server ?? expect.fail()).database();
  await using project = await simulatedProject(own, { token: 'revoked' });

  const checked = await project.run('sync', '--check');
  const synced = await project.run('sync', 'nuvemshop', 'meta_ads.campaigns');

  expect(checked.exitCode).toBe(1);
  expect(checked.stdout).toMatch(/nuvemshop +2981734 .*CX7201/);
  expect(checked.stdout).toMatch(/meta_ads +\d+ +Loja Aurora +America\/Sao_Paulo +BRL +ok/);
  expect(synced.exitCode).toBe(1);
  expect(synced.stderr.match(/error\[CX7201]/g)).toHaveLength(1);
  expect(synced.stderr).toContain('`nuvemshop` of account `2981734` cannot be read');
  expect(synced.stderr).toContain('`cortex connect nuvemshop`');
  expect(synced.stderr).toContain('1 done, 7 skipped (8)');
  expect(`${checked.stderr}${synced.stderr}`).not.toContain('revoked');
});

test('a limit that is used up for too long stops with what was read, and the next sync goes on', async () => {
  const own = await (server ?? expect.fail()).database();
  await using project = await simulatedProject(own);
  project.shop.state.useBucket(2);

  const stopped = await project.run('sync', 'nuvemshop.orders', '--max-wait', '0');
  project.shop.state.useBucket(40);
  const next = await project.run('sync', 'nuvemshop.orders');

  expect(stopped).toMatchObject({ exitCode: 75 });
  expect(stopped.stderr).toMatch(
    /Partial .* nuvemshop\.orders +.*the limit is used up, sync again/,
  );
  expect(stopped.stderr).toContain('warning[CX7208]');
  expect(stopped.stderr).toContain('Stopped  sync of 1 stream on test');
  expect(next).toMatchObject({ exitCode: 0 });
  const [orders] = await own.query('select count(*) as n from raw_nuvemshop_orders');
  expect(Number(orders?.['n'])).toBe(263);
});

test('a dry run says the windows of chosen streams and reads nothing of them', async () => {
  const own = await (server ?? expect.fail()).database();
  await using project = await simulatedProject(own);

  const { exitCode, stdout } = await project.run(
    'sync',
    'nuvemshop.orders',
    'nuvemshop.store',
    '--dry-run',
    '--json',
    '--since',
    '2026-09-20',
    '--until',
    '2026-09-22',
  );

  expect(exitCode).toBe(0);
  expect(
    stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
  ).toEqual([
    { stream: 'nuvemshop.store', account: '2981734', windows: 1, from: 'everything', to: '' },
    {
      stream: 'nuvemshop.orders',
      account: '2981734',
      windows: 1,
      from: '2026-09-20 03:00',
      to: '2026-09-23 03:00',
    },
  ]);
  expect((await own.relations()).filter((name) => name.startsWith('raw_'))).toEqual([]);
});

test('what cannot be asked for is refused before anything is read', async () => {
  const own = await (server ?? expect.fail()).database();
  await using project = await simulatedProject(own);
  const message = async (...args: string[]) => {
    const { exitCode, stderr } = await project.run('sync', ...args);
    expect(exitCode).toBe(2);
    return stderr;
  };

  expect(await message('nuvemshop.order')).toMatch(/CX7014.*[^]*`nuvemshop\.orders`/);
  expect(await message('nuvemshp')).toMatch(/CX7014.*[^]*`nuvemshop`/);
  expect(await message('--accounts', '1')).toMatch(/CX7014[^]*`2981734`/);
  expect(await message('--since', 'yesterday')).toMatch(/CX1002[^]*2026-10-01/);
  expect(await message('--since', '2026-10-02', '--until', '2026-10-01')).toContain('CX1002');
  expect(await message('--since', '2026-10-02', '--full-refresh')).toContain('CX1004');
  expect(await message('--check', '--dry-run')).toContain('CX1004');
});

test('missing credentials of a platform that is not asked for stop nothing', async () => {
  const own = await (server ?? expect.fail()).database();
  const account = { account_id: '1', access_token: '${NOBODY_SET_THIS}' };
  const project = serverProject(own, {
    'cortex_project.yml': stringify({
      connectors: {
        files: { streams: { orders: { path: 'o.csv' } } },
        meta_ads: { accounts: [account] },
      },
    }),
    'o.csv': 'id\n1\n',
  });

  expect((await project.run('sync', 'files')).exitCode).toBe(0);
  const all = await project.run('sync');
  expect(all.exitCode).toBe(2);
  expect(all.stderr).toContain('NOBODY_SET_THIS');
});
