import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import type { LocalTarget } from '../../../cli/manifest/target.ts';
import { systemClock } from '../../../cli/platform/clock.ts';
import type { LocalServer } from '../../../cli/server/server.ts';
import {
  ensureServer,
  localServerTarget,
  serverLogPath,
  serverStatus,
  stopServer,
} from '../../../cli/server/server.ts';
import { blockersOf } from '../../../cli/warehouse/blockers.ts';
import { connectTarget } from '../../../cli/warehouse/connect.ts';
import { servers } from '../../support/server.ts';

const projects: { readonly folder: string; readonly project: string }[] = [];

afterEach(async () => {
  for (const { folder, project } of projects.splice(0)) {
    await stopServer(project, systemClock);
    rmSync(folder, { recursive: true, force: true });
  }
});

function newProject(...below: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'cortex-local-'));
  const project = join(folder, ...below);
  projects.push({ folder, project });
  mkdirSync(project, { recursive: true });
  return project;
}

const target: LocalTarget = {
  type: 'local',
  name: 'dev',
  database: 'shop',
  threads: 4,
  session: {},
  connectTimeoutMs: 10_000,
  readTimeoutMs: 0,
};

const run = promisify(execFile);
const SCRIPT = fileURLToPath(new URL('../../support/start-local-server.ts', import.meta.url));

async function startInOwnProcess(
  project: string,
  environment: NodeJS.ProcessEnv,
): Promise<LocalServer> {
  const { stdout } = await run(process.execPath, ['--import', 'tsx', SCRIPT, project], {
    env: environment,
  });
  return JSON.parse(stdout) as LocalServer;
}

async function query(server: LocalServer, sql: string) {
  await using database = await connectTarget(localServerTarget(target, server), { runId: 'r1' });
  return await database.control.query(sql);
}

describe.each(servers.filter((server) => server.program !== undefined))(
  '$name: the private server',
  (server) => {
    const environment = { ...process.env, CORTEX_SERVER_BINARY: server.program };
    const options = { clock: systemClock, environment };

    test('is made, started, reused and stopped, and keeps its data', async () => {
      const project = newProject();
      expect(serverStatus(project)).toEqual({ state: 'absent' });

      const first = await ensureServer(project, options);
      const [row] = await query(first, 'SELECT DATABASE() AS name');
      await query(first, 'CREATE TABLE t (id INT PRIMARY KEY)');
      const again = await ensureServer(project, options);

      expect(row).toEqual({ name: 'shop' });
      expect(first.wasStarted).toBe(true);
      expect(again).toEqual({ ...first, wasStarted: false });
      expect(serverStatus(project)).toMatchObject({ state: 'running', pid: first.pid });
      expect(await stopServer(project, systemClock)).toBe(true);
      expect(serverStatus(project)).toEqual({ state: 'stopped' });

      const restarted = await ensureServer(project, options);

      expect(restarted.password).toBe(first.password);
      expect(await query(restarted, 'SHOW TABLES')).toEqual([{ Tables_in_shop: 't' }]);
    });

    test('lets nobody in without the password, which only its owner can read', async () => {
      const project = newProject();
      const local = await ensureServer(project, options);
      const address = localServerTarget(target, local);

      for (const user of ['root', 'cortex', 'anybody']) {
        await expect(
          connectTarget({ ...address, user, password: '' }, { runId: 'r1' }),
        ).rejects.toMatchObject({ diagnostics: [{ code: 'CX5002' }] });
      }

      const folder = join(project, '.cortex/server');
      expect(statSync(folder).mode & 0o777).toBe(0o700);
      expect(statSync(join(folder, 'server.json')).mode & 0o777).toBe(0o600);
      expect(statSync(join(folder, 'init.sql')).mode & 0o777).toBe(0o600);
    });

    test('is shared by two commands that start at once', async () => {
      const project = newProject();

      const started = await Promise.all([
        startInOwnProcess(project, environment),
        startInOwnProcess(project, environment),
        startInOwnProcess(project, environment),
      ]);

      expect(new Set(started.map((local) => local.pid)).size).toBe(1);
      expect(started.filter((local) => local.wasStarted)).toHaveLength(1);
    });

    test('comes back with its data after SIGKILL', async () => {
      const project = newProject();
      const first = await ensureServer(project, options);
      await query(first, 'CREATE TABLE t AS SELECT 7 AS seven');
      process.kill(first.pid, 'SIGKILL');

      const next = await ensureServer(project, options);

      expect(next.pid).not.toBe(first.pid);
      expect(await query(next, 'SELECT seven FROM t')).toMatchObject([{}]);
    });

    test('starts after a command was killed while it started the server', async () => {
      const project = newProject();
      const killed = execFile(process.execPath, ['--import', 'tsx', SCRIPT, project], {
        env: environment,
      });
      const folder = join(project, '.cortex/server');
      while (!existsSync(join(folder, 'server.pid'))) await systemClock.sleep(5);
      killed.kill('SIGKILL');

      const local = await ensureServer(project, options);

      expect(await query(local, 'SELECT 1 AS one')).toHaveLength(1);
      expect(local.wasStarted).toBe(false);
    });

    test('names for certain who holds a lock', async () => {
      const local = await ensureServer(newProject(), options);
      await using database = await connectTarget(localServerTarget(target, local), { runId: 'r1' });
      await using reader = await database.connect();
      await reader.execute('CREATE TABLE t (id INT PRIMARY KEY)');
      await reader.execute('START TRANSACTION');
      await reader.query('SELECT * FROM t');

      expect(await blockersOf(database, { database: 'shop', name: 't' })).toMatchObject([
        { threadId: reader.threadId, user: 'cortex', isCertain: true },
      ]);
    });

    test('works by its port where the path is too long for a socket', async () => {
      const project = newProject('a-rather-long-folder-name'.repeat(3), 'and-one-more'.repeat(3));

      const local = await ensureServer(project, options);

      expect(local.socket).toBeUndefined();
      expect(await query(local, 'SELECT 1 AS one')).toHaveLength(1);
    });

    test('says with the end of the log why it does not start', async () => {
      const project = newProject();
      const data = join(project, '.cortex/server/data');
      mkdirSync(data, { recursive: true });
      writeFileSync(join(data, 'ibdata1'), 'not a tablespace');

      await expect(ensureServer(project, options)).rejects.toMatchObject({
        diagnostics: [{ code: 'CX5041', message: 'the private server did not start' }],
      });
      expect(readdirSync(join(project, '.cortex/server'))).toContain('server.log');
      expect(serverLogPath(project)).toBe(join(project, '.cortex/server/server.log'));
    });
  },
);

test('a binary that is not there is named', async () => {
  const options = { clock: systemClock, environment: { CORTEX_SERVER_BINARY: '/nowhere/mysqld' } };

  await expect(ensureServer(newProject(), options)).rejects.toMatchObject({
    diagnostics: [
      {
        code: 'CX5040',
        message: 'CORTEX_SERVER_BINARY names `/nowhere/mysqld`, which cannot be run',
      },
    ],
  });
});
