import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadProject } from '../../../cli/project/load-project.ts';
import { complaints, load, loaded, writeProject } from '../../support/project-files.ts';

const project = (text: string) => ({ 'cortex_project.yml': `name: shop\n${text}` });

describe('finding a project', () => {
  test('looks in the directories above', async () => {
    const directory = writeProject({ 'models/a.sql': 'select 1' });
    mkdirSync(join(directory, 'models/deep'));

    const { value } = await loadProject({
      projectDir: join(directory, 'models/deep'),
      environment: {},
    });

    expect(value?.directory).toBe(directory);
  });

  test('says what to do where there is none', async () => {
    const { value, diagnostics } = await loadProject({ projectDir: '/', environment: {} });

    expect(value).toBeUndefined();
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'CX1104 no `cortex_project.yml` in `/` or above it',
    ]);
  });
});

describe('targets', () => {
  test('a project without targets has a private local server with a database of its name', async () => {
    const { target } = await loaded({});

    expect(target).toEqual({
      type: 'local',
      name: 'local',
      database: 'shop',
      threads: 4,
      session: {},
      connectTimeoutMs: 10_000,
      readTimeoutMs: 0,
    });
  });

  test('a server takes its secrets from the environment, and .env stands below it', async () => {
    const files = {
      ...project(`
target: prod
targets:
  dev: { type: local }
  prod:
    type: mysql
    host: \${HOST:-db.internal}
    port: \${PORT}
    user: \${USER_NAME}
    password: "\${PASSWORD}"
    database: shop
    connect_timeout: 3
    ssl: { ca: ca.pem }
    session: { time_zone: "-03:00", isolation: READ COMMITTED }
`),
      '.env': 'PORT=3307\nPASSWORD=from-file\nUSER_NAME=ana\n',
    };

    const { target, directory } = await loaded(files, { environment: { PASSWORD: '0012' } });

    expect(target).toEqual({
      type: 'mysql',
      name: 'prod',
      host: 'db.internal',
      port: 3307,
      user: 'ana',
      password: '0012',
      database: 'shop',
      threads: 4,
      ssl: { ca: join(directory, 'ca.pem'), verify: true },
      session: { timeZone: '-03:00', isolation: 'READ COMMITTED' },
      connectTimeoutMs: 3000,
      readTimeoutMs: 0,
    });
  });

  test('the command line chooses the target and its threads', async () => {
    const files = project('targets: { dev: { type: local }, other: { database: elsewhere } }');

    const { target } = await loaded(files, { targetName: 'other', threads: 9 });

    expect([target.name, target.database, target.threads]).toEqual(['other', 'elsewhere', 9]);
  });

  test('a variable that is not set is an error at its place, for the chosen target only', async () => {
    const targets =
      'targets:\n  dev: {}\n  prod: { type: mysql, host: db, user: u, password: "${PROD_PASSWORD}", database: d }\n';

    expect(await complaints(project(targets))).toEqual([]);
    expect(await complaints(project(targets), { targetName: 'prod' })).toEqual([
      'CX1120 cortex_project.yml:4:53 the environment variable `PROD_PASSWORD` is not set | set it in the environment or in `.env`, or give a default: `${PROD_PASSWORD:-default}`',
    ]);
  });

  test('a name that is no target is refused with the nearest one', async () => {
    const files = project('target: prd\ntargets: { dev: {}, prod: {} }');

    expect(await complaints(files)).toEqual([
      'CX1110 cortex_project.yml:2:9 the project has no target `prd` | did you mean `prod`?',
    ]);
  });

  test('a server target says what it lacks, a local one takes no address', async () => {
    expect(await complaints(project('targets: { dev: { type: mysql, host: db } }'))).toEqual([
      'CX1111 cortex_project.yml:2:17 target `dev` has no `user` and `database` | a target of type `mysql` needs `user`, `database`, and a `host` or a `socket`',
    ]);
    expect(await complaints(project('targets: { dev: { type: local, host: db } }'))).toEqual([
      'CX1111 cortex_project.yml:2:17 target `dev` is of type `local` and takes no `host` | remove the key, or use `type: mysql` for a server that is already there',
    ]);
  });

  test('the value of a secret is in no message', async () => {
    const files = project('targets:\n  dev:\n    type: ${KIND}\n    threads: ${COUNT}\n');
    const environment = { KIND: 's3cr3t', COUNT: 's3cr3t' };

    const found = await complaints(files, { environment });

    expect(found).toEqual([
      'CX1101 cortex_project.yml:4:11 `type` must be `local` or `mysql`',
      'CX1101 cortex_project.yml:5:14 `threads` must be a number',
    ]);
  });
});

