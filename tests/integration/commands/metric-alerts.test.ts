import { describe, expect, test } from 'vitest';
import { answeringServer, json } from '../../support/answering-server.ts';
import { cortex, createDirectory } from '../../support/command-line.ts';
import { FakeClock } from '../../support/run-events.ts';
import type { TestDatabase } from '../../support/server.ts';
import { servers } from '../../support/server.ts';

const DAY_MS = 86_400_000;

/** The clock of tests stands at 2026-11-23 09:00 UTC: the last complete day is Sunday, 2026-11-22. */
const DAY = '2026-11-22';

interface ProjectOptions {
  readonly rules: string;
  readonly origin?: string;
  readonly locale?: string;
}

/** A project over tables that stand in the database already: `daily` and `channels`. */
function ruled(database: TestDatabase, { rules, origin = '', locale = '' }: ProjectOptions) {
  const { host, port, user, password } = database.target;
  const target = { type: 'mysql', host, port, user, password, database: database.name };
  const { path } = createDirectory({
    'cortex_project.yml': `name: shop
client: { name: Loja Aurora, timezone: America/Sao_Paulo, locale: "${locale}" }
targets: { test: ${JSON.stringify(target)} }
alerts:
  channels: ${origin === '' ? '{}' : `{ hook: { type: webhook, url: "${origin}/hook" } }`}
  rules:
${rules.replaceAll(/^/gm, '    ')}
`,
    'models/daily.sql': 'select 1 as date_key',
    'models/channels.sql': 'select 1 as full_date',
  });
  const clock = new FakeClock();
  const run = (...args: string[]) => cortex(args, { directory: path, clock });
  return {
    clock,
    run,
    check: async (...args: string[]) => run('alerts', 'check', ...args),
    /** Findings of `--json`, by rule and dimension. */
    findings: async (...args: string[]) => {
      const { stdout } = await run('alerts', 'check', '--dry-run', '--json', ...args);
      const lines = stdout.split('\n').filter((line) => line !== '');
      const printed = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
      return printed.filter(({ type }) => type === 'metricJudged');
    },
  };
}

function daysBack(count: number): string {
  return new Date(Date.parse(DAY) - count * DAY_MS).toISOString().slice(0, 10);
}

/** Thirty days of Sundays of 100.10, other days of 50; the last Sunday as given. */
async function dailyTable(database: TestDatabase, last: string): Promise<void> {
  await database.query(
    'create table daily (date_key int primary key, revenue decimal(30,12), orders int, cac double)',
  );
  const rows = Array.from({ length: 30 }, (_, index) => {
    const value = index === 0 ? last : index % 7 === 0 ? '100.10' : '50';
    return `(${daysBack(index).replaceAll('-', '')}, ${value}, ${index === 0 ? 3 : 40}, null)`;
  });
  await database.query(`insert into daily values ${rows.join(', ')}`);
}

const REVENUE =
  'revenue_drop: { model: daily, column: revenue, change_pct: 30, direction: decrease, label: Revenue }';

