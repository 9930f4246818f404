import { chmodSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Clock } from '../../../cli/kernel/clock.ts';
import { systemClock } from '../../../cli/platform/clock.ts';
import { cortex, createDirectory } from '../../support/command-line.ts';
import { jumpingClock } from '../../support/jumping-clock.ts';
import type { TestDatabase } from '../../support/server.ts';
import { servers } from '../../support/server.ts';
import { simulatedProject } from '../../support/simulated-project.ts';
import { canMount, mountSmallDisk } from '../../support/small-disk.ts';

const SECRET = 'planted-secret-0123456789';

interface Finding {
  readonly area: string;
  readonly name: string;
  readonly status: 'ok' | 'warn' | 'fail';
  readonly detail: string;
  readonly hint?: string;
}

/** Every line of `--json` output. */
function findings(stdout: string): Finding[] {
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Finding);
}

/** What is not well in an area, by name. */
function problems(stdout: string, area: string): Record<string, Finding> {
  const bad = findings(stdout).filter((one) => one.area === area && one.status !== 'ok');
  return Object.fromEntries(bad.map((one) => [one.name, one]));
}

interface Patient {
  readonly files?: Readonly<Record<string, string>>;
  /** Added to the project file. */
  readonly settings?: string;
  readonly user?: string;
  readonly password?: string;
  readonly clock?: Clock;
}

/** A project of one model whose target is a database of a test server. */
function patient(database: TestDatabase, given: Patient = {}) {
  const { host, port, user, password } = database.target;
  const target = {
    type: 'mysql',
    host,
    port,
    user: given.user ?? user,
    password: '${TEST_PASSWORD:-}',
    database: database.name,
  };
  const directory = createDirectory({
    'models/fct_orders.sql': "{{config materialized='table'}}\nselect 1 as id",
    ...given.files,
    'cortex_project.yml': `name: shop\ntargets: { test: ${JSON.stringify(target)} }\n${given.settings ?? ''}`,
  });
  const environment = { TEST_PASSWORD: given.password ?? password };
  const clock = given.clock ?? systemClock;
  return {
    directory,
    run: (...args: string[]) => cortex(args, { directory: directory.path, environment, clock }),
  };
}

const FRESHNESS = `sources:
  - name: raw
    tables:
      - name: orders
        loaded_at_field: loaded_at
        freshness: { warn_after: { count: 1, period: day }, error_after: { count: 2, period: day } }
`;

const CONVERSIONS = `conversions:
  destinations:
    meta: { type: meta-capi, pixel_id: 77, access_token: ${SECRET} }
    tiktok: { type: tiktok-events, pixel_code: ABC, access_token: ${SECRET} }
`;

