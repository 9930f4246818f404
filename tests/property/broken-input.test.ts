import { Buffer } from 'node:buffer';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cortex, createDirectory } from '../support/command-line.ts';
import { damage } from '../support/damage.ts';

const FILES: Readonly<Record<string, string>> = {
  'cortex_project.yml': `name: shop
version: 1.0.0
client: { name: Loja, code: loja, timezone: America/Sao_Paulo, currency: BRL }
target: dev
targets:
  dev: { type: local, threads: 2 }
  prod:
    type: mysql
    host: db.example.org
    port: 3306
    user: app
    password: \${DB_PASSWORD:-none}
    database: shop
vars: { start: 2026-01-01, names: [a, b] }
models:
  shop:
    staging:
      +materialized: table
      +tags: [nightly]
on-run-start: ["select {{var 'start'}}"]
flags: { threads: 3 }
connectors:
  files: { streams: { raw: { path: data/*.csv } } }
`,
  'selectors.yml': `selectors:
  - name: nightly
    default: true
    definition:
      union:
        - { method: tag, value: nightly, children: true }
        - exclude: [{ method: fqn, value: orders }]
  - name: two
    definition: { method: selector, value: nightly }
`,
  '.env': `DB_PASSWORD=secret\nexport OTHER="two words"\n# note\n`,
  'models/schema.yml': `version: 2
models:
  - name: orders
    description: "{{doc 'orders'}}"
    config: { materialized: incremental, unique_key: id, tags: [x] }
    columns:
      - name: id
        data_type: bigint
        data_tests: [unique, not_null]
      - name: status
        data_tests:
          - accepted_values: { arguments: { values: [new, done] }, config: { severity: warn } }
          - relationships: { arguments: { to: "ref('raw_orders')", field: id } }
sources:
  - name: erp
    schema: erp
    freshness: { warn_after: { count: 1, period: hour } }
    tables: [{ name: lines, columns: [{ name: id, data_tests: [positive] }] }]
exposures:
  - name: board
    type: dashboard
    owner: { email: a@example.org }
    depends_on: ["ref('orders')"]
groups: [{ name: sales, owner: { name: Ana } }]
`,
  'models/docs.md': `{% docs orders %}\nAll orders.\n{% enddocs %}\n`,
  'models/orders.sql': `{{config materialized='table' tags='a'}}
-- one line
select id, {{double column='total'}} as total, {{cents 'total'}} as cents
from {{ref 'stg_orders'}}
{{#if (is_incremental)}}where id > (select max(id) from {{this}}){{/if}}
{{#each (var 'names')}}union all select '{{this}}', {{@index}}, 1{{/each}}
`,
  'models/staging/stg_orders.sql': `select r.*, l.id as line, {{env_var 'X' 'none'}} as x
from {{ref 'raw_orders'}} r join {{source 'erp' 'lines'}} l using (id)
`,
  'macros/double.sql': `({{column}} * 2)\n`,
  'macros/macros.yml': `macros:
  - name: double
    description: Twice
    arguments: [{ name: column, type: string }]
`,
  'macros/cents.ts': `/** Cents. */
export const arguments_ = 0;
export default function cents(column: string): string { return 'round(' + column + ' * 100)'; }
`,
  'macros/test_positive.sql': `select * from {{model}} where {{column_name}} < 0\n`,
  'seeds/raw_orders.csv': `id,status,total\n1,new,10.5\n2,done,"1,5"\n`,
  'tests/assert_total.sql': `select * from {{ref 'orders'}} where total < 0\n`,
  'snapshots/snap.yml': `snapshots:
  - name: snap
    relation: ref('orders')
    config: { unique_key: id, strategy: check, check_cols: all }
`,
};
const NAMES = Object.keys(FILES);

const COMMANDS = [
  ['parse'],
  ['ls'],
  ['ls', '--output', 'json'],
  ['ls', '--explain-selection'],
  ['schema'],
  ['clean'],
];

function write(directory: string, name: string, bytes: Buffer | string): void {
  mkdirSync(dirname(join(directory, name)), { recursive: true });
  writeFileSync(join(directory, name), bytes);
}

/** What a person may never see: traces, and errors of the machine that nobody put into words. */
const RAW = /CX9001|^ +at .*\.[jt]s:\d+|\[object \w+\]|TypeError|ENOENT|EISDIR|ELOOP|EACCES/m;

/** A problem of a file has a place in it; only bytes that are no text have no line. */
const PLACED = /--> \S.*:\d+:\d+|file-unreadable: .*\n *--> \S/;
const ABOUT_A_FILE = /^(?:error|warning)\[CX(?:11|12|2|3|4|7)/;

async function expectDiagnostics(args: readonly string[], directory: string): Promise<void> {
  const { exitCode, stdout, stderr } = await cortex(args, { directory });
  expect([0, 1, 2], stderr).toContain(exitCode);
  expect(stdout + stderr).not.toMatch(RAW);
  const problems = stderr.split(/\n\n?(?=(?:error|warning)\[)/);
  if (exitCode !== 0) expect(stderr).toMatch(/error\[CX\d{4}\]/);
  for (const problem of problems) {
    if (ABOUT_A_FILE.test(problem)) expect(problem).toMatch(PLACED);
  }
}

test('damaged files give diagnostics with places, whatever the command', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom(...NAMES), damage), { minLength: 1, maxLength: 2 }),
      fc.constantFrom(...COMMANDS),
      async (damages, command) => {
        const directory = createDirectory(FILES).path;
        for (const [name, spoil] of damages) {
          write(directory, name, spoil(Buffer.from(FILES[name] ?? '')));
        }
        const start = performance.now();
        await expectDiagnostics(command, directory);
        expect(performance.now() - start).toBeLessThan(5000);
        rmSync(directory, { recursive: true, force: true });
      },
    ),
    { numRuns: 250 },
  );
});
