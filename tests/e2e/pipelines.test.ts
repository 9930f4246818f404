import { expect, test } from 'vitest';
import { builtCortex, killedCortex } from '../support/built-cortex.ts';
import { servers } from '../support/server.ts';
import { serverProject } from '../support/server-project.ts';

const [server] = servers;

test('a pipeline that was killed in its second step goes on there', async () => {
  const database = await (server ?? expect.fail()).database();
  const { directory } = serverProject(database, {
    'cortex_project.yml': 'pipelines: { own: { steps: [seed, run, test] } }\n',
    'seeds/sizes.csv': 'id\n1\n2\n',
    'models/slow.sql': "{{config materialized='table'}}select sleep(40) as id",
  });
  const env = { TEST_PASSWORD: database.target.password };

  const killed = await killedCortex(directory.path, ['run-pipeline', 'own'], {
    afterMs: 8000,
    env,
  });
  const [before] = await database.query('select status from __cortex_pipeline_runs');
  directory.write('models/slow.sql', "{{config materialized='table'}}select 1 as id");
  const resumed = await builtCortex(
    directory.path,
    ['run-pipeline', 'own', '--resume', '--json'],
    env,
  );

  expect(killed.exitCode).toBeNull();
  expect(before).toEqual({ status: 'running' });
  const started = resumed.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string; step?: string })
    .filter(({ type }) => type === 'stepStarted')
    .map(({ step }) => step);
  expect(started).toEqual(['run', 'test']);
  expect(resumed.exitCode).toBe(0);
  expect(await database.relations()).toEqual(['sizes', 'slow']);
}, 60_000);
