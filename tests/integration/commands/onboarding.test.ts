import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../../cli/platform/clock.ts';
import { answeringServer, json } from '../../support/answering-server.ts';
import { cortex, createDirectory } from '../../support/command-line.ts';
import { serverProject } from '../../support/server-project.ts';
import { servers } from '../../support/server.ts';
import { simulatedProject } from '../../support/simulated-project.ts';

interface Item {
  readonly item: string;
  readonly week: string;
  readonly task: string;
  readonly status: 'done' | 'open';
  readonly by: 'state' | 'hand';
  readonly seen?: string;
}

/** Every line of `--json` output, by item. */
function items(stdout: string): Record<string, Item> {
  const lines = stdout.trim().split('\n');
  return Object.fromEntries(
    lines.map((line) => {
      const one = JSON.parse(line) as Item;
      return [one.item, one];
    }),
  );
}

function doneOf(stdout: string): string[] {
  return Object.values(items(stdout))
    .filter(({ status }) => status === 'done')
    .map(({ item }) => item);
}

const REPORT = {
  'models/reports/rpt_daily.sql': "{{config materialized='table'}}\nselect 1 as id",
};
const TESTED = {
  'models/reports/_reports.yml':
    'models: [{ name: rpt_daily, columns: [{ name: id, data_tests: [not_null, unique] }] }]',
};

describe.each(servers)('$name', (server) => {
  test(
    'accounts, backfill, tests and reports are seen as they really are',
    { timeout: 120_000 },
    async () => {
      const database = await server.database();
      await using project = await simulatedProject(database, {
        files: { ...REPORT, ...TESTED },
        settings: { client: { timezone: 'America/Sao_Paulo', currency: 'BRL' } },
      });
      const look = async () => (await project.run('onboarding', '--json')).stdout;

      const before = await look();
      await project.run('sync');
      await project.run('build', '--select', 'rpt_daily', '--exclude', 'unique_rpt_daily_id');
      const partly = await look();
      await project.run('backfill', 'nuvemshop', 'meta_ads', '--days', '90');
      await project.run('build');
      const whole = await look();
      project.environment['SHOP_TOKEN'] = 'another-token-0123456789';
      project.directory.write('models/reports/rpt_new.sql', 'select 1 as id');
      project.clock.advance(4 * 86_400_000);
      await database.query("update __cortex_nodes set finished_at = '2026-10-01'");
      const later = await look();

      expect(doneOf(before)).toEqual(['credentials', 'database', 'tokens']);
      expect(items(before)['backfill']?.seen).toBe('nothing was run in the database yet');
      expect(items(partly)['client']).toMatchObject({ status: 'done', by: 'state' });
      expect(items(partly)['backfill']).toMatchObject({
        status: 'open',
        seen: expect.stringContaining('`cortex backfill nuvemshop --days 90`'),
      });
      expect(items(partly)['tests']?.seen).toBe(
        'the last run had 1 of 2 tests in it: `cortex build`',
      );
      expect(doneOf(whole)).toEqual(
        expect.arrayContaining(['client', 'credentials', 'backfill', 'tests', 'fresh']),
      );
      expect(items(later)['credentials']).toMatchObject({
        status: 'open',
        seen: expect.stringContaining('CX7201'),
      });
      expect(items(later)['reports']?.seen).toContain('`rpt_daily` is not built, or older');
      expect(items(later)['fresh']).toMatchObject({ status: 'open' });
      expect(later).not.toContain('another-token');
    },
  );

  test('the daily run, alerts and conversions are seen in the state tables', async () => {
    const database = await server.database();
    await using hook = await answeringServer(json(200, { ok: true }));
    const given = {
      ...REPORT,
      'cortex_project.yml': `client: { locale: pt-BR }
pipelines: { daily: { steps: [build] } }
conversions: { destinations: { meta: { type: meta-capi, pixel_id: 77, access_token: planted-secret-1 } } }
alerts: { on: [failed], channels: { hook: { type: webhook, url: "${hook.origin}" } } }
`,
    };
    const { directory } = serverProject(database, given);
    const environment = { TEST_PASSWORD: database.target.password };
    const run = (...args: string[]) =>
      cortex(args, { directory: directory.path, environment, clock: systemClock });
    await run('seed');
    const before = items((await run('onboarding', '--json')).stdout);
    await run('onboarding', 'done', 'alerts');
    const ticked = items((await run('onboarding', '--json')).stdout);
    await run('onboarding', 'undo', 'alerts');
    const text = directory.read('cortex_project.yml');
    directory.write('cortex_project.yml', text.replace('on: [failed]', 'on: [succeeded]'));
    await run('run-pipeline', 'daily');
    await database.query(
      `insert into __cortex_conversions (destination, event_name, event_id, revision, operation, order_id, status,
        attempts, occurred_at, queued_at, due_at, sent_at) values ('meta', 'purchase', '1', 0, 'send', '1', 'delivered', 1,
        utc_timestamp(), utc_timestamp(), utc_timestamp(), utc_timestamp() - interval 1 day)`,
    );
    const after = (await run('onboarding', '--json')).stdout;
    await database.query("update __cortex_notifications set status = 'dead'");
    await database.query('update __cortex_conversions set sent_at = sent_at - interval 8 day');
    await database.query("update __cortex_pipeline_runs set status = 'failed'");
    const broken = items((await run('onboarding', '--json')).stdout);

    expect(ticked['alerts']).toMatchObject({ status: 'done', by: 'hand' });
    expect(ticked['conversions']).toMatchObject({ status: 'open', by: 'state' });
    expect(before['alerts']).toMatchObject({ status: 'open' });
    expect(doneOf(after)).toEqual(
      expect.arrayContaining(['reports', 'daily-run', 'alerts', 'conversions']),
    );
    expect(broken['alerts']?.seen).toBe('`hook` não recebe as notificações: `cortex alerts test`');
    expect(broken['conversions']?.seen).toContain('não recebeu nada em uma semana');
    expect(broken['daily-run']?.seen).toContain('última execução: failed');
    expect(`${after}${JSON.stringify(broken)}`).not.toContain('planted-secret-1');
  });

  test('sessions and purchases of the last days are looked for in GA4', async () => {
    const database = await server.database();
    const { directory } = serverProject(database, {
      ...REPORT,
      'cortex_project.yml':
        'connectors: { ga4: { accounts: [{ property_id: "1", client_email: a@b.co, private_key: k }] } }\n',
    });
    const environment = { TEST_PASSWORD: database.target.password };
    const run = (...args: string[]) =>
      cortex(args, { directory: directory.path, environment, clock: systemClock });
    await run('build');
    const look = async () => items((await run('onboarding', '--json')).stdout)['events'];
    const never = await look();
    await database.query('create table raw_ga4_traffic_daily (date date, sessions int)');
    await database.query(
      'create table raw_ga4_events_daily (date date, event_name varchar(40), event_count int)',
    );
    await database.query(
      'insert into raw_ga4_traffic_daily values (utc_date() - interval 9 day, 5)',
    );
    await database.query(
      "insert into raw_ga4_events_daily values (utc_date() - interval 1 day, 'page_view', 9)",
    );
    const old = await look();
    await database.query(
      'insert into raw_ga4_traffic_daily values (utc_date() - interval 1 day, 7)',
    );
    await database.query(
      "insert into raw_ga4_events_daily values (utc_date() - interval 1 day, 'purchase', 2)",
    );
    const arriving = await look();

    expect(never).toMatchObject({
      status: 'open',
      seen: expect.stringContaining('cortex sync ga4'),
    });
    expect(old).toMatchObject({ status: 'open', seen: expect.stringMatching(/^0 sessions and 0/) });
    expect(arriving).toMatchObject({
      status: 'done',
      seen: expect.stringMatching(/^7 sessions and 2 purchases since/),
    });
  });
});

