import { describe, expect, test } from 'vitest';
import type { Answer } from '../../support/answering-server.ts';
import { answeringServer, inTurn, json } from '../../support/answering-server.ts';
import { cortex, createDirectory } from '../../support/command-line.ts';
import { FakeClock } from '../../support/run-events.ts';
import { mailServer } from '../../support/mail-server.ts';
import type { TestDatabase } from '../../support/server.ts';
import { servers } from '../../support/server.ts';

const OK: Answer = json(200, { ok: true });
const SECRET = 'xoxb-planted-secret';

/** A project of one model whose alerts go to the webhook of a local server. */
function alerted(database: TestDatabase, origin: string, more = '') {
  const { host, port, user, password } = database.target;
  const target = { type: 'mysql', host, port, user, password, database: database.name };
  const directory = createDirectory({
    'cortex_project.yml': `name: shop
targets: { test: ${JSON.stringify(target)} }
alerts:
  channels:
    hook: { type: webhook, url: "${origin}/hook?key=${SECRET}" }
${more}`,
  });
  const clock = new FakeClock();
  return {
    directory,
    clock,
    write: (sql: string) => directory.write('models/fct_orders.sql', sql),
    run: (...args: string[]) => cortex(args, { directory: directory.path, clock }),
  };
}

const GOOD = 'select 1 as id';
const BROKEN = 'select 1 as id\nfrom missing_table';

describe.each(servers)('on $name', (server) => {
  test('a failure is told once with its place, and again when it is well', async () => {
    await using hook = await answeringServer(OK);
    const project = alerted(await server.database(), hook.origin);
    project.write(BROKEN);
    await project.run('build');
    await project.run('build');
    project.write(GOOD);
    await project.run('build');
    await project.run('build');

    const told = hook.requests.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
    expect(told).toMatchObject([
      { kind: 'failed', title: '[shop] cortex build: 1 failure', target: 'test' },
      { kind: 'recovered', title: '[shop] cortex build: 1 well again' },
    ]);
    expect(String(told[0]?.['lines'])).toMatch(
      /^fct_orders: CX\d{4} .*models\/fct_orders\.sql:2\)$/,
    );
  });

  test('what a channel does not take waits for a later run, and fails none', async () => {
    await using hook = await answeringServer(inTurn(json(503, {}), OK));
    const database = await server.database();
    const project = alerted(database, hook.origin, '  on: [succeeded]\n');
    project.write(GOOD);
    const first = await project.run('build');
    const [waiting] = await database.query('select status, attempts from __cortex_notifications');
    project.clock.ms += 120_000;
    const second = await project.run('build');

    expect(first).toMatchObject({ exitCode: 0 });
    expect(first.stderr).toContain(
      'the channel `hook` did not take a notification: the server answered 503',
    );
    expect(waiting).toMatchObject({ status: 'due' });
    expect(second).toMatchObject({ exitCode: 0 });
    expect(await database.query('select distinct status from __cortex_notifications')).toEqual([
      { status: 'sent' },
    ]);
    expect(hook.requests).toHaveLength(3);
    const log = project.directory.read('target/logs/cortex.log');
    expect(`${first.stderr}${first.stdout}${log}`).not.toContain(SECRET);
  });
});

test('a source that is too old is told, and one message an hour is enough where so wanted', async () => {
  await using hook = await answeringServer(OK);
  const database = await (servers[0] ?? expect.fail()).database();
  const project = alerted(database, hook.origin, '  max_per_hour: 1\n');
  await database.query('create table orders (loaded_at datetime)');
  await database.query("insert into orders values ('2026-11-01')");
  project.directory.write(
    'sources/shop.yml',
    `sources:
  - name: raw
    schema: ${database.name}
    tables:
      - name: orders
        loaded_at_field: loaded_at
        freshness: { error_after: { count: 1, period: day } }
`,
  );
  await project.run('source', 'freshness');
  await database.query('update orders set loaded_at = utc_timestamp()');
  await project.run('source', 'freshness');
  const early = hook.requests.length;
  project.clock.ms += 3_700_000;
  await project.run('source', 'freshness');

  expect(early).toBe(1);
  expect(hook.requests.map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([
    { kind: 'failed', command: 'source freshness' },
    { kind: 'recovered' },
  ]);
});

test('a test message goes to Slack, by webhook and by bot, by mail and to a webhook', async () => {
  await using slack = await answeringServer(OK);
  await using smtp = await mailServer();
  const { mails, port } = smtp;
  const { path } = createDirectory({
    'cortex_project.yml': `name: shop
alerts:
  channels:
    team: { type: slack, webhook_url: "${slack.origin}/services/${SECRET}" }
    bot: { type: slack, token: ${SECRET}, channel: "#data", origin: "${slack.origin}" }
    mail: { type: email, host: 127.0.0.1, port: ${port}, starttls: if_offered, from: cortex@example.com, to: ana@example.com }
    gone: { type: webhook, url: "http://127.0.0.1:1/${SECRET}" }
`,
  });

  const { exitCode, stdout, stderr } = await cortex(['alerts', 'test'], { directory: path });

  expect(stdout).toBe('team: sent\nbot: sent\nmail: sent\ngone: the server was not reached\n');
  expect(exitCode).toBe(1);
  expect(slack.requests.map(({ url }) => url.pathname)).toEqual([
    `/services/${SECRET}`,
    '/api/chat.postMessage',
  ]);
  expect(slack.requests[1]?.headers.authorization).toBe(`Bearer ${SECRET}`);
  expect(mails[0]).toMatch(/^Subject: \[shop\] this is a test of Cortex\r?$/m);
  expect(mails[0]).toContain('To: ana@example.com');
  expect(`${stdout}${stderr}`).not.toContain(SECRET);
});

test('a channel that is misspelt ends a build before it begins', async () => {
  const { path } = createDirectory({
    'cortex_project.yml':
      'name: shop\ntargets: { test: { type: mysql, host: 127.0.0.1, port: 1, user: x, database: x } }\nalerts:\n  channels:\n    team: { type: slack, webhok_url: "https://example.com" }\n',
    'models/a.sql': 'select 1 as id',
  });

  const { exitCode, stderr } = await cortex(['build'], { directory: path });

  expect(exitCode).toBe(2);
  expect(stderr).toContain('CX7601');
});

test('a project without channels has nothing to test', async () => {
  const { path } = createDirectory({ 'cortex_project.yml': 'name: shop\n' });

  const { exitCode, stderr } = await cortex(['alerts', 'test'], { directory: path });

  expect(exitCode).toBe(2);
  expect(stderr).toContain('CX7602');
});