describe.each(servers)('$name', (server) => {
  test('a project that is well is said to be well, and nothing is left behind', async () => {
    const database = await server.database();
    const { run } = patient(database);
    const before = await run('doctor', '--json');
    await run('build');
    const standing = await database.query('show tables');

    const after = await run('doctor', '--json');

    const bad = (stdout: string) => findings(stdout).filter(({ status }) => status === 'fail');
    expect([before.exitCode, bad(before.stdout)]).toEqual([0, []]);
    expect([after.exitCode, bad(after.stdout)]).toEqual([0, []]);
    expect(findings(before.stdout)).toContainEqual({
      area: 'versions',
      name: 'state tables',
      status: 'ok',
      detail: 'none: nothing was run in this database yet',
    });
    const well = findings(after.stdout).filter(({ status }) => status === 'ok');
    expect(new Set(well.map(({ area }) => area))).toEqual(
      new Set(['versions', 'project', 'database', 'privileges', 'time zones', 'disk', 'relations']),
    );
    expect(well.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['cortex', 'server', 'state tables', 'granted', 'clocks']),
    );
    expect(await database.query('show tables')).toEqual(standing);
  });

  test('relations of nobody are named with the statement that drops them', async () => {
    const database = await server.database();
    const { directory, run } = patient(database);
    directory.write('models/old_orders.sql', 'select 1 as id');
    await run('build');
    rmSync(join(directory.path, 'models/old_orders.sql'));
    await database.query('create table fct_orders__cortex_new (id int)');
    await database.query('create table __cortex_debug_dead (id int)');

    const found = await run('doctor', '--json');
    const strict = await run('doctor', '--json', '--warn-error');
    await run('build');
    await database.query('drop view old_orders');
    await database.query('drop table __cortex_debug_dead');
    const mended = await run('doctor', '--json');

    expect(found.exitCode).toBe(0);
    expect(strict.exitCode).toBe(1);
    expect(problems(found.stdout, 'relations')).toMatchObject({
      old_orders: {
        status: 'warn',
        hint: `name it as a source, or drop it: DROP VIEW \`${database.name}\`.\`old_orders\``,
      },
      fct_orders__cortex_new: {
        detail: 'left by a run that was killed',
        hint: 'the next build removes it',
      },
      __cortex_debug_dead: { detail: 'left by a diagnosis that was killed' },
    });
    expect(problems(mended.stdout, 'relations')).toEqual({});
  });

  test('a version that was kept after a failing test is no leftover while its model is there', async () => {
    const database = await server.database();
    const { directory, run } = patient(database, {
      files: {
        'models/_models.yml':
          'models: [{ name: fct_orders, columns: [{ name: id, data_tests: [{ accepted_values: { arguments: { values: [2] } } }] }] }]',
      },
    });
    await run('build');
    const kept = await database.query('show tables like "%\\_\\_cortex\\_new"');

    const found = await run('doctor', '--json');
    directory.write('models/_models.yml', 'models: []');
    renameSync(
      join(directory.path, 'models/fct_orders.sql'),
      join(directory.path, 'models/fct_sales.sql'),
    );
    const renamed = await run('doctor', '--json');

    expect(kept).toHaveLength(1);
    expect(problems(found.stdout, 'relations')).toEqual({});
    expect(problems(renamed.stdout, 'relations')['fct_orders__cortex_new']).toMatchObject({
      detail: expect.stringContaining('`model.shop.fct_orders`, which is no more'),
    });
  });

  test('conversions that wait for nobody, were refused or stopped are told', async () => {
    const database = await server.database();
    const { run } = patient(database, { settings: CONVERSIONS });
    await run('build');
    const event = (id: string, status: string, due: string, code = 'null') =>
      database.query(
        `insert into __cortex_conversions (destination, event_name, event_id, revision, operation, order_id, status, code,
          attempts, occurred_at, queued_at, due_at) values ('meta', 'purchase', '${id}', 0, 'send', '${id}', '${status}', ${code}, 0,
          ${due}, ${due}, ${due})`,
      );
    const yesterday = 'utc_timestamp() - interval 25 hour';
    await event('1', 'due', 'utc_timestamp() - interval 23 hour');
    await event('2', 'held', yesterday);
    await event('3', 'dead', yesterday, "'discarded'");
    const waiting = await run('doctor', '--json');
    await event('4', 'due', yesterday);
    await event('5', 'dead', yesterday, "'invalid_currency'");
    await database.query(
      "insert into __cortex_conversion_destinations values ('tiktok', 'pause_auth', '40105', utc_timestamp())",
    );

    const stuck = await run('doctor', '--json');

    expect(problems(waiting.stdout, 'conversions')).toEqual({});
    expect(stuck.exitCode).toBe(1);
    expect(
      findings(stuck.stdout)
        .filter(({ area, status }) => area === 'conversions' && status !== 'ok')
        .map(({ name, status, detail, hint }) => `${status} ${name}: ${detail}; ${hint}`),
    ).toEqual([
      expect.stringMatching(/^fail meta: 1 event wait, the oldest since .*; `cortex convert meta`/),
      expect.stringMatching(/^warn meta: 1 event .*: invalid_currency; .*convert retry meta/),
      expect.stringMatching(/^fail tiktok: stopped at .* \(40105\).*; renew its token/),
    ]);
    expect(JSON.stringify(stuck)).not.toContain(SECRET);
  });

  test('a source that is too old is told as `source freshness` tells it', async () => {
    const database = await server.database();
    await database.query('create table orders (loaded_at datetime)');
    await database.query('insert into orders values (utc_timestamp() - interval 3 day)');
    const { run } = patient(database, {
      files: {
        'sources/raw.yml': FRESHNESS.replace(
          'name: raw',
          `name: raw\n    schema: ${database.name}`,
        ),
      },
    });
    await run('build');

    const stale = await run('doctor', '--json');
    await database.query('update orders set loaded_at = utc_timestamp() - interval 30 hour');
    const old = await run('doctor', '--json');
    await database.query('update orders set loaded_at = utc_timestamp()');
    const fresh = await run('doctor', '--json');

    expect(stale.exitCode).toBe(1);
    expect(problems(stale.stdout, 'freshness')).toMatchObject({
      'raw.orders': { status: 'fail', detail: '3 days old', hint: expect.stringContaining('load') },
    });
    expect(old.exitCode).toBe(0);
    expect(problems(old.stdout, 'freshness')['raw.orders']?.status).toBe('warn');
    expect(problems(fresh.stdout, 'freshness')).toEqual({});
  });

  test('a privilege that is missing is named with its GRANT, in a database of a `schema` too', async () => {
    const database = await server.database();
    const { name } = database;
    await patient(database).run('build');
    await database.query(`create database ${name}_restricted`);
    await database.query(`create user '${name}'@'%' identified by '${SECRET}'`);
    onTestFinished(async () => void (await database.query(`drop user '${name}'@'%'`)));
    const all = ['select', 'insert', 'update', 'delete', 'create', 'drop', 'index', 'alter'];
    const rights = [...all, 'create temporary tables', 'create view', 'show view'].join(', ');
    await database.query(`grant ${rights} on \`${name}\`.* to '${name}'@'%'`);
    await database.query(`grant ${rights} on \`${name}_restricted\`.* to '${name}'@'%'`);
    const { run } = patient(database, {
      user: name,
      password: SECRET,
      files: { 'models/identity.sql': "{{config schema='restricted'}}\nselect 1 as id" },
    });
    const whole = await run('doctor', '--json');
    await database.query(`revoke create view on \`${name}\`.* from '${name}'@'%'`);
    await database.query(`revoke index on \`${name}_restricted\`.* from '${name}'@'%'`);

    const poor = await run('doctor', '--json');

    expect(problems(whole.stdout, 'privileges')).toMatchObject({ process: { status: 'warn' } });
    expect(whole.exitCode).toBe(0);
    expect(poor.exitCode).toBe(1);
    expect(problems(poor.stdout, 'privileges')).toMatchObject({
      'create view': {
        status: 'fail',
        hint: expect.stringContaining(`GRANT CREATE VIEW ON \`${name}\`.* TO '${name}'@'%'`),
      },
      [`index in ${name}_restricted`]: {
        hint: expect.stringContaining(`GRANT INDEX ON \`${name}_restricted\`.*`),
      },
    });
    expect(JSON.stringify([whole, poor])).not.toContain(SECRET);
  });

  test('a database of another client is a finding, not a crash', async () => {
    const database = await server.database();
    const { run } = patient(database, {
      files: { 'clients/aurora.yml': `database: ${database.name}\n` },
    });
    await run('build', '--client', 'aurora');

    const own = await run('doctor', '--client', 'aurora', '--json');
    const other = await run('doctor', '--json');

    expect(own.exitCode).toBe(0);
    expect(other.exitCode).toBe(1);
    expect(problems(other.stdout, 'database')['access']?.detail).toContain('aurora');
  });

  test(
    'all clients are looked at, and each line says whose it is',
    { timeout: 60_000 },
    async () => {
      const [aurora, brisa] = [await server.database(), await server.database()];
      const { run } = patient(aurora, {
        files: {
          'clients/aurora.yml': '',
          'clients/brisa.yml': `database: ${brisa.name}\nconnectors: { shopify: { accounts: [{}] } }\n`,
        },
        settings: 'connectors: {}\n',
      });

      const all = await run('doctor', '--client', 'all', '--json');

      const lines = all.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Finding & { client?: string; exitCode?: number });
      expect(all.exitCode).toBe(1);
      expect(lines.filter(({ status }) => status === 'fail')).toMatchObject([
        { client: 'brisa', area: 'connectors', name: 'shopify' },
      ]);
      expect(lines.at(-1)).toMatchObject({ type: 'clientsFinished', clients: 2, exitCode: 1 });
      expect(await brisa.query('show tables')).toEqual([]);
    },
  );

  test('a node that took much longer than it did is slow', async () => {
    const database = await server.database();
    const { run } = patient(database, { files: { 'models/b.sql': 'select 1 as id' } });
    for (let runs = 0; runs < 3; runs += 1) await run('build');
    await run('build', '--full-refresh');
    const [kept] = await database.query(
      "select recent_ms from __cortex_nodes where node_id = 'model.shop.fct_orders'",
    );
    await database.query(
      "update __cortex_nodes set recent_ms = if(node_id = 'model.shop.b', '900,1000,1100,1000,900,2500', '4000,5000,90000,5000,6000,16000')",
    );

    const slow = await run('doctor', '--json');

    expect(String(kept?.['recent_ms']).split(',')).toHaveLength(3);
    expect(problems(slow.stdout, 'slow nodes')).toEqual({
      fct_orders: {
        area: 'slow nodes',
        name: 'fct_orders',
        status: 'warn',
        detail: 'took 16.00s, and 5.00s in the middle of 5 earlier runs',
        hint: expect.stringContaining('cortex compile --select fct_orders'),
      },
    });
  });

  test('a pipeline that failed, crashed or did not begin is told', async () => {
    const database = await server.database();
    const { run } = patient(database, {
      files: { 'models/fct_orders.sql': 'select no_such_column from (select 1 as id) t' },
      settings: `pipelines:
  own: { steps: [build] }
  daily: { schedule: 0 5 * * *, steps: [build] }
`,
    });
    await run('run-pipeline', 'own');
    await database.query(
      `insert into __cortex_pipeline_runs (run_id, pipeline, target, business_day, host, pid, thread_id, started_at, heartbeat_at, status)
       values ('r1', 'daily', 'test', '2026-11-01', 'h', 1, 1, utc_timestamp() - interval 4 day, utc_timestamp(), 'running')`,
    );

    const found = await run('doctor', '--json');

    expect(found.exitCode).toBe(1);
    expect(problems(found.stdout, 'pipelines')).toMatchObject({
      own: {
        status: 'fail',
        detail: expect.stringMatching(/^failed, begun at .*: step `build` failed \(CX\d{4}\)$/),
        hint: expect.stringContaining('cortex run-pipeline own --resume'),
      },
      daily: { status: 'fail', detail: expect.stringMatching(/^crashed/) },
      'daily schedule': { status: 'fail', detail: expect.stringMatching(/days ago, and has not/) },
    });
  });

  test('what alerts know to be wrong, and a channel that takes nothing, are told', async () => {
    const database = await server.database();
    const { run } = patient(database, {
      settings: `alerts: { channels: { hook: { type: webhook, url: "http://127.0.0.1:1/${SECRET}" } } }\n`,
      files: { 'models/fct_orders.sql': 'select no_such_column from (select 1 as id) t' },
    });
    await run('build');
    const refused = await run('doctor', '--json');
    await database.query("update __cortex_notifications set status = 'dead'");

    const dead = await run('doctor', '--json');

    expect(refused.exitCode).toBe(1);
    expect(problems(refused.stdout, 'alerts')).toMatchObject({
      'model.shop.fct_orders': { status: 'fail', detail: expect.stringMatching(/^wrong since/) },
      hook: { status: 'warn', hint: expect.stringContaining('cortex alerts test') },
    });
    expect(problems(dead.stdout, 'alerts')['hook']).toMatchObject({ status: 'fail' });
    expect(JSON.stringify([refused, dead])).not.toContain(SECRET);
  });

  test('streams that are late or failed are told, and `--check` asks the accounts', async () => {
    const database = await server.database();
    await using project = await simulatedProject(database);
    const first = await project.run('sync');
    const synced = await project.run('doctor', '--json', '--check');
    project.clock.advance(40 * 3_600_000);
    const late = await project.run('doctor', '--json');
    project.environment['SHOP_TOKEN'] = 'another-token-0123456789';
    await database.query("update __cortex_sync_runs set status = 'error' where stream = 'orders'");
    project.clock.advance(40 * 3_600_000);

    const failed = await project.run('doctor', '--json', '--check');

    expect(first.exitCode).toBe(0);
    expect(problems(synced.stdout, 'syncs')).toEqual({});
    expect(
      findings(synced.stdout).filter(({ area }) => area === 'connectors' || area === 'syncs'),
    ).toMatchObject([
      { name: 'nuvemshop 2981734', status: 'ok', detail: expect.stringMatching(/^answers as/) },
      { name: expect.stringMatching(/^meta_ads /), status: 'ok' },
      { name: 'nuvemshop', status: 'ok' },
      { name: 'meta_ads', status: 'ok' },
    ]);
    expect(problems(late.stdout, 'syncs')['nuvemshop.orders of 2981734']).toMatchObject({
      status: 'warn',
      detail: 'last read completely 40h00m ago',
    });
    expect(failed.exitCode).toBe(1);
    expect(problems(failed.stdout, 'syncs')['nuvemshop.orders of 2981734']).toMatchObject({
      status: 'fail',
      detail: 'the last sync failed; last read completely 3 days ago',
      hint: '`cortex sync nuvemshop.orders` says why',
    });
    expect(problems(failed.stdout, 'connectors')['nuvemshop 2981734']).toMatchObject({
      status: 'fail',
      detail: expect.stringContaining('CX7201'),
      hint: expect.stringContaining('cortex connect nuvemshop'),
    });
    expect(failed.stdout).not.toContain('another-token');
  });

  test('zones that the server does not know are told where a model asks for them', async () => {
    const database = await server.database();
    const { run } = patient(database, {
      files: {
        'models/local.sql':
          "select convert_tz(utc_timestamp(), '+00:00', 'America/Sao_Paulo') as at",
        'models/fixed.sql': "select convert_tz(utc_timestamp(), '+00:00', '-03:00') as at",
      },
    });

    const found = await run('doctor', '--json');

    expect(problems(found.stdout, 'time zones')['models']).toMatchObject({
      status: 'fail',
      detail: 'CONVERT_TZ with names of zones gives NULL in local',
    });
  });

  test('state tables of a newer Cortex are left alone', async () => {
    const database = await server.database();
    const { run } = patient(database);
    await run('build');
    await database.query(
      "insert into __cortex_migrations (name, timestamp) values ('9999_future', '2030-01-01')",
    );

    const found = await run('doctor', '--json');

    expect(found.exitCode).toBe(1);
    expect(problems(found.stdout, 'versions')['state tables']?.detail).toBe(
      '`9999_future`: a newer Cortex wrote them',
    );
  });
});

