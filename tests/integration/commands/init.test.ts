import { describe, expect, test } from 'vitest';
import { cortex, createDirectory } from '../../support/command-line.ts';
import type { TestDatabase } from '../../support/server.ts';
import { servers } from '../../support/server.ts';

/** `.env` of a client whose server is known before its project is. */
function environmentOf({ target }: TestDatabase, password: string): string {
  const { host, port, user } = target;
  return [
    `DB_HOST=${host}`,
    `DB_PORT=${port}`,
    `DB_USER=${user}`,
    `DB_PASSWORD=${password}`,
    'DASHBOARD_PASSWORD=a-long-password-0123',
    '',
  ].join('\n');
}

function init(name: string, directory: string) {
  const choices = ['--platform', 'nuvemshop', '--ads', 'meta', '--target', 'prod'];
  return cortex(['init', name, ...choices], { directory });
}

describe.each(servers)('init on $name', (server) => {
  test('makes the databases of the client, looks at the server, and prints the checklist', async () => {
    const database = await server.database();
    const { name } = database;
    const directory = createDirectory({
      '.env': environmentOf(database, database.target.password),
    });

    const started = await init(name, directory.path);

    await database.query(`drop user '${name.slice(0, 20)}_dashboard'@'%'`);
    const schemas = await database.query(
      `select schema_name as name, default_character_set_name as charset from information_schema.schemata
       where schema_name like '${name}%' order by schema_name`,
    );
    expect(started.exitCode, started.stderr).toBe(0);
    expect(schemas).toMatchObject([{ name }, { name: `${name}_restricted`, charset: 'utf8mb4' }]);
    expect(started.stderr).toContain('everything that a build needs is there');
    expect(started.stdout).toContain('paid-orders');
  });

  test('where the server lets nobody in, the files are written and the exit code says so', async () => {
    const database = await server.database();
    const directory = createDirectory({ '.env': environmentOf(database, 'a-wrong-password') });

    const started = await init(database.name, directory.path);

    expect(started.exitCode).toBe(2);
    expect(started.stderr).toContain('`cortex setup --target prod` goes on from here');
    expect(started.stdout).toContain('paid-orders');
    expect(directory.read('cortex_project.yml')).toContain('target: local');
  });
});
