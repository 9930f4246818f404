import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { containerFiles } from '../../../../cli/commands/schedule/container-files.ts';
import {
  cronFiles,
  githubFiles,
  systemdFiles,
} from '../../../../cli/commands/schedule/schedule-files.ts';
import { systemdCalendar } from '../../../../cli/commands/schedule/systemd-calendar.ts';
import { utcCron } from '../../../../cli/commands/schedule/utc-cron.ts';
import { parseYaml, plainValue } from '../../../../cli/project/yaml.ts';
import { createDirectory } from '../../../support/command-line.ts';

const DAILY = {
  name: 'daily',
  description: '',
  schedule: '0 5 * * *',
  timeZone: 'America/Sao_Paulo',
  steps: [],
};
const FACTS = {
  project: 'shop',
  target: 'prod',
  directory: '/srv/a shop 100%',
  node: process.execPath,
  program: '/srv/cortex/main.js',
  now: Date.UTC(2026, 2, 2),
};

test.each([
  ['0 5 * * *', ['*-*-* 05:00:00 UTC']],
  ['*/15 8-18 * * mon-fri', ['Mon,Tue,Wed,Thu,Fri *-*-* 08..18:00/15:00 UTC']],
  ['30 6 1,15 * *', ['*-*-01,15 06:30:00 UTC']],
  ['0 7 1 jan sun', ['*-01-01 07:00:00 UTC', 'Sun *-01-* 07:00:00 UTC']],
  ['0 5 L * *', undefined],
])('%s is written for systemd', (schedule, calendar) => {
  expect(systemdCalendar(schedule, 'UTC')).toEqual(calendar);
});

test.each([
  ['0 5 * * *', -180, '0 8 * * *'],
  ['0 22 * * 6', -180, '0 1 * * 0'],
  ['30 0 * * 1', 330, '0 19 * * 0'],
  ['15 * * * *', -180, '15 * * * *'],
  ['0 22 1 * *', -180, undefined],
  ['0 5,23 * * *', -180, undefined],
])('%s at an offset of %d minutes is shifted to UTC', (schedule, offset, utc) => {
  expect(utcCron(schedule, offset)).toBe(utc);
});

test('systemd takes the units that are written', () => {
  const { files } = systemdFiles([DAILY], FACTS);
  const directory = createDirectory(files);
  const units = Object.keys(files).map((path) => join(directory.path, path));

  const verified = spawnSync('systemd-analyze', ['verify', '--man=no', ...units], {
    encoding: 'utf8',
  });

  expect(units).toHaveLength(2);
  const service = files['deploy/systemd/cortex-shop-prod-daily.service'];
  expect(service).toContain('WorkingDirectory=/srv/a shop 100%%\n');
  const complaints = (verified.stderr ?? '').split('\n').filter((line) => line.includes('cortex-'));
  expect(complaints).toEqual([]);
});

test('a line of a crontab has its zone and nothing that cron would take for a line end', () => {
  const text = cronFiles([DAILY], FACTS).files['deploy/cron/cortex.crontab'];

  expect(text).toContain('CRON_TZ=America/Sao_Paulo\n0 5 * * * cd ');
  expect(text).toContain(String.raw`'/srv/a shop 100\%'`);
});

test('the workflow is YAML whose steps run at the time of their pipeline', () => {
  const text = githubFiles([DAILY], FACTS).files['.github/workflows/cortex-pipelines.yml'] ?? '';
  const { value } = parseYaml(text, 'workflow.yml');

  expect(value === undefined ? undefined : plainValue(value)).toMatchObject({
    on: { schedule: [{ cron: '0 8 * * *' }] },
    jobs: {
      pipelines: {
        steps: expect.arrayContaining([
          {
            if: "github.event.schedule == '0 8 * * *' || inputs.pipeline == 'daily'",
            run: 'npx cortex run-pipeline daily --wait --target prod',
          },
        ]),
      },
    },
  });
});

test('a container starts the scheduler as its first process, and Railway on the port it gives', () => {
  const { files } = containerFiles([DAILY], FACTS);

  expect(files['Dockerfile']).toContain(
    '"schedule", "run", "--target", "prod", "--health-port", "8080"]',
  );
  expect(JSON.parse(files['railway.json'] ?? '')).toMatchObject({
    deploy: {
      startCommand: expect.stringContaining('--health-port $PORT'),
      healthcheckPath: '/live',
    },
  });
});
