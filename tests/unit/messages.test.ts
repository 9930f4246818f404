import { expect, test } from 'vitest';
import { cortex, createDirectory } from '../support/command-line.ts';

const PROJECT = 'name: shop\ntargets: { dev: { type: local } }\n';

/** What `cortex ls` says about a project that holds a common mistake. */
async function said(files: Readonly<Record<string, string>>, ...args: string[]): Promise<string> {
  const { path } = createDirectory({
    'cortex_project.yml': PROJECT,
    'models/orders.sql': 'select 1 as id\n',
    ...files,
  });
  const { exitCode, stderr } = await cortex(['ls', ...args], { directory: path });
  expect(exitCode).toBe(2);
  return stderr;
}

test('wrong indentation in YAML', async () => {
  const models = 'models:\n  - name: orders\n   description: All orders\n';
  expect(await said({ 'models/_m.yml': models })).toMatchInlineSnapshot(`
    "error[CX1103] yaml-syntax: this YAML cannot be read: Sequence item without - indicator
     --> models/_m.yml:3:1
      |
    2 |   - name: orders
    3 |    description: All orders
      | ^

    hint: indent the keys of one list item or map alike
    "
  `);
});

test('a tab in YAML', async () => {
  const models = 'models:\n\t- name: orders\n';
  expect(await said({ 'models/_m.yml': models })).toMatchInlineSnapshot(`
    "error[CX1103] yaml-syntax: this YAML cannot be read: Tabs are not allowed as indentation
     --> models/_m.yml:2:1
      |
    1 | models:
    2 | 	- name: orders
      | ^

    hint: indent with spaces
    "
  `);
});

test('a missing colon in YAML', async () => {
  const models = 'models:\n  - name: orders\n    description All orders\n';
  expect(await said({ 'models/_m.yml': models })).toMatchInlineSnapshot(`
    "error[CX1103] yaml-syntax: this YAML cannot be read: Implicit map keys need to be followed by map values
     --> models/_m.yml:3:5
      |
    2 |   - name: orders
    3 |     description All orders
      |     ^^^^^^^^^^^^^^^^^^^^^^

    hint: write \`key: value\`, with a colon and a space
    "
  `);
});

test('an unknown key', async () => {
  const models = 'models:\n  - name: orders\n    descripton: All orders\n';
  expect(await said({ 'models/_m.yml': models })).toMatchInlineSnapshot(`
    "error[CX2131] unknown-property: \`descripton\` is not a key that can stand in \`models[0]\`
     --> models/_m.yml:3:5
      |
    2 |   - name: orders
    3 |     descripton: All orders
      |     ^^^^^^^^^^

    hint: did you mean \`description\`?
    "
  `);
});

test('a typo in the name of a test', async () => {
  const models =
    'models:\n  - name: orders\n    columns:\n      - name: id\n        data_tests: [uniqe]\n';
  expect(await said({ 'models/_m.yml': models })).toMatchInlineSnapshot(`
    "error[CX2137] unknown-generic-test: no data test is named \`uniqe\`
     --> models/_m.yml:5:22
      |
    4 |       - name: id
    5 |         data_tests: [uniqe]
      |                      ^^^^^

    hint: did you mean \`unique\`?
    "
  `);
});

test('a typo in a ref', async () => {
  const model = "select id\nfrom {{ref 'ordrs'}}\n";
  expect(await said({ 'models/customers.sql': model })).toMatchInlineSnapshot(`
    "error[CX2101] unknown-ref: no model, seed or snapshot is named \`ordrs\`
     --> models/customers.sql:2:12
      |
    1 | select id
    2 | from {{ref 'ordrs'}}
      |            ^^^^^^^ referenced here

    hint: did you mean \`orders\`?
    "
  `);
});

test('two models of one name', async () => {
  expect(await said({ 'models/staging/orders.sql': 'select 2 as id\n' })).toMatchInlineSnapshot(`
    "error[CX2120] duplicate-node: there are two models \`orders\`
     --> models/staging/orders.sql:1:1
      |
    1 | select 2 as id
      | ^ the second
     --> models/orders.sql:1:1
      |
    1 | select 1 as id
      | ^ the first

    hint: rename or remove one of them
    "
  `);
});

test('models that need each other', async () => {
  expect(
    await said({
      'models/a.sql': "select * from {{ref 'b'}}\n",
      'models/b.sql': "select * from {{ref 'a'}}\n",
    }),
  ).toMatchInlineSnapshot(`
    "error[CX3001] cycle: \`a → b → a\` is a cycle
     --> models/a.sql:1:21
      |
    1 | select * from {{ref 'b'}}
      |                     ^^^ \`a\` refers to \`b\`
     --> models/b.sql:1:21
      |
    1 | select * from {{ref 'a'}}
      |                     ^^^ \`b\` refers to \`a\`

    hint: remove one of these references, or move what two of them share into a model of its own
    "
  `);
});

