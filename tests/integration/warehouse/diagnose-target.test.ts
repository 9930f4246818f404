import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { ServerTarget } from '../../../cli/manifest/target.ts';
import { connectTarget } from '../../../cli/warehouse/connect.ts';
import type { Check } from '../../../cli/warehouse/diagnosis/check.ts';
import { diagnoseTarget } from '../../../cli/warehouse/diagnosis/diagnose-target.ts';
import type { TestDatabase } from '../../support/server.ts';
import { servers } from '../../support/server.ts';
import { cortex, createDirectory } from '../../support/command-line.ts';
import { greetingServer } from '../../support/greeting-server.ts';

async function diagnose(target: ServerTarget): Promise<Record<string, Check>> {
  const checks: Record<string, Check> = {};
  for await (const check of diagnoseTarget(target)) checks[check.name] = check;
  return checks;
}

async function failing(target: ServerTarget): Promise<readonly Check[]> {
  return Object.values(await diagnose(target)).filter((check) => check.status === 'fail');
}

/** An account of one test; its name is that of the database, so that nothing is left to others. */
async function account(own: TestDatabase, grants: string, demand = ''): Promise<ServerTarget> {
  const user = own.name;
  await own.query(`CREATE USER '${user}'@'%' IDENTIFIED BY 'S3cret!' ${demand}`);
  if (grants !== '') await own.query(`GRANT ${grants} ON \`${own.name}\`.* TO '${user}'@'%'`);
  return { ...own.target, user, password: 'S3cret!' };
}

describe.each(servers)('$name: a diagnosis', (server) => {
  test('finds nothing wrong for an administrator, and leaves nothing behind', async () => {
    const own = await server.database();

    const checks = await diagnose(own.target);

    expect(Object.values(checks).filter((check) => check.status === 'fail')).toEqual([]);
    expect(Object.keys(checks)).toEqual([
      'address',
      'port',
      'login',
      'server',
      'database',
      'encryption',
      'read only',
      'sql_mode',
      'time zones',
      'packet size',
      'local_infile',
      'connections',
      'privilege: create',
      'privilege: insert',
      'privilege: select',
      'privilege: update',
      'privilege: delete',
      'privilege: create temporary tables',
      'privilege: index',
      'privilege: alter',
      'privilege: create view',
      'privilege: show view',
      'privilege: alter, drop',
      'privilege: drop',
      'privilege: process',
    ]);
    expect(checks['time zones']?.status).toBe('warn');
    expect(await own.query('SHOW TABLES')).toEqual([]);
  });

  test('names the privileges that a reader lacks, with the GRANT for each', async () => {
    const own = await server.database();
    const target = await account(own, 'SELECT');

    const found = await failing(target);
    await own.query(`DROP USER '${own.name}'@'%'`);

    expect(found[0]).toMatchObject({
      name: 'privilege: create',
      hint: `as an administrator: GRANT CREATE ON \`${own.name}\`.* TO '${own.name}'@'%'`,
    });
    expect(found.map((check) => check.name)).toContain('privilege: create view');
  });

  test('tells a wrong password without repeating it', async () => {
    const own = await server.database();
    const target = await account(own, 'ALL');

    const checks = await diagnose({ ...target, password: 'Wr0ng-secret' });
    await own.query(`DROP USER '${own.name}'@'%'`);

    expect(checks['login']).toMatchObject({
      status: 'fail',
      detail: expect.stringContaining(`refused the user \`${own.name}\``),
    });
    expect(JSON.stringify(checks)).not.toContain('Wr0ng-secret');
  });

  test('tells a database that the user may not make', async () => {
    const own = await server.database();
    const target = await account(own, 'ALL');

    const checks = await diagnose({ ...target, database: 'cortex_t_elsewhere' });
    await own.query(`DROP USER '${own.name}'@'%'`);

    expect(checks['database']).toMatchObject({
      status: 'fail',
      hint: expect.stringContaining('CREATE DATABASE'),
    });
  });

  test('hints at TLS when an account demands it', async () => {
    const own = await server.database();
    const target = await account(own, 'ALL', 'REQUIRE SSL');

    const checks = await diagnose(target);
    await own.query(`DROP USER '${own.name}'@'%'`);

    expect(checks['login']).toMatchObject({
      status: 'fail',
      hint: expect.stringContaining('`ssl: true`'),
    });
  });

  test('tells a server without trusted TLS when the target demands it', async () => {
    const own = await server.database();

    const [found] = await failing({ ...own.target, ssl: { verify: true } });

    expect(found).toMatchObject({ name: 'encryption', status: 'fail' });
  });

  test('says whether the connection is encrypted when the target asks for it', async () => {
    const own = await server.database();

    const { encryption } = await diagnose({ ...own.target, ssl: { verify: false } });

    expect(`${encryption?.status}: ${encryption?.detail}`).toMatch(
      /^ok: TLS with|^fail: .* has no TLS/,
    );
  });

  test('tells a server that takes no changes', async () => {
    const own = await server.database();
    const target = await account(own, 'ALL');

    // Administrators, as whom all other tests work, may still write.
    await own.query('SET GLOBAL read_only = 1');
    let checks: Record<string, Check> = {};
    try {
      checks = await diagnose(target);
    } finally {
      await own.query('SET GLOBAL read_only = 0');
    }
    await own.query(`DROP USER '${own.name}'@'%'`);

    expect(checks['read only']).toMatchObject({
      status: 'fail',
      detail: '`read_only` is on: the server takes no changes',
    });
  });

  test('warns of settings of the target that undo strictness', async () => {
    const own = await server.database();

    const loose = await diagnose({ ...own.target, session: { sqlMode: '' } });
    const ansi = await diagnose({ ...own.target, session: { sqlMode: 'ANSI_QUOTES' } });

    expect(loose['sql_mode']?.status).toBe('warn');
    expect(ansi['sql_mode']?.status).toBe('fail');
  });
});

