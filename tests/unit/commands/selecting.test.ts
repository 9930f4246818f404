import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cortex, createDirectory } from '../../support/command-line.ts';

const PROJECT = {
  'cortex_project.yml': 'name: shop\ntargets: { local: { type: local, database: shop } }\n',
  'selectors.yml': 'selectors: [{ name: ends, definition: totals }]\n',
  'models/orders.sql': 'select 1 as id\n',
  'models/totals.sql': "select count(*) as n from {{ref 'orders'}}\n",
  'models/models.yml':
    'models: [{ name: orders, columns: [{ name: id, data_tests: [unique] }] }]\n',
};

test('ls prints JSON with --json', async () => {
  const { path } = createDirectory(PROJECT);

  const { stdout } = await cortex(
    ['ls', '--json', '--output-keys', 'name config.materialized', '-s', 'totals'],
    {
      directory: path,
    },
  );

  expect(stdout).toBe('{"name":"totals","config.materialized":"view"}\n');
});

test('ls says which output keys no node has', async () => {
  const { path } = createDirectory(PROJECT);

  const { stderr, exitCode } = await cortex(
    ['ls', '--output', 'json', '--output-keys', 'nam test_metadata', '-s', 'totals'],
    { directory: path },
  );

  expect(exitCode).toBe(0);
  expect(stderr).toBe(
    'warning[CX1002] bad-flag-value: no node has the key `nam` of `--output-keys`\n\nhint: did you mean `name`?\n',
  );
});

test('the private server that never ran has no log', async () => {
  const { path } = createDirectory(PROJECT);

  expect(await cortex(['server', 'logs'], { directory: path })).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: 'the private server has written no log\n',
  });
});

test('--explain-selection says what brought each node', async () => {
  const { path } = createDirectory(PROJECT);

  const { stdout, exitCode } = await cortex(
    ['build', '--select', 'orders+', '--explain-selection'],
    { directory: path },
  );

  expect(exitCode).toBe(0);
  expect(stdout).toMatchInlineSnapshot(`
    "model orders                      matches orders+
    model totals                      is below orders+
    test unique_orders_id.1360ecc70e  is below orders+
    "
  `);
});

test('a selection that matches nothing is a warning, and an error under --warn-error', async () => {
  const { path } = createDirectory(PROJECT);

  const warned = await cortex(['ls', '--select', 'ordrs'], { directory: path });
  const raised = await cortex(['ls', '--select', 'ordrs', '--warn-error'], { directory: path });

  expect([warned.exitCode, raised.exitCode]).toEqual([0, 2]);
  expect(warned.stderr).toMatchInlineSnapshot(`
    "warning[CX3011] nothing-selected: \`ordrs\` does not match any enabled node
     --> --select:1:1
      |
    1 | ordrs
      | ^^^^^

    hint: did you mean \`orders\`?
    "
  `);
  expect(raised.stderr).toBe(warned.stderr.replace('warning', 'error'));
});

test('a named selector selects by its definition', async () => {
  const { path } = createDirectory(PROJECT);

  const { stdout } = await cortex(['ls', '--selector', 'ends', '--output', 'name'], {
    directory: path,
  });

  expect(stdout).toBe('totals\n');
});

