import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../../cli/platform/clock.ts';
import { cortex } from '../../support/command-line.ts';
import { servers } from '../../support/server.ts';
import { serverProject } from '../../support/server-project.ts';

const YESTERDAY = `
pipelines:
  daily: { schedule: null }
  weekly: { schedule: null }
  own: { schedule: '0 0 * * *', timezone: UTC, steps: [run] }
`;

describe.each(servers)('the scheduler on $name', (server) => {
  test('runs once what was missed, tells its health, and stops when asked', async () => {
    const database = await server.database();
    const { directory, run } = serverProject(database, {
      'cortex_project.yml': YESTERDAY,
      'models/one.sql': 'select 1 as id',
    });
    const environment = { TEST_PASSWORD: database.target.password };
    await run('run-pipeline', 'own');
    await database.query(
      'update __cortex_pipeline_runs set started_at = utc_timestamp() - interval 3 day, business_day = cast(utc_date() - interval 3 day as char)',
    );
    const port = 20_000 + (process.pid % 20_000);
    const stop = new AbortController();

    const scheduler = cortex(['schedule', 'run', '--health-port', String(port)], {
      directory: directory.path,
      environment,
      clock: systemClock,
      signal: stop.signal,
    });
    const metrics = await untilRan(`http://127.0.0.1:${port}`);
    const ready = await fetch(`http://127.0.0.1:${port}/ready`);
    const [doctor, found] = await untilLooked(`http://127.0.0.1:${port}`);
    stop.abort();
    const ended = await scheduler;

    expect(ended.exitCode).toBe(0);
    expect(ended.stderr).toContain('it makes up for 2 missed days');
    expect(ready.status).toBe(200);
    expect(metrics).toContain('cortex_pipeline_last_outcome{pipeline="own",status="success"} 1');
    expect(metrics).toContain('cortex_step_last_success{pipeline="own",step="run"} 1');
    expect(found).toContain('cortex_doctor_findings{area="database",status="fail"} 0');
    expect(found).toMatch(/cortex_doctor_findings\{area="pipelines",status="ok"\} [1-9]/);
    expect(found).toMatch(/^cortex_doctor_last_look_timestamp_seconds \d+/m);
    expect(doctor?.text).not.toContain('not looked at');
    expect(doctor?.status).toBe(doctor?.text.includes('fail ') === true ? 503 : 200);
    const [count] = await database.query('select count(*) as runs from __cortex_pipeline_runs');
    expect(Number(count?.['runs'])).toBe(2);
  });
});

/** The summary of the doctor once it was looked, and the metrics then. */
async function untilLooked(address: string) {
  for (let tries = 0; tries < 200; tries += 1) {
    const response = await fetch(`${address}/doctor`);
    const text = await response.text();
    const metrics = await fetch(`${address}/metrics`).then((answer) => answer.text());
    if (!text.includes('not looked at'))
      return [{ status: response.status, text }, metrics] as const;
    await sleep(100);
  }
  return [undefined, ''] as const;
}

async function untilRan(address: string): Promise<string> {
  for (let tries = 0; tries < 200; tries += 1) {
    const text = await fetch(`${address}/metrics`).then(
      (response) => response.text(),
      () => '',
    );
    if (text.includes('cortex_pipeline_last_outcome')) return text;
    await sleep(100);
  }
  return '';
}