const ALONE =
  'name: shop\ntargets: { test: { type: mysql, host: 127.0.0.1, port: 1, user: x, database: x } }\n';

test('what only people know is ticked and unticked, for each client by itself', async () => {
  const directory = createDirectory({
    'cortex_project.yml': ALONE,
    'clients/aurora.yml': 'database: aurora\n',
  });
  const run = (...args: string[]) =>
    cortex(['onboarding', ...args, '--json', '--no-connect'], { directory: directory.path });

  const ticked = await run('done', 'paid-orders', 'dictionary');
  const undone = await run('undo', 'dictionary');
  const client = await run('done', 'compared', '--client', 'aurora');
  const file = directory.read('onboarding/aurora.yml');
  directory.write('onboarding/aurora.yml', file.replace(/2026-11-\d\d/, '2026-10-01'));
  const forgotten = await run('--client', 'aurora');

  expect(doneOf(ticked.stdout)).toEqual(['paid-orders', 'dictionary']);
  expect(doneOf(undone.stdout)).toEqual(['paid-orders']);
  expect(directory.read('onboarding.yml')).toMatch(
    /^#.*\npaid-orders: 2026-11-23T09:00:00.000Z\n$/,
  );
  expect(doneOf(client.stdout)).toEqual(['compared']);
  expect(doneOf(forgotten.stdout)).toEqual([]);
});

test('what Cortex looks at is not ticked, and names that are misspelt are told', async () => {
  const directory = createDirectory({ 'cortex_project.yml': ALONE });
  const run = (...args: string[]) =>
    cortex(['onboarding', ...args, '--no-connect'], { directory: directory.path });

  const seen = await run('done', 'dictionary', 'backfill');
  const unknown = await run('done', 'paid-order');
  const action = await run('finish', 'dictionary');
  directory.write('onboarding.yml', 'dictionary: yesterday\n');
  const broken = await run();

  expect(seen.exitCode).toBe(2);
  expect(seen.stderr).toContain('CX1020');
  expect(existsSync(join(directory.path, 'onboarding'))).toBe(false);
  expect(unknown.stderr).toContain('did you mean `paid-orders`?');
  expect(action.stderr).toContain('CX1001');
  expect(broken.exitCode).toBe(2);
  expect(broken.stderr).toContain('onboarding.yml:1');
});

test('a database that is down leaves its items open, and says why', async () => {
  const directory = createDirectory({ 'cortex_project.yml': ALONE });

  const { exitCode, stdout, stderr } = await cortex(['onboarding'], { directory: directory.path });

  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^Week 1: discovery +client +Time zone and currency/m);
  expect(stdout).toMatch(/^client, backfill, .*\n {2}.*127\.0\.0\.1:1/m);
  expect(stdout).toContain('when it is done: `cortex onboarding done paid-orders`');
  expect(stderr).toContain('are done');
});

test('init without a connection prints the checklist of the new client in its language, and starts no server', async () => {
  const directory = createDirectory();

  const started = await cortex(
    [
      'init',
      'Loja Açaí',
      '--platform',
      'nuvemshop',
      '--ads',
      'meta',
      '--language',
      'pt-BR',
      '--no-connect',
    ],
    { directory: directory.path },
  );

  expect(started.exitCode).toBe(0);
  expect(started.stdout).toMatch(/^Semana 1: descoberta +client /m);
  expect(started.stdout).toContain('spend-agrees');
  expect(started.stdout).not.toMatch(/ events /);
  expect(started.stdout).toContain('quando estiver feito: `cortex onboarding done paid-orders`');
  expect(existsSync(join(directory.path, '.cortex/server'))).toBe(false);
});