test('a value of the wrong type', async () => {
  const project = 'name: shop\ntargets:\n  dev: { type: local, threads: many }\n';
  expect(await said({ 'cortex_project.yml': project })).toMatchInlineSnapshot(`
    "error[CX1101] config-invalid: \`threads\` must be a number
     --> cortex_project.yml:3:32
      |
    2 | targets:
    3 |   dev: { type: local, threads: many }
      |                                ^^^^
    "
  `);
});

test('an unknown target', async () => {
  expect(await said({}, '--target', 'prod')).toMatchInlineSnapshot(`
    "error[CX1110] target-missing: the project has no target \`prod\`

    hint: its targets are \`dev\`
    "
  `);
});

test('an environment variable that is not set', async () => {
  const project =
    'name: shop\ntargets:\n  dev:\n    type: mysql\n    host: h\n    user: u\n    database: d\n    password: ${DB_PASSWORD}\n';
  expect(await said({ 'cortex_project.yml': project })).toMatchInlineSnapshot(`
    "error[CX1120] env-var-missing: the environment variable \`DB_PASSWORD\` is not set
     --> cortex_project.yml:8:15
      |
    7 |     database: d
    8 |     password: \${DB_PASSWORD}
      |               ^^^^^^^^^^^^^^ needed here

    hint: set it in the environment or in \`.env\`, or give a default: \`\${DB_PASSWORD:-default}\`
    "
  `);
});

test('a template that is never closed', async () => {
  const model = 'select 1\n{{#if (is_incremental)}}\nwhere id > 1\n';
  expect(await said({ 'models/late.sql': model })).toMatchInlineSnapshot(`
    "error[CX2001] template-syntax: \`{{#if}}\` is never closed
     --> models/late.sql:2:1
      |
    1 | select 1
    2 | {{#if (is_incremental)}}
      | ^^^^^ opened here
    3 | where id > 1

    hint: write \`{{/if}}\` where the block ends
    "
  `);
});

test('an unknown helper', async () => {
  const model = "select {{cents_to_real 'total'}} from {{ref 'orders'}}\n";
  expect(await said({ 'models/late.sql': model })).toMatchInlineSnapshot(`
    "error[CX2010] unknown-helper: no helper or macro is named \`cents_to_real\`
     --> models/late.sql:1:10
      |
    1 | select {{cents_to_real 'total'}} from {{ref 'orders'}}
      |          ^^^^^^^^^^^^^ called here

    hint: a macro of this name would be the file \`macros/cents_to_real.sql\`
    "
  `);
});

test('a script that cannot be read', async () => {
  const scripts = { 'macros/cents.ts': 'export const cents = (n: number => `${n}`;\n' };
  expect(await said(scripts)).toMatchInlineSnapshot(`
    "error[CX1140] script-macro-invalid: the script macro \`macros/cents.ts\` cannot be loaded
     --> macros/cents.ts:1:42
      |
    1 | export const cents = (n: number => \`\${n}\`;
      |                                          ^
      = Expected ',', got ';'
    "
  `);
});

test('a script macro nested without end is refused, and ends nothing else', async () => {
  const scripts = { 'macros/cents.ts': `export const cents = ${'['.repeat(2000)}` };
  expect(await said(scripts)).toContain('error[CX1140] script-macro-invalid');
});

test('a selection that matches nothing', async () => {
  const { path } = createDirectory({
    'cortex_project.yml': PROJECT,
    'models/orders.sql': 'select 1 as id\n',
  });
  const { exitCode, stderr } = await cortex(['ls', '--select', 'ordrs'], { directory: path });
  expect([exitCode, stderr]).toMatchInlineSnapshot(`
    [
      0,
      "warning[CX3011] nothing-selected: \`ordrs\` does not match any enabled node
     --> --select:1:1
      |
    1 | ordrs
      | ^^^^^

    hint: did you mean \`orders\`?
    ",
    ]
  `);
});

test.each([
  [['--threads', 'abc'], 'CX1002'],
  [['--threads', '0'], 'CX1002'],
  [['--vars', '{ a: ['], 'CX1002'],
  [['--vars', '[1]'], 'CX1002'],
  [['--select', 'tagg:x'], 'CX3012'],
  [['--state', 'nowhere', '--select', 'state:new'], 'CX1'],
  [['--selector', 'none'], 'CX3'],
])('`cortex build %j` is refused before anything is touched', async (args, code) => {
  const { path } = createDirectory({ 'cortex_project.yml': PROJECT, 'models/a.sql': 'select 1' });

  const { exitCode, stderr } = await cortex(['build', ...args], { directory: path });

  expect(exitCode).toBe(2);
  expect(stderr).toContain(`error[${code}`);
});

test('a file where the target directory has to be', async () => {
  const { path } = createDirectory({
    'cortex_project.yml': PROJECT,
    'models/a.sql': 'select 1',
    target: 'not a directory',
  });

  const { exitCode, stderr } = await cortex(['parse'], { directory: path });

  expect(exitCode).toBe(2);
  expect(stderr).toContain(`error[CX1019] file-refused: the system refused \`${path}/target`);
  expect(stderr).not.toContain(' at ');
});
