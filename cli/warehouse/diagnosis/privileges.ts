import { identifier, relationSql } from '../../sql/identifier.ts';
import { DatabaseError } from '../database-error.ts';
import type { Connection, Database } from '../database.ts';
import type { Check } from './check.ts';
import { fail, ok, warn } from './check.ts';

interface Attempt {
  /** As in GRANT. */
  readonly privilege: string;
  readonly use: string;
  readonly sql: string;
}

/** Begins the names of the tables of a diagnosis. */
export const DEBUG_PREFIX = '__cortex_debug_';

/**
 * Uses every privilege that a build needs in a database on a table of its own, in the order in which they depend on each
 * other, and removes what it made.
 */
export async function* privilegeChecks(
  database: Database,
  inDatabase = database.database,
): AsyncGenerator<Check> {
  const name = (suffix: string) =>
    relationSql({ database: inDatabase, name: `${DEBUG_PREFIX}${database.runId}${suffix}` });
  await using connection = await database.connect();
  try {
    for (const attempt of attempts(name)) yield await check(connection, inDatabase, attempt);
    yield await processCheck(connection);
  } finally {
    for (const kind of ['VIEW', 'TABLE']) {
      for (const suffix of ['', '_new', '_view']) {
        await connection.execute(`DROP ${kind} IF EXISTS ${name(suffix)}`).catch(() => undefined);
      }
    }
  }
}

function attempts(name: (suffix: string) => string): readonly Attempt[] {
  const table = name('');
  return [
    { privilege: 'CREATE', use: 'build tables', sql: `CREATE TABLE ${table} (id INT PRIMARY KEY)` },
    { privilege: 'INSERT', use: 'fill tables', sql: `INSERT INTO ${table} VALUES (1)` },
    { privilege: 'SELECT', use: 'read tables', sql: `SELECT id FROM ${table}` },
    { privilege: 'UPDATE', use: 'merge rows', sql: `UPDATE ${table} SET id = 2` },
    { privilege: 'DELETE', use: 'replace rows', sql: `DELETE FROM ${table}` },
    {
      privilege: 'CREATE TEMPORARY TABLES',
      use: 'stage batches and infer types',
      sql: `CREATE TEMPORARY TABLE ${name('_temporary')} (id INT PRIMARY KEY)`,
    },
    { privilege: 'INDEX', use: 'add indexes', sql: `CREATE INDEX by_id ON ${table} (id)` },
    {
      privilege: 'ALTER',
      use: 'change and publish tables',
      sql: `ALTER TABLE ${table} ADD COLUMN name VARCHAR(9)`,
    },
    {
      privilege: 'CREATE VIEW',
      use: 'build views',
      sql: `CREATE VIEW ${name('_view')} AS SELECT 1 AS one`,
    },
    { privilege: 'SHOW VIEW', use: 'compare views', sql: `SHOW CREATE VIEW ${name('_view')}` },
    { privilege: 'ALTER, DROP', use: 'publish', sql: `RENAME TABLE ${table} TO ${name('_new')}` },
    { privilege: 'DROP', use: 'remove old versions', sql: `DROP TABLE ${name('_new')}` },
  ];
}

async function check(connection: Connection, database: string, attempt: Attempt): Promise<Check> {
  const name = `privilege: ${attempt.privilege.toLowerCase()}`;
  try {
    await connection.query(attempt.sql);
    return ok(name, `may ${attempt.use}`);
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    const [user] = await connection.query('SELECT CURRENT_USER() AS account');
    const [account = '', host = '%'] = String(user?.['account']).split('@');
    return fail(
      name,
      `may not ${attempt.use}: ${error.message}`,
      `as an administrator: GRANT ${attempt.privilege} ON ${identifier(database)}.* TO '${account}'@'${host}'`,
    );
  }
}

async function processCheck(connection: Connection): Promise<Check> {
  try {
    await connection.query('SELECT 1 FROM information_schema.innodb_trx LIMIT 1');
    return ok('privilege: process', 'sees the sessions of other users');
  } catch {
    return warn(
      'privilege: process',
      'does not see the sessions of other users, so whoever blocks a table may stay unnamed',
      'as an administrator: GRANT PROCESS ON *.* TO the user',
    );
  }
}
