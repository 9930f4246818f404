import { expect, test } from 'vitest';
import { cortex, createDirectory } from '../../../support/command-line.ts';

const TARGET = 'targets: { prod: { type: mysql, host: localhost, user: root, database: shop } }';

function project(pipelines: string) {
  const text = `name: shop\n${TARGET}\nclient: { timezone: America/Sao_Paulo }\npipelines: ${pipelines}\n`;
  const directory = createDirectory({ 'cortex_project.yml': text });
  const run = (...args: string[]) => cortex(['schedule', ...args], { directory: directory.path });
  return { directory, run };
}

test('files are written below the project, and again over the own ones only', async () => {
  const { directory, run } = project('{ weekly: { schedule: null } }');

  const first = await run('install', '--for', 'systemd');
  const again = await run('install', '--for', 'systemd');
  directory.write('deploy/cron/cortex.crontab', 'mine\n');
  const refused = await run('install', '--for', 'cron');

  expect(first.stdout).toContain('sudo systemctl enable --now cortex-shop-prod-daily.timer\n');
  expect(directory.read('deploy/systemd/cortex-shop-prod-daily.timer')).toContain(
    'OnCalendar=*-*-* 05:00:00 America/Sao_Paulo\nPersistent=true\n',
  );
  expect(again.exitCode).toBe(0);
  expect(refused.stderr).toContain('CX7707');
  expect(directory.read('deploy/cron/cortex.crontab')).toBe('mine\n');
});

test('a schedule that cannot be written is refused, and the list still shows when it is due', async () => {
  const { run } = project('{ own: { schedule: 0 5 L * *, steps: [build] } }');

  const refused = await run('install', '--for', 'systemd');
  const listed = await run('list', '--json');

  expect(refused.stderr).toMatch(/CX7706.*`own`/s);
  expect(listed.stdout).toMatch(
    /"pipeline":"own".*"next":"\d{4}-\d\d-(28|29|30|31)T08:00:00.000Z"/,
  );
});
