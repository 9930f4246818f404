import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FakeClock } from '../../support/run-events.ts';
import type { TestDatabase } from '../../support/server.ts';
import { servers } from '../../support/server.ts';
import { serverProject } from '../../support/server-project.ts';

const PROPERTIES = `
models:
  - name: weights
    config:
      materialized: table
      freshness: { build_after: { count: 7, period: day } }
    columns: [{ name: id, data_tests: [unique] }]
  - name: shares
    config: { materialized: table }
    columns:
      - name: id
        data_tests:
          - not_null
          - relationships: { arguments: { to: ref('weights'), field: id } }
`;
const PIPELINES = `
pipelines:
  own: { steps: [{ step: build, due_only: true }] }
`;

function weightsAndShares(database: TestDatabase) {
  const project = serverProject(database, {
    'cortex_project.yml': PIPELINES,
    'models/weights.sql': 'select 1 as id',
    'models/shares.sql': "select id from {{ref 'weights'}}",
    'models/_models.yml': PROPERTIES,
  });
  /** Builds, and names what was built and tested. */
  const build = async (...args: string[]) => {
    const { exitCode, stderr } = await project.run('build', ...args);
    expect(exitCode, stderr).toBe(0);
    const text = readFileSync(join(project.directory.path, 'target/run_results.json'), 'utf8');
    const { results } = JSON.parse(text) as { results: readonly { unique_id: string }[] };
    return {
      built: results
        .map(({ unique_id: id }) => id.split('.')[2] ?? '')
        .toSorted((a, b) => a.localeCompare(b)),
      stderr,
    };
  };
  /** Makes the build of `weights` so many hours old for the clock of the runs. */
  const age = async (hours: number) => {
    const builtAt = new Date(new FakeClock().now() - hours * 3_600_000).toISOString();
    await database.query(
      `UPDATE __cortex_nodes SET finished_at = '${builtAt.slice(0, 19).replace('T', ' ')}'
       WHERE node_id = 'model.shop.weights'`,
    );
  };
  return { ...project, build, buildDue: async () => build('--due-only'), age };
}

const ALL = [
  'not_null_shares_id',
  'relationships_shares_id__id__ref_weights_',
  'shares',
  'unique_weights_id',
  'weights',
];
const WITHOUT_WEIGHTS = ['not_null_shares_id', 'shares'];

describe.each(servers)('models that are built now and then on $name', (server) => {
  test('a model is left out until it is as old as it may be, with the tests that read it', async () => {
    const { build, buildDue, age } = weightsAndShares(await server.database());

    const first = await buildDue();
    await age(0);
    const second = await buildDue();
    await age(7 * 24 - 1);
    const younger = await buildDue();
    await age(7 * 24);
    const due = await buildDue();
    const all = await build();

    expect(first.built).toEqual(ALL);
    expect(second.built).toEqual(WITHOUT_WEIGHTS);
    expect(second.stderr).toContain('1 model not due yet: weights');
    expect(younger.built).toEqual(WITHOUT_WEIGHTS);
    expect(due.built).toEqual(ALL);
    expect(all.built).toEqual(ALL);
  });

  test('one that is gone, that has changed, or was built on nothing is due', async () => {
    const database = await server.database();
    const { buildDue, age, directory, run } = weightsAndShares(database);

    await buildDue();
    await age(0);
    await database.query('DROP TABLE weights');
    const gone = await buildDue();
    await age(0);
    directory.write('models/weights.sql', 'select 1 as id, 2 as weight');
    const changed = await buildDue();
    await run('build', '--empty');
    await age(0);
    const empty = await buildDue();

    for (const { built } of [gone, changed, empty]) expect(built).toEqual(ALL);
    expect(await database.query('SELECT * FROM weights')).toEqual([{ id: 1, weight: 2 }]);
  });

  test('a step of a pipeline leaves it out too', async () => {
    const database = await server.database();
    const { age, run } = weightsAndShares(database);
    const built = () => database.query('SELECT node_id, run_id FROM __cortex_nodes ORDER BY 1');

    await run('run-pipeline', 'own');
    await age(0);
    const before = await built();
    const again = await run('run-pipeline', 'own');
    const after = await built();

    expect(again.exitCode, again.stderr).toBe(0);
    const same = after.filter(({ run_id: id }) => before.some((row) => row['run_id'] === id));
    expect(same.map(({ node_id: id }) => id)).toEqual(['model.shop.weights']);
  });
});