describe('checking the project file', () => {
  test('an unknown key is refused with the nearest one', async () => {
    expect(await complaints(project('modell-paths: [models]\nclient: { timezon: UTC }'))).toEqual([
      'CX1102 cortex_project.yml:3:11 `timezon` is not a key that can stand in `client` | did you mean `timezone`?',
      'CX1102 cortex_project.yml:2:1 `modell-paths` is not a key that can stand here | did you mean `model_paths`?',
    ]);
  });

  test('values are named with what is allowed', async () => {
    const text =
      'client: { timezone: Mars }\nflags: { publish: some, threads: 0, fail_fast: maybe }';

    expect(await complaints(project(text))).toEqual([
      'CX1101 cortex_project.yml:2:21 `client.timezone` must be a time zone such as `America/Sao_Paulo`',
      'CX1101 cortex_project.yml:3:34 `flags.threads` must be more than 0',
      'CX1101 cortex_project.yml:3:48 `flags.fail_fast` must be `true` or `false`',
      'CX1101 cortex_project.yml:3:19 `flags.publish` must be `each` or `all`',
    ]);
  });

  test('one key in two spellings is refused', async () => {
    expect(await complaints(project('model-paths: [a]\nmodel_paths: [b]'))).toEqual([
      'CX1101 cortex_project.yml:3:1 `model-paths` and `model_paths` are the same key | keep one of them',
    ]);
  });

  test('broken YAML has a place', async () => {
    const found = await complaints(project('vars: { a: 1'));

    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^CX1103 cortex_project\.yml:2:13 this YAML cannot be read: /);
  });
});

describe('packages and sections', () => {
  test('a local package brings its files, its variables and its name', async () => {
    const value = await loaded({
      ...project('packages: [{ local: packages/util }]\nvars: { a: 1, util: { a: 2 } }'),
      'packages/util/cortex_project.yml': 'name: util\nvars: { a: 3, b: 4 }\n',
      'packages/util/models/calendar.sql': 'select 1',
    });

    expect(value.packages.map(({ name, files }) => [name, files.map(({ path }) => path)])).toEqual([
      ['shop', []],
      ['util', ['packages/util/models/calendar.sql']],
    ]);
    expect(value.variables.rootPackages.get('util')).toEqual({ a: 2 });
    expect(value.variables.packages.get('util')).toEqual({ a: 3, b: 4 });
  });

  test('a package that is not there, or has a name twice, is refused', async () => {
    const files = {
      ...project('packages: [{ local: gone }, { local: twin }]'),
      'twin/cortex_project.yml': 'name: shop\n',
    };

    expect(await complaints(files)).toEqual([
      'CX1131 cortex_project.yml:2:21 the package directory `gone` has no readable `cortex_project.yml`',
      'CX1131 cortex_project.yml:2:38 two packages are named `shop` | give one of them another `name` in its project file',
    ]);
  });

  test('connectors and selectors are handed on as written', async () => {
    const value = await loaded({
      ...project('connectors: { files: { path: "${LATER}" } }'),
      'selectors.yml': 'selectors: [{ name: nightly, definition: "tag:daily" }]',
    });

    expect(value.connectors?.value).toEqual({ files: { path: '${LATER}' } });
    expect(value.selectors?.value).toEqual([{ name: 'nightly', definition: 'tag:daily' }]);
  });

  test('files of the resource folders are found by their kind', async () => {
    const value = await loaded({
      'models/a/b.sql': '',
      'models/a/_b.yml': '',
      'models/notes.txt': '',
      'seeds/s.csv': 'id\n1\n',
      'tests/t.sql': '',
      'tests/generic/g.sql': '',
      'tests/unit/code.test.ts': '',
      'macros/m.sql': '',
    });

    const kinds = value.packages[0]?.files.map(({ path, kind }) => `${kind} ${path}`);

    expect(kinds?.sort()).toEqual([
      'generic-test tests/generic/g.sql',
      'model models/a/b.sql',
      'properties models/a/_b.yml',
      'seed seeds/s.csv',
      'singular-test tests/t.sql',
      'sql-macro macros/m.sql',
    ]);
  });
});

describe('script macros', () => {
  test('TypeScript and JavaScript files give the function that they export', async () => {
    const value = await loaded({
      'macros/shout.ts':
        'export const shout = (values: { text: string }): string => values.text.toUpperCase();\n',
      'macros/twice.mjs': 'export default ({ n }) => n * 2;\n',
      'macros/old.js': 'module.exports = { old: () => 7 };\n',
    });

    expect(value.scripts.get('shop.shout')?.call({ text: 'a' }, undefined as never)).toBe('A');
    expect(value.scripts.get('shop.twice')?.call({ n: 4 }, undefined as never)).toBe(8);
    expect(value.scripts.get('shop.old')?.call({}, undefined as never)).toBe(7);
  });

  test('a file that exports no function or cannot be loaded is named', async () => {
    const found = await load({
      'macros/none.mjs': 'export const x = 1;\n',
      'macros/broken.ts': 'export function (\n',
    });

    expect(found.diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'CX1140 the script macro `macros/broken.ts` cannot be loaded',
      'CX1140 the script macro `macros/none.mjs` exports no function in place of one',
    ]);
  });
});
