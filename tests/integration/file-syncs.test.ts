import { expect, test } from 'vitest';
import { systemClock } from '../../cli/platform/clock.ts';
import { connectTarget } from '../../cli/warehouse/connect.ts';
import { fileStreamRun } from '../../cli/warehouse/state/sync-key.ts';
import { SyncSession } from '../../cli/warehouse/sync-session.ts';
import { runProject } from '../support/run-project.ts';
import { servers } from '../support/server.ts';

const [server] = servers;

test('a build leaves alone what a sync of files is making, and cleans it up when that is dead', async () => {
  const own = await (server ?? expect.fail()).database();
  const project = { models: { one: 'select 1 as id' } };
  await own.query('create table orders__cortex_new (id int)');
  await own.query('create table other__cortex_new (id int)');
  await using database = await connectTarget(own.target, { runId: 'a-sync' });
  const session = await SyncSession.open(database, { command: 'cortex sync', clock: systemClock });
  const relation = { database: own.name, name: 'orders' };
  await session.lock(fileStreamRun('orders', relation), { wait: false });

  await runProject(own, project);
  const during = await own.relations();
  await session[Symbol.asyncDispose]();
  await runProject(own, project);

  expect(during).toContain('orders__cortex_new');
  expect(during).not.toContain('other__cortex_new');
  expect(await own.relations()).not.toContain('orders__cortex_new');
});