describe.each(servers)('on $name', (server) => {
  test('a day is compared with the median of its weekday, to the last digit', async () => {
    const database = await server.database();
    await dailyTable(database, '70.070000000001');
    const project = ruled(database, {
      rules: `${REVENUE}
window: { model: daily, column: revenue, change_pct: 30, compare: moving_window, periods: 20 }
few_orders: { model: daily, column: revenue, change_pct: 1, minimum: { orders: 5 } }
no_cac: { model: daily, column: cac, change_pct: 1 }`,
    });

    const before = await project.findings();
    await database.query(`update daily set revenue = 70.07 where date_key = 20261122`);
    const after = await project.findings();

    expect(before).toMatchObject([
      { rule: 'revenue_drop', day: DAY, verdict: 'in_range', value: '70.070000000001' },
      { rule: 'window', verdict: 'out_of_range', expected: '50', change_pct: '40.14' },
      { rule: 'few_orders', verdict: 'below_minimum' },
      { rule: 'no_cac', verdict: 'no_value', value: null },
    ]);
    expect(after[0]).toMatchObject({
      verdict: 'out_of_range',
      value: '70.07',
      expected: '100.1',
      change_pct: '-30.00',
      history: [
        { day: '2026-11-15', value: '100.1' },
        { day: '2026-11-08', value: '100.1' },
        { day: '2026-11-01', value: '100.1' },
        { day: '2026-10-25', value: '100.1' },
      ],
    });
  });

  test('each channel is judged by itself, of the rows that are wanted', async () => {
    const database = await server.database();
    await database.query(
      'create table channels (full_date date, channel varchar(20), model varchar(20), spend decimal(18,2)) collate utf8mb4_unicode_ci',
    );
    const rows = [0, 7, 14, 21].flatMap((back) => [
      `('${daysBack(back)}', 'Meta', 'linear', ${back === 0 ? 300 : 100})`,
      `('${daysBack(back)}', 'Meta', 'linear', 50)`,
      `('${daysBack(back)}', 'Meta', 'LINEAR', 900)`,
      `('${daysBack(back)}', 'Google', 'linear', 100)`,
      ...(back === 0 ? [] : [`('${daysBack(back)}', 'TikTok', 'linear', 40)`]),
    ]);
    await database.query(`insert into channels values ${rows.join(', ')}`);
    const rule =
      'model: channels, day: full_date, column: spend, by: channel, where: { model: linear }, change_pct: 50';
    const project = ruled(database, {
      rules: `spend: { ${rule}, aggregate: sum }
gone: { ${rule}, aggregate: sum, missing: zero }
several: { ${rule} }`,
    });

    const findings = await project.findings();
    const { exitCode, stderr } = await project.check('--dry-run');

    const shown = findings.map(({ rule: name, dimension, verdict, change_pct: change }) =>
      [name, dimension, verdict, change].join(' '),
    );
    expect(shown.toSorted()).toEqual([
      'gone Google in_range 0.00',
      'gone Meta out_of_range 133.33',
      'gone TikTok out_of_range -100.00',
      'spend Google in_range 0.00',
      'spend Meta out_of_range 133.33',
      'spend TikTok no_value ',
    ]);
    expect(stderr).toContain('CX7606');
    expect(stderr).toContain('give the rule `aggregate`, `by` or `where`');
    expect(exitCode).toBe(1);
  });

  test('an alert is told once for a day, again for the next one, and when it is back in range', async () => {
    await using hook = await answeringServer(json(200, {}));
    const database = await server.database();
    await dailyTable(database, '60');
    const project = ruled(database, { rules: REVENUE, origin: hook.origin, locale: 'pt-BR' });
    await project.check('--dry-run');
    expect(hook.requests).toHaveLength(0);
    await project.check();
    project.clock.ms += 3 * 3_600_000;
    await project.check();
    expect(hook.requests).toHaveLength(1);
    await database.query(
      'insert into daily values (20261123, 10, 1, null), (20261116, 50, 40, null) on duplicate key update orders = 40',
    );
    project.clock.ms += 21 * 3_600_000;
    await project.check();
    await project.check();
    expect(hook.requests).toHaveLength(2);
    await database.query('update daily set revenue = 50 where date_key = 20261123');
    await project.check();
    await project.check();

    const told = hook.requests.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
    expect(told.map(({ kind, title }) => [kind, title])).toEqual([
      ['metric', '[Loja Aurora] 1 métrica fora do esperado em 22/11/2026'],
      ['metric', '[Loja Aurora] 1 métrica fora do esperado em 23/11/2026'],
      ['recovered', '[Loja Aurora] 1 métrica de volta ao normal em 23/11/2026'],
    ]);
    expect(told[0]?.['lines']).toEqual([
      'Revenue: 60 em 22/11/2026, esperado 100,1 (-40,1 %, limite -30 %); mediana do mesmo dia da semana nas últimas 4 semanas: 100,1; 100,1; 100,1; 100,1 (daily.revenue)',
    ]);
    expect(told[0]?.['figures']).toMatchObject([
      { rule: 'revenue_drop', value: '60', expected: '100.1', change_pct: '-40.06' },
    ]);
  });
});

const first = servers[0] ?? expect.fail();

test('the exit code tells of metrics out of range only where that is wanted', async () => {
  const database = await first.database();
  await dailyTable(database, '60');
  const project = ruled(database, { rules: REVENUE });

  const plain = await project.check('--dry-run');
  const strict = await project.check('--dry-run', '--fail-on-alert');
  const earlier = await project.check(
    '--dry-run',
    '--fail-on-alert',
    '--vars',
    '{ as_of: 2026-11-21 }',
  );

  expect([plain.exitCode, strict.exitCode, earlier.exitCode]).toEqual([0, 1, 0]);
  expect(plain.stdout).toMatchInlineSnapshot(`
    "rule          dimension  day         value  expected  change %  verdict
    ------------  ---------  ----------  -----  --------  --------  ------------
    revenue_drop             2026-11-22     60     100.1    -40.06  out of range
    "
  `);
  expect(earlier.stdout).toContain('in range');
});

test('a model that is not built and a column that is no number hold up no other rule', async () => {
  const database = await first.database();
  await dailyTable(database, '60');
  await database.query("alter table daily add note varchar(20) default 'secret words'");
  const project = ruled(database, {
    rules: `absent: { model: channels, column: spend, change_pct: 5 }
misspelt: { model: daily, column: revenu, change_pct: 5 }
words: { model: daily, column: note, change_pct: 5 }
${REVENUE}`,
  });

  const { exitCode, stdout, stderr } = await project.check('--dry-run');

  expect(exitCode).toBe(1);
  expect(stdout).toContain('revenue_drop');
  expect(stderr).toContain('`channels` is not built yet');
  expect(stderr).toContain('`daily` has no column `revenu`');
  expect(stderr).toContain('did you mean `revenue`?');
  expect(stderr).toContain('holds what is not a number');
  expect(`${stdout}${stderr}`).not.toContain('secret words');
});

test('a rule over an unknown model ends the check before anything is read or sent', async () => {
  await using hook = await answeringServer(json(200, {}));
  const rules = 'own: { model: dayly, column: revenue, change_pct: 5 }';
  const project = ruled(await first.database(), { rules, origin: hook.origin });

  const { exitCode, stderr } = await project.check();

  expect(exitCode).toBe(2);
  expect(stderr).toContain('CX7604');
  expect(hook.requests).toHaveLength(0);
});

test('a project without rules has nothing to check', async () => {
  const project = ruled(await first.database(), { rules: '{}' });

  const { exitCode, stderr } = await project.check();

  expect(exitCode).toBe(2);
  expect(stderr).toContain('CX7607');
});