const elsewhere: ServerTarget = {
  type: 'mysql',
  name: 'dev',
  host: '127.0.0.1',
  port: 1,
  user: 'shop',
  password: 'S3cret!',
  database: 'shop',
  threads: 4,
  session: {},
  connectTimeoutMs: 300,
  readTimeoutMs: 0,
};

test('a host without an address is named', async () => {
  expect(await failing({ ...elsewhere, host: 'no-such-host.invalid' })).toMatchObject([
    { name: 'address', detail: expect.stringContaining('no-such-host.invalid') },
  ]);
});

test('a port where nobody listens is named', async () => {
  expect(await failing(elsewhere)).toMatchObject([
    { name: 'port', detail: 'nothing listens on `127.0.0.1:1`' },
  ]);
});

test('a socket that is not there is named', async () => {
  expect(await failing({ ...elsewhere, socket: '/nowhere/mysqld.sock' })).toMatchObject([
    { name: 'socket' },
  ]);
});

test('a listener that never greets is given up', async () => {
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const address = silent.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;

  const [found] = await failing({ ...elsewhere, port });
  silent.close();

  expect(found?.detail).toContain('did not answer within 0.3 seconds');
});

describe.each([
  ['5.5.5-10.5.23-MariaDB-log', 'MariaDB 10.5.23'],
  ['5.7.44-log', 'MySQL 5.7.44'],
  ['8.0.12', 'MySQL 8.0.12'],
  ['5.7.25-TiDB-v5.4.3', 'TiDB 5.4.3'],
])('a server that says it is %s', (version, label) => {
  const project = (port: number) => ({
    'cortex_project.yml': `name: shop
targets: { old: { type: mysql, host: 127.0.0.1, port: ${port}, user: shop, database: shop } }
`,
    'models/m.sql': 'select 1 as id',
  });

  test('is refused by every command that works with it, and named', async () => {
    const port = await greetingServer(version);
    const directory = createDirectory(project(port)).path;

    for (const args of [['build'], ['run'], ['test'], ['show', '--select', 'm']]) {
      const { exitCode, stderr } = await cortex(args, { directory });
      expect(exitCode, stderr).toBe(2);
      expect(stderr).toContain(`the server at \`127.0.0.1:${port}\` is ${label}, which is too old`);
      expect(stderr).toContain(
        'hint: Cortex works with MySQL 8.0.17, MariaDB 10.6 and TiDB 6.1 and newer',
      );
    }
  });

  test('is refused by `debug`, after what did work', async () => {
    const port = await greetingServer(version);
    const directory = createDirectory(project(port)).path;

    const { exitCode, stdout, stderr } = await cortex(['debug'], { directory });

    const text = stdout + stderr;
    expect(exitCode).toBe(1);
    expect(text).toMatch(new RegExp(`server.*${label.replaceAll('.', String.raw`\.`)}`));
    expect(text).toContain('Cortex works with MySQL 8.0.17, MariaDB 10.6 and TiDB 6.1 and newer');
  });
});

test.each([
  ['CX5001', elsewhere],
  ['CX5001', { ...elsewhere, host: 'no-such-host.invalid' }],
  ['CX5001', { ...elsewhere, socket: '/nowhere/mysqld.sock' }],
  ['CX5006', { ...elsewhere, ssl: { verify: true, ca: '/nowhere/ca.pem' } }],
])('connecting fails with %s', async (code, target) => {
  const error: unknown = await connectTarget(target, { runId: 'r1' }).catch(
    (found: unknown) => found,
  );

  expect(error).toMatchObject({ diagnostics: [{ code }] });
  expect(JSON.stringify(error)).not.toContain('S3cret!');
});
