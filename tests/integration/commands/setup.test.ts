import { createConnection } from 'mysql2/promise';
import { stringify } from 'yaml';
import { describe, expect, test } from 'vitest';
import { cortex, createDirectory } from '../../support/command-line.ts';
import type { TestDatabase } from '../../support/server.ts';
import { servers } from '../../support/server.ts';

const PASSWORD = 'Marked-Password-1';

function shop({ name, target }: TestDatabase, login: { user: string; password: string } = target) {
  const directory = createDirectory({
    'cortex_project.yml': stringify({
      name: 'shop',
      targets: {
        test: {
          type: 'mysql',
          host: target.host,
          port: target.port,
          user: login.user,
          password: '${LOGIN_PASSWORD:-}',
          database: name,
        },
      },
      setup: { dashboard: { user: name, password: '${DASHBOARD_PASSWORD}', folders: ['marts'] } },
    }),
    'models/marts/fct_orders.sql': 'select 1 as id',
    'models/staging/stg_orders.sql': 'select 1 as id',
    'models/conversions/identity.sql':
      "{{config schema='restricted' materialized='table'}}\nselect 'ana@exemplo.com.br' as email",
  });
  const environment = { LOGIN_PASSWORD: login.password, DASHBOARD_PASSWORD: PASSWORD };
  return (...args: string[]) => cortex(args, { directory: directory.path, environment });
}

describe.each(servers)('$name', (server) => {
  test('setup makes databases and a user that reads marts only, and may be called again', async () => {
    const database = await server.database();
    const run = shop(database);
    const { name, target } = database;

    const dry = await run('setup', '--dry-run');
    const before = await databasesLike(database);
    const first = await run('setup');
    const built = await run('build');
    const second = await run('setup');
    const third = await run('setup');

    expect(dry.stdout).toContain(`create database if not exists \`${name}_restricted\``);
    expect(before).toEqual([name]);
    expect(first).toMatchObject({ exitCode: 0 });
    expect(first.stderr).toContain('1 table of the dashboards');
    expect(built.exitCode).toBe(0);
    expect([second.exitCode, third.exitCode]).toEqual([0, 0]);
    expect(third.stdout).toBe(second.stdout);
    expect([dry, first, second].flatMap(Object.values).join('')).not.toContain(PASSWORD);
    const reader = await createConnection({
      host: target.host,
      port: target.port,
      user: name,
      password: PASSWORD,
    });
    try {
      const [rows] = await reader.query(`select id from \`${name}\`.fct_orders`);
      expect(rows).toHaveLength(1);
      await expect(reader.query(`select id from \`${name}\`.stg_orders`)).rejects.toThrow(/denied/);
      await expect(
        reader.query(`select email from \`${name}_restricted\`.identity`),
      ).rejects.toThrow(/denied/);
      await expect(reader.query(`delete from \`${name}\`.fct_orders`)).rejects.toThrow(/denied/);
    } finally {
      await reader.end();
      await database.query(`drop user '${name}'@'%'`);
    }
  });

  test('what the account may not do is told as statements for an administrator', async () => {
    const database = await server.database();
    const { name } = database;
    await database.query(`create user '${name}_poor'@'%' identified by '${PASSWORD}-2'`);

    const refused = await shop(database, { user: `${name}_poor`, password: `${PASSWORD}-2` })(
      'setup',
    );

    await database.query(`drop user '${name}_poor'@'%'`);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain('error[CX1016] setup-refused');
    expect(refused.stderr).toContain(
      `create user if not exists '${name}'@'%' identified by '<password>';`,
    );
    expect(`${refused.stdout}${refused.stderr}`).not.toContain(PASSWORD);
    expect(await databasesLike(database)).toEqual([name]);
  });
});

async function databasesLike({ name, query }: TestDatabase): Promise<string[]> {
  const rows = await query(
    `select schema_name as name from information_schema.schemata where schema_name like '${name}%'`,
  );
  return rows.map((row) => String(row['name'])).toSorted();
}