const TRAY = `connectors:
  tray:
    accounts:
      - { store_id: '104', api_address: https://loja.example.com/web_api, consumer_key: k, consumer_secret: ${SECRET} }
`;

/** A project of a store at Tray whose tokens were renewed so many days ago; no server is there. */
function withTokens(days: number, mode = 0o600) {
  const expiresAt = Date.now() - days * 86_400_000;
  const directory = createDirectory({
    'cortex_project.yml': `name: shop\ntargets: { test: { type: mysql, host: 127.0.0.1, port: 1, user: x, database: x } }\n${TRAY}`,
    '.cortex/credentials/tray-104.json': JSON.stringify({
      account: { store_id: '104' },
      tokens: { accessToken: SECRET, refreshToken: SECRET, expiresAt },
    }),
  });
  chmodSync(join(directory.path, '.cortex/credentials/tray-104.json'), mode);
  return cortex(['doctor', '--json'], { directory: directory.path, clock: systemClock });
}

test('a token that has ended, or ends soon, is told without showing it', async () => {
  const [fresh, ending, ended] = [await withTokens(1), await withTokens(25), await withTokens(31)];

  expect(problems(fresh.stdout, 'tokens')).toEqual({});
  expect(findings(fresh.stdout)).toContainEqual(
    expect.objectContaining({ area: 'tokens', name: 'tray 104', status: 'ok' }),
  );
  expect(problems(ending.stdout, 'tokens')['tray 104']).toMatchObject({
    status: 'warn',
    hint: expect.stringContaining('`cortex sync tray` renews it'),
  });
  expect(problems(ended.stdout, 'tokens')['tray 104']).toMatchObject({
    status: 'fail',
    hint: 'connect the account again: `cortex connect tray`',
  });
  expect(JSON.stringify([fresh, ending, ended])).not.toContain(SECRET);
});

