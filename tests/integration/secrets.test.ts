import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cortex, createDirectory } from '../support/command-line.ts';
import type { TestDatabase } from '../support/server.ts';
import { servers } from '../support/server.ts';

const SECRET = 'S3cr3tMarker';
const PASSWORD = `pw-${SECRET}-1`;

function projectFor(database: TestDatabase, user: string) {
  const { host, port } = database.target;
  return createDirectory({
    '.env': `DB_PASSWORD=${PASSWORD}\nCORTEX_SECRET_TOKEN=token-${SECRET}-2\n`,
    'cortex_project.yml': `name: shop
targets:
  test: { type: mysql, host: ${host}, port: ${port}, user: ${user}, password: "\${DB_PASSWORD}", database: ${database.name} }
`,
    'seeds/raw.csv': 'id\n1\n2\n',
    'models/good.sql': "select id from {{ref 'raw'}}\n",
    'models/bad.sql': "select nothing from {{ref 'raw'}}\n",
    'models/_m.yml': 'models: [{ name: good, columns: [{ name: id, data_tests: [unique] }] }]\n',
  });
}

/** Files below a directory that hold the marker. */
function filesWithSecret(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== '.env')
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path, 'latin1').includes(SECRET));
}

describe.each(servers)('$name', (server) => {
  test('a password and secrets of the environment reach no output, file or table', async () => {
    const database = await server.database();
    const user = `app_${database.name.slice(-8)}`;
    await database.query(`create user '${user}'@'%' identified by '${PASSWORD}'`);
    await database.query(`grant all on \`${database.name}\`.* to '${user}'@'%'`);
    const { path } = projectFor(database, user);
    const outputs: string[] = [];
    const run = async (args: readonly string[], environment: Record<string, string> = {}) => {
      const { stdout, stderr } = await cortex(args, { directory: path, environment });
      outputs.push(stdout, stderr);
    };

    await run(['build', '--verbose']);
    await run(['build', '--json', '--junit', 'target/junit.xml']);
    await run(['debug']);
    await run(['ls', '--output', 'json']);
    await run(['compile']);
    await run(['compile', '--inline', "select '{{env_var 'CORTEX_SECRET_TOKEN'}}'"]);
    await run(['build', '--vars', '{ a: [', '--target', 'none']);
    await run(['build'], { DB_PASSWORD: `wrong-${SECRET}-3` });
    await run(['debug'], { DB_PASSWORD: `wrong-${SECRET}-4` });
    await database.query(`drop user '${user}'@'%'`);

    expect(outputs.join('\n')).toMatch(/CX5101[^]*CX5002/);
    expect(outputs.filter((text) => text.includes(SECRET))).toEqual([]);
    expect(filesWithSecret(path)).toEqual([]);
    const tables = await database.query(
      `select table_name as name from information_schema.tables where table_schema = '${database.name}' and table_type like '%TABLE'`,
    );
    for (const { name } of tables) {
      const rows = await database.query(`select * from \`${String(name)}\``);
      expect(JSON.stringify(rows)).not.toContain(SECRET);
    }
  });
});
