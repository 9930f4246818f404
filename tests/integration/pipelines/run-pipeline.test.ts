import { describe, expect, test } from 'vitest';
import { systemClock } from '../../../cli/platform/clock.ts';
import { connectTarget } from '../../../cli/warehouse/connect.ts';
import { acquirePipelineLock } from '../../../cli/warehouse/pipeline-lock.ts';
import { servers } from '../../support/server.ts';
import { serverProject } from '../../support/server-project.ts';

const PIPELINES = `
connectors:
  files: { streams: { orders: { path: data/orders.csv, table: raw_orders, columns: { id: int, total: int } } } }
pipelines:
  own:
    steps:
      - sync
      - { step: build, retries: 1, retry_delay: 1s }
      - { step: test, name: checks, when: failure }
  slow:
    steps: [{ step: run, select: slow, timeout: 2s }, test]
`;

interface Line {
  readonly type: string;
  readonly step?: string;
  readonly status?: string;
  readonly attempts?: number;
}

function lines(stdout: string): Line[] {
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}

function stepEnds(stdout: string) {
  return lines(stdout)
    .filter(({ type }) => type === 'stepFinished')
    .map(({ step, status, attempts }) => `${step} ${status} ${attempts}`);
}

describe.each(servers)('pipelines on $name', (server) => {
  test('a failed step is tried again, ends the pipeline, and a resume goes on there', async () => {
    const database = await server.database();
    const { directory, run } = serverProject(database, {
      'cortex_project.yml': PIPELINES,
      'data/orders.csv': 'id,total\n1,10\n2,20\n',
      'models/totals.sql': 'select no_such_column from (select 1 as id) as t',
    });

    const failed = await run('run-pipeline', 'own', '--json');
    directory.write('models/totals.sql', 'select 1 as id');
    const resumed = await run('run-pipeline', 'own', '--resume', '--json');

    expect(stepEnds(failed.stdout)).toEqual([
      'sync success 1',
      'build failed 2',
      'checks success 1',
    ]);
    expect(failed.stdout).toContain('CX7705');
    expect(failed.exitCode).toBe(1);
    expect(stepEnds(resumed.stdout)).toEqual(['build success 1']);
    expect(resumed.exitCode).toBe(0);
    const kept = await database.query(
      'select step, status, synced_rows from __cortex_pipeline_steps order by position',
    );
    expect(kept.map(({ step, status }) => `${String(step)} ${String(status)}`)).toEqual([
      'sync success',
      'build success',
      'checks success',
    ]);
    expect(Number(kept[0]?.['synced_rows'])).toBe(2);
  });

  test('a step that takes too long is cancelled on the server, and no second pipeline starts beside one', async () => {
    const database = await server.database();
    const { directory, run } = serverProject(database, {
      'cortex_project.yml': PIPELINES,
      'models/slow.sql': "{{config materialized='table'}}select sleep(60) as id",
    });

    const start = performance.now();
    const cut = await run('run-pipeline', 'slow', '--json');
    const seconds = (performance.now() - start) / 1000;
    const left = await database.query(
      `select id from information_schema.processlist where info like '%sleep(60)%' and id <> connection_id() and db = '${database.name}'`,
    );
    await using other = await connectTarget(database.target, { runId: 'another' });
    const { signal } = new AbortController();
    await using held = await acquirePipelineLock(other, { wait: false, signal, now: Date.now });
    const place = { host: 'elsewhere', pid: 4711, target: 'test', steps: ['run', 'test'] };
    const holder = { runId: 'another', pipeline: 'nightly', businessDay: '2026-03-02', ...place };
    await held.state.start(holder, systemClock.now());
    const refused = await run('run-pipeline', 'slow');
    directory.write(
      'cortex_project.yml',
      directory.read('cortex_project.yml').replace(', test]', ']'),
    );
    await held[Symbol.asyncDispose]();
    const changed = await run('run-pipeline', 'slow', '--resume');
    const unknown = await run('run-pipeline', 'slwo');

    expect(stepEnds(cut.stdout)).toEqual(['run timed_out 1', 'test skipped 0']);
    expect(seconds).toBeLessThan(30);
    expect(left).toEqual([]);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toMatch(/CX7703.*`nightly` \(process 4711 on elsewhere\)/s);
    expect(changed.stderr).toContain('CX7704');
    expect(unknown.stderr).toMatch(/CX7702.*`slow`/s);
  });
});