test('credentials that others may read are told', async () => {
  const open = await withTokens(1, 0o644);

  expect(problems(open.stdout, 'tokens')['tray 104']?.hint).toBe(
    'chmod 600 .cortex/credentials/tray-104.json',
  );
});

test('a server that is down hides nothing of what needs none', async () => {
  const { path } = createDirectory({
    'cortex_project.yml': `name: shop
targets: { test: { type: mysql, host: 127.0.0.1, port: 1, user: x, database: x } }
connectors: { nuvemshop: { accounts: [{ store_id: '1', access_token: '\${SHOP_TOKEN}', contact_email: a@b.co }] } }
`,
  });

  const found = await cortex(['doctor'], { directory: path, clock: systemClock });

  expect(found.exitCode).toBe(1);
  expect(found.stdout).toMatch(/^database +port +fail/m);
  expect(found.stdout).toMatch(/^connectors +nuvemshop +fail/m);
  expect(found.stdout).toContain('SHOP_TOKEN');
  expect(found.stdout).toContain('start the server; if it runs');
  expect(found.stderr).toContain('2 things wrong');
});

test('a version of an interface is told before it ends', async () => {
  const ask = async (day: string) => {
    const { path } = createDirectory({
      'cortex_project.yml': `name: shop
targets: { test: { type: mysql, host: 127.0.0.1, port: 1, user: x, database: x } }
connectors: { google_ads: { accounts: [] } }
conversions: { destinations: { ads: { type: google-ads, customer_id: 1, conversion_action_id: 1, client_id: a, client_secret: b, refresh_token: c } } }
`,
    });
    const clock = jumpingClock(`${day}T00:00:00Z`);
    const { stdout } = await cortex(['doctor', '--json'], { directory: path, clock });
    const versions = findings(stdout).filter(({ name }) => name.startsWith('api: '));
    return versions.map(({ name, status, detail }) => `${status} ${name}: ${detail}`);
  };

  expect(await ask('2026-11-26')).toEqual([
    'ok api: google_ads: v26 until 2027-11-01',
    'ok api: conversion ads: v26 until 2027-11-01',
  ]);
  expect(await ask('2027-09-10')).toContain(
    'warn api: google_ads: v26 ends on 2027-11-01, in 52 days',
  );
  expect(await ask('2027-11-01')).toContain('fail api: google_ads: v26 ended on 2027-11-01');
});

test.skipIf(!canMount())('a disk without room is told', async () => {
  const directory = createDirectory({
    'cortex_project.yml':
      'name: shop\ntargets: { test: { type: mysql, host: 127.0.0.1, port: 1, user: x, database: x } }\n',
  });
  mkdirSync(join(directory.path, 'target'));
  const disk = mountSmallDisk(join(directory.path, 'target'), 8);
  onTestFinished(() => disk?.unmount());

  const { stdout } = await cortex(['doctor', '--json'], { directory: directory.path });

  expect(problems(stdout, 'disk')['project']).toMatchObject({
    status: 'fail',
    detail: expect.stringMatching(/^[78] MB of 8 MB are free/),
  });
});
