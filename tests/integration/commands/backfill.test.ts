import { expect, test } from 'vitest';
import { servers } from '../../support/server.ts';
import { simulatedProject } from '../../support/simulated-project.ts';

const [server] = servers;

test('a backfill says what it will take, reads the past beside the sync, and then finds nothing missing', async () => {
  const own = await (server ?? expect.fail()).database();
  await using project = await simulatedProject(own);
  await project.run('sync', 'nuvemshop.orders');

  const planned = await project.run('backfill', 'nuvemshop.orders', '--days', '34', '--dry-run');
  const first = await project.run('backfill', 'nuvemshop', '--days', '34');
  const second = await project.run('backfill', 'nuvemshop', '--days', '34');

  // The sync began with the start date, 15 September; 34 days before noon of 4 October is 1 September.
  expect(planned.stdout).toMatch(
    /nuvemshop\.orders +2981734 +1 +2026-09-01 00:00 +2026-09-15 03:00|2026-09-01 03:00 +2026-09-15 03:00/,
  );
  expect(first.exitCode).toBe(0);
  expect(first.stderr).toMatch(
    /Estimated nuvemshop 2981734: 34 days, about \d+ calls.*\(orders \d+ calls?, /,
  );
  expect(first.stderr).toMatch(/Synced .* nuvemshop\.orders +\d+ added/);
  expect(first.stderr).not.toContain('nuvemshop.categories');
  expect(second.stderr).toContain('Estimated nuvemshop 2981734: nothing is missing');
  const [orders] = await own.query(
    "select min(created_at) < '2026-09-05' as past from raw_nuvemshop_orders",
  );
  expect(Number(orders?.['past'])).toBe(1);
});

test('without a name the past of all platforms is read', async () => {
  const own = await (server ?? expect.fail()).database();
  await using project = await simulatedProject(own);

  const { exitCode, stderr } = await project.run('backfill');

  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
  expect(stderr).toMatch(/Synced .* nuvemshop\.orders +\d+ added/);
  expect(stderr).toMatch(/Synced .* meta_ads\.ad_insights_daily +\d+ added/);
});

test('what has no past is refused', async () => {
  const own = await (server ?? expect.fail()).database();
  await using project = await simulatedProject(own);

  const { exitCode, stderr } = await project.run('backfill', 'nuvemshop.categories');
  const both = await project.run('backfill', 'tray', '--days', '3', '--since', '2026-10-01');

  expect({ exitCode, stderr }).toMatchObject({ exitCode: 2 });
  expect(stderr).toContain('CX7217');
  expect(both.stderr).toContain('CX1004');
});
