import { expect, test } from 'vitest';
import { servers } from '../../support/server.ts';
import { simulatedProject } from '../../support/simulated-project.ts';

const [server] = servers;

const FILES = {
  'models/stg_orders.sql': "select id, total from {{source 'nuvemshop' 'orders'}}\n",
  'models/fct_orders.sql':
    "{{config materialized='table'}}\nselect count(*) as orders from {{ref 'stg_orders'}}\n",
  'models/fct_campaigns.sql':
    "{{config materialized='table'}}\nselect count(*) as campaigns from {{source 'meta_ads' 'campaigns'}}\n",
};

test('a build syncs exactly the streams that its selection reads, then builds on them', async () => {
  const own = await (server ?? expect.fail()).database();
  await using project = await simulatedProject(own, { files: FILES });
  await project.run('sync', '--write-sources');

  const built = await project.run('build', '--select', '+fct_orders', '--sync');
  // Its view is not selected, and reads the raw table when it is read.
  const again = await project.run('build', '--select', 'fct_orders', '--sync');

  expect(built).toMatchObject({ exitCode: 0 });
  expect(built.stderr).toContain('sync of 1 stream on test');
  expect(built.stderr).toMatch(/Synced .*nuvemshop\.orders +263 added/);
  expect(built.stderr).toContain('build of 2 nodes on test');
  expect(await own.query('select orders from fct_orders')).toEqual([{ orders: '263' }]);
  expect((await own.relations()).filter((name) => name.startsWith('raw_meta'))).toEqual([]);
  expect(again.stderr).toMatch(/Synced .*nuvemshop\.orders +nothing new/);
});

test('what is below a stream that cannot be read is skipped, and the rest is built', async () => {
  const own = await (server ?? expect.fail()).database();
  await using project = await simulatedProject(own, { files: FILES, token: 'revoked' });
  await project.run('sync', '--write-sources');

  const { exitCode, stderr } = await project.run('build', '--sync');

  expect(exitCode).toBe(1);
  expect(stderr).toContain('error[CX7201]');
  expect(stderr).toMatch(/Skipped .*stg_orders +needs nuvemshop\.2981734\.orders/);
  expect(stderr).toMatch(/Skipped .*fct_orders +needs nuvemshop\.2981734\.orders/);
  expect(await own.query('select campaigns from fct_campaigns')).toEqual([{ campaigns: '4' }]);
  expect(await own.relations()).not.toContain('fct_orders');
});