test('--dirty selects what git sees as changed, and what is below', async () => {
  const { path } = createDirectory(PROJECT);
  const git = (...args: string[]) =>
    spawnSync('git', ['-C', path, '-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args]);
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '-m', 'start');
  const listed = () =>
    cortex(['ls', '--dirty', '--output', 'name', '--resource-type', 'model'], { directory: path });

  const before = await listed();
  writeFileSync(join(path, 'models/orders.sql'), 'select 2 as id\n');
  const after = await listed();

  expect(before.stdout).toBe('');
  expect(after.stdout).toBe('orders\ntotals\n');
});

test('an inline query cannot be combined with a selection', async () => {
  const { path } = createDirectory(PROJECT);

  const { exitCode, stderr } = await cortex(
    ['show', '--inline', 'select 1', '--select', 'orders'],
    { directory: path },
  );

  expect(exitCode).toBe(2);
  expect(stderr).toMatchInlineSnapshot(`
    "error[CX1004] flags-exclude-each-other: \`--inline\` and \`--select\` cannot be given together

    hint: leave out \`--inline\` or \`--select\`
    "
  `);
});

test.each([
  ['nothing that is named', []],
  ['a name that does not exist', ['ordrs']],
  ['a test that does not exist', ['--failures', 'uniqe_orders_id']],
  ['several nodes', ['--select', 'orders', 'totals']],
])('show refuses %s before it connects', async (_, args) => {
  const { path } = createDirectory(PROJECT);

  const { exitCode, stderr } = await cortex(['show', ...args], { directory: path });

  expect(exitCode).toBe(2);
  expect(stderr).toMatchSnapshot();
});

test('an unknown macro, connector or private server is refused', async () => {
  const { path } = createDirectory({
    ...PROJECT,
    'cortex_project.yml':
      'name: shop\ntargets: { prod: { type: mysql, host: h, user: u, password: p, database: d } }\nconnectors: { files: { streams: {} } }\n',
  });
  const refused = async (...args: string[]) => {
    const { exitCode, stderr } = await cortex(args, { directory: path });
    return `${exitCode} ${stderr}`;
  };

  expect(await refused('run-operation', 'grnt')).toMatchInlineSnapshot(`
    "2 error[CX1010] unknown-macro: there is no macro \`grnt\`
    "
  `);
  expect(await refused('run-operation')).toMatchInlineSnapshot(`
    "2 error[CX1001] unknown-flag: \`cortex run-operation\` needs a \`macro\`

    hint: \`cortex run-operation --help\` shows how to call it
    "
  `);
  expect(await refused('sync', 'shopify')).toMatchInlineSnapshot(`
    "2 error[CX7014] unknown-connector: the project configures no connector or stream \`shopify\`

    hint: one of \`files\`
    "
  `);
  expect(await refused('server', 'start')).toMatchInlineSnapshot(`
    "2 error[CX1012] not-a-local-target: target \`prod\` is not a private local server

    hint: pass \`--target\` with the name of a target of type \`local\`
    "
  `);
});

test('an error in the project shows its place, and the command does not run', async () => {
  const { path } = createDirectory({
    ...PROJECT,
    'models/totals.sql': "select * from {{ref 'ordrs'}}\n",
  });

  const { exitCode, stderr, stdout } = await cortex(['ls'], { directory: path });

  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toMatchInlineSnapshot(`
    "error[CX2101] unknown-ref: no model, seed or snapshot is named \`ordrs\`
     --> models/totals.sql:1:21
      |
    1 | select * from {{ref 'ordrs'}}
      |                     ^^^^^^^ referenced here

    hint: did you mean \`orders\`?
    "
  `);
});

test('--json prints problems as events', async () => {
  const { path } = createDirectory({
    ...PROJECT,
    'models/totals.sql': "select * from {{ref 'ordrs'}}\n",
  });

  const { exitCode, stderr, stdout } = await cortex(['parse', '--json'], { directory: path });
  const { run, ...event } = JSON.parse(stdout) as Record<string, unknown>;

  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: '' });
  expect(run).toMatch(/^[0-9a-f]{12}$/);
  expect(event).toMatchInlineSnapshot(`
    {
      "at": "2026-11-23T09:00:00.000Z",
      "code": "CX2101",
      "hint": "did you mean \`orders\`?",
      "labels": [
        {
          "end": {
            "column": 28,
            "line": 1,
            "offset": 27,
          },
          "file": "models/totals.sql",
          "start": {
            "column": 21,
            "line": 1,
            "offset": 20,
          },
          "text": "referenced here",
        },
      ],
      "message": "no model, seed or snapshot is named \`ordrs\`",
      "node": "model.shop.totals",
      "notes": [],
      "seq": 1,
      "severity": "error",
      "slug": "unknown-ref",
      "type": "diagnostic",
      "v": 1,
    }
  `);
});
