import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import { createConnection } from 'mysql2/promise';
import { afterAll, inject } from 'vitest';
import type { ServerTarget } from '../../cli/manifest/target.ts';
import { runLockName } from '../../cli/warehouse/run-lock-name.ts';
import type { ServerAddress } from './server-address.ts';

export interface TestServer extends ServerAddress {
  /** A fresh, empty database. It is dropped when the test file ends, after a look for what was left behind. */
  database(): Promise<TestDatabase>;
}

/** One database of one test file, and a session in it that has the server's own settings (strict, UTC). */
export interface TestDatabase {
  readonly name: string;
  readonly server: ServerAddress;
  readonly target: ServerTarget;
  readonly query: (sql: string) => Promise<Record<string, unknown>[]>;
  /** Names of the tables and views, sorted, without those that Cortex keeps its state in. */
  relations(): Promise<string[]>;
  /** One more session, closed at the end. */
  open(): Promise<Connection>;
  /** Drops it before the file ends, where a test makes hundreds; throws where something was left behind. */
  drop(): Promise<void>;
}

/** The servers of this run: `describe.each(servers)('$name', (server) => …)`. */
export const servers: readonly TestServer[] = inject('servers').map((address) => ({
  ...address,
  database: () => createDatabase(address),
}));

interface OpenDatabase {
  readonly database: TestDatabase;
  readonly sessions: Connection[];
}

const opened = new Set<OpenDatabase>();

afterAll(async () => {
  const leaks: string[] = [];
  for (const one of opened) leaks.push(...(await close(one)));
  expectNoLeaks(leaks);
});

/** Drops a database; what was left behind in it. */
async function close(one: OpenDatabase): Promise<readonly string[]> {
  const { database, sessions } = one;
  opened.delete(one);
  const leaks = await leaksOf(database, sessions);
  for (const name of await databasesOf(database)) {
    await database.query(`DROP DATABASE IF EXISTS \`${name}\``);
  }
  await Promise.all(sessions.map((session) => session.end().catch(() => session.destroy())));
  return leaks;
}

function expectNoLeaks(leaks: readonly string[]): void {
  if (leaks.length > 0) throw new Error(`this file left behind:\n${leaks.join('\n')}`);
}

/** The database, and those that a project named after it: `<database>_restricted`. */
async function databasesOf({ name, query }: TestDatabase): Promise<string[]> {
  const rows = await query(
    `select schema_name as name from information_schema.schemata where schema_name like '${name}%'`,
  );
  return rows.map((row) => String(row['name']));
}

async function createDatabase(server: ServerAddress): Promise<TestDatabase> {
  const name = `cortex_t_${randomBytes(4).toString('hex')}`;
  const main = await openSession(server);
  await main.query(`CREATE DATABASE \`${name}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`);
  await main.query(`USE \`${name}\``);
  const sessions = [main];
  const query = async (sql: string) => {
    const [rows] = await main.query<RowDataPacket[]>(sql);
    return Array.isArray(rows) ? (rows as Record<string, unknown>[]) : [];
  };
  const database: TestDatabase = {
    name,
    server,
    target: targetOf(server, name),
    query,
    relations: async () => {
      const names = await relationNames(query, name);
      return names.filter((relation) => !relation.startsWith('__cortex_'));
    },
    open: async () => {
      const session = await openSession(server, name);
      sessions.push(session);
      return session;
    },
    drop: async () => expectNoLeaks(await close(one)),
  };
  const one: OpenDatabase = { database, sessions };
  opened.add(one);
  return database;
}

async function openSession(server: ServerAddress, database?: string): Promise<Connection> {
  const session = await createConnection({
    host: server.host,
    port: server.port,
    user: server.user,
    password: server.password,
    ...(database === undefined ? {} : { database }),
    flags: ['-IGNORE_SPACE', '-FOUND_ROWS'],
    charset: 'utf8mb4_unicode_ci',
    supportBigNumbers: true,
    bigNumberStrings: true,
    dateStrings: true,
    jsonStrings: true,
  });
  await session.query("SET time_zone = '+00:00', sql_mode = 'STRICT_ALL_TABLES'");
  return session;
}

/** A database of a server, with a session's usual settings. */
export function targetOf(server: ServerAddress, database: string): ServerTarget {
  return {
    type: 'mysql',
    name: server.name,
    host: server.host,
    port: server.port,
    user: server.user,
    password: server.password,
    database,
    threads: 4,
    session: {},
    connectTimeoutMs: 10_000,
    readTimeoutMs: 0,
  };
}

type Query = TestDatabase['query'];

async function relationNames(query: Query, database: string): Promise<string[]> {
  const rows = await query(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = '${database}' ORDER BY 1`,
  );
  return rows.map((row) => String(row['name']));
}

async function leaksOf(database: TestDatabase, sessions: readonly Connection[]): Promise<string[]> {
  const leaks: string[] = [];
  const names = await relationNames(database.query, database.name);
  const kept = names.includes('__cortex_kept')
    ? await database.query('SELECT relation_name AS name FROM __cortex_kept')
    : [];
  const keptNames = new Set(kept.map((row) => String(row['name'])));
  for (const name of names) {
    if (/__cortex_(new|old|batch)$/.test(name) && !keptNames.has(name)) {
      leaks.push(`relation ${database.name}.${name}`);
    }
  }
  const [lock] = await database.query(
    `SELECT IS_USED_LOCK('${runLockName(database.name)}') AS holder`,
  );
  if (lock?.['holder'] != null) leaks.push(`run lock of ${database.name}`);
  const own = new Set(sessions.map((session) => session.threadId));
  leaks.push(...(await strangers(database, own)));
  return leaks;
}

/** Sessions in the database that the test did not open; one that is just closing gets a second to go. */
async function strangers(
  database: TestDatabase,
  own: ReadonlySet<number | null>,
): Promise<string[]> {
  for (let attempt = 1; ; attempt += 1) {
    const threads = await database.query('SHOW FULL PROCESSLIST');
    const left = threads.filter(
      (row) => row['db'] === database.name && !own.has(Number(row['Id'])),
    );
    if (left.length === 0 || attempt === 20) {
      return left.map(
        (row) => `connection ${String(row['Id'])}: ${String(row['Info'] ?? row['Command'])}`,
      );
    }
    await sleep(50);
  }
}
