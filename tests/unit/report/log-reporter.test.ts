import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openLog } from '../../../cli/platform/log.ts';
import { logReporter } from '../../../cli/report/log-reporter.ts';
import { createDirectory } from '../../support/command-line.ts';
import { failingBuild } from '../../support/run-events.ts';

async function logged(level: 'debug' | 'warn'): Promise<Record<string, unknown>[]> {
  const directory = createDirectory();
  const reporter = logReporter(
    await openLog(join(directory.path, 'logs/cortex.log'), level),
    '01K',
  );
  for (const event of failingBuild()) reporter.report(event);
  await reporter.close();
  const lines = directory.read('logs/cortex.log').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

test('the log holds every event of a run, with its id', async () => {
  const lines = await logged('debug');

  expect(lines.map(({ msg }) => msg)).toMatchInlineSnapshot(`
    [
      "runStarted",
      "phaseFinished",
      "phaseFinished",
      "nodeStarted",
      "nodeFinished",
      "nodeStarted",
      "testFinished",
      "CX6001 test-failed: 37 rows of \`fct_orders.customer_id\` have no match",
      "nodeFinished",
      "nodeFinished",
      "CX5001 connect-failed: the server went away",
      "nodeFinished",
      "runFinished",
    ]
  `);
  expect(lines.every(({ run }) => run === '01K')).toBe(true);
});

test('compiled SQL is not repeated in the log', async () => {
  const [finished] = (await logged('debug')).filter(({ type }) => type === 'nodeFinished');

  expect(finished?.['result']).toMatchObject({ status: 'success' });
  expect(finished?.['result']).not.toHaveProperty('compiledSql');
});

test('a level keeps what is less important out of the log', async () => {
  const lines = await logged('warn');

  expect(lines.map(({ msg }) => msg)).toEqual([
    'CX6001 test-failed: 37 rows of `fct_orders.customer_id` have no match',
    'CX5001 connect-failed: the server went away',
  ]);
});

test('what is more than a detail is in the file at once, with the details before it', async () => {
  const directory = createDirectory();
  const log = await openLog(join(directory.path, 'cortex.log'), 'debug');

  log.write('debug', 'a detail');
  log.write('warn', 'a warning');

  const lines = directory.read('cortex.log').trim().split('\n');
  expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual([
    'a detail',
    'a warning',
  ]);
  log.close();
});
