import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Damage } from './damage.ts';
import { damage } from './damage.ts';
import { serverProject } from './server-project.ts';
import type { TestDatabase } from './server.ts';
import { servers } from './server.ts';

/** Files of a small shop, and the relations that damage to each of them may change. */
const FILES: Readonly<Record<string, { readonly text: string; readonly mayChange: string[] }>> = {
  'seeds/raw_orders.csv': {
    text: 'id,status,total,placed_at\n1,new,10.50,2026-01-31 10:00:00\n2,done,"1200.00",2026-02-01 09:30:00.5\n3,"a ""b""\nc",0.01,\n',
    mayChange: ['raw_orders', 'stg_orders', 'orders', 'daily'],
  },
  'models/stg_orders.sql': {
    text: `{{config materialized='view'}}
select id, status, {{double column='total'}} as total, date(placed_at) as day
from {{ref 'raw_orders'}}
`,
    mayChange: ['stg_orders', 'orders', 'daily'],
  },
  'models/orders.sql': {
    text: `{{config materialized='table' primary_key='id'}}
-- one line per order
select id, status, total, {{cents column='total'}} as cents
from {{ref 'stg_orders'}}
where total >= 0 {{#each (var 'names')}}or status = {{literal this}} {{/each}}
`,
    mayChange: ['orders'],
  },
  'models/daily.sql': {
    text: `{{config materialized='incremental' unique_key='day'}}
select day, sum(total) as total from {{ref 'stg_orders'}} where day is not null
{{#if (is_incremental)}}and day >= (select max(day) from {{this}}){{/if}}
group by day
`,
    mayChange: ['daily'],
  },
  'models/_shop.yml': {
    text: `models:
  - name: stg_orders
    description: Orders as they come
  - name: orders
    config: { column_types: { cents: bigint } }
    columns:
      - name: id
        data_tests: [unique, not_null]
      - name: status
        data_tests:
          - accepted_values: { arguments: { values: [new, done] }, config: { severity: warn } }
      - name: total
        data_tests: [positive]
  - name: daily
    columns: [{ name: day, data_tests: [unique] }]
seeds:
  - name: raw_orders
    config: { column_types: { total: "decimal(12,2)" } }
`,
    mayChange: ['raw_orders', 'stg_orders', 'orders', 'daily'],
  },
  'macros/double.sql': {
    text: '({{column}} * 2)\n',
    mayChange: ['stg_orders', 'orders', 'daily'],
  },
  'macros/macros.yml': {
    text: `macros:
  - name: double
    description: Twice
    arguments: [{ name: column, type: string }]
  - name: cents
    arguments: [{ name: column, type: string }]
`,
    mayChange: ['stg_orders', 'orders', 'daily'],
  },
  'macros/cents.ts': {
    text: `/** Cents of an amount. */
export function cents({ column }: { column: string }): string {
  return 'cast(round(' + column + ' * 100) as signed)';
}
`,
    mayChange: ['orders'],
  },
  'macros/test_positive.sql': {
    text: 'select * from {{model}} where {{column_name}} < 0\n',
    mayChange: [],
  },
  'tests/assert_total.sql': {
    text: `select sum(total) from {{ref 'orders'}} having sum(total) < 100\n`,
    mayChange: [],
  },
};
const NAMES = Object.keys(FILES);
const INDEPENDENT = {
  'seeds/codes.csv': 'code\na\nb\n',
  'models/coded.sql': "select code from {{ref 'codes'}}\n",
};
const PUBLISHED = ['raw_orders', 'stg_orders', 'orders', 'daily', 'codes', 'coded'];

/** What a person may never see: traces, and errors of the machine that nobody put into words. */
const RAW = /CX9001|^ +at .*\.[jt]s:\d+|\[object \w+\]|TypeError|ENOENT|EISDIR|ELOOP|EACCES/m;
const MOST_SECONDS = 60;

/** Builds whose seeds, models, macros and properties were damaged at random, on real servers. */
export function brokenBuilds({ runs, minutes }: { runs: number; minutes: number }): void {
  describe.each(servers)('damaged projects on $name', (server) => {
    test(
      'a build says where, ends, and leaves what it did not rebuild as it was',
      { timeout: minutes * 60_000 },
      async () => {
        const database = await server.database();
        const shop = await openShop(database);

        await fc.assert(
          fc.asyncProperty(
            fc.array(fc.tuple(fc.constantFrom(...NAMES), damage), { minLength: 1, maxLength: 2 }),
            async (damages) => shop.damaged(damages),
          ),
          { numRuns: runs },
        );
      },
    );
  });
}

/** The shop, built once; what was published then is what every later build is compared with. */
async function openShop(database: TestDatabase) {
  const { directory, run } = serverProject(database, {
    ...Object.fromEntries(NAMES.map((name) => [name, textOf(name)])),
    ...INDEPENDENT,
    'cortex_project.yml': 'vars: { names: [a, b] }\n',
  });
  const rebuild = async () => {
    const { exitCode, stderr } = await run('build', '--full-refresh');
    expect(exitCode, stderr).toBe(0);
  };
  await rebuild();
  const whole = await checksums(database);

  return {
    /** Builds with damaged files, looks at the words and the relations, and mends the files. */
    async damaged(damages: readonly (readonly [string, Damage])[]): Promise<void> {
      for (const [name, spoil] of damages) directory.write(name, spoil(Buffer.from(textOf(name))));
      rmSync(join(directory.path, 'target/run_results.json'), { force: true });

      const start = performance.now();
      const { exitCode, stdout, stderr } = await run('build');

      expect(performance.now() - start).toBeLessThan(MOST_SECONDS * 1000);
      expectWords(exitCode, stdout, stderr);
      const now = await checksums(database);
      const changed = PUBLISHED.filter((name) => now[name] !== whole[name]);
      const statuses = exitCode === 2 ? undefined : statusesIn(directory.path);
      const mayChange = new Set(damages.flatMap(([name]) => FILES[name]?.mayChange ?? []));
      for (const name of changed) {
        expect([...mayChange], `${name} changed`).toContain(name);
        expect(statuses?.get(name), `${name} changed`).toBe('success');
      }
      for (const [name] of damages) directory.write(name, textOf(name));
      if (changed.length === 0) return;
      await rebuild();
      expect(await checksums(database)).toEqual(whole);
    },
  };
}

function textOf(name: string): string {
  return FILES[name]?.text ?? '';
}

function expectWords(exitCode: number, stdout: string, stderr: string): void {
  expect([0, 1, 2], stderr).toContain(exitCode);
  expect(stdout + stderr).not.toMatch(RAW);
  if (exitCode === 0) return;
  expect(stderr).toMatch(/error\[CX\d{4}\]/);
  for (const problem of stderr.split(/\n\n?(?=(?:error|warning)\[)/)) {
    if (problem.startsWith('error[')) expect(problem).toMatch(/--> \S|`[^`]+`, line \d+/);
  }
}

/** Statuses of the last run by the names of the nodes. */
function statusesIn(directory: string): ReadonlyMap<string, string> {
  const text = readFileSync(join(directory, 'target/run_results.json'), 'utf8');
  const { results } = JSON.parse(text) as {
    readonly results: readonly { readonly unique_id: string; readonly status: string }[];
  };
  return new Map(results.map(({ unique_id: id, status }) => [id.split('.').at(-1) ?? '', status]));
}

/** A digest of each published relation: definition and rows of a table, the query of a view. */
async function checksums(database: TestDatabase): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  for (const name of PUBLISHED) {
    const view = await database.query(
      `SELECT view_definition FROM information_schema.views WHERE table_schema = DATABASE() AND table_name = '${name}'`,
    );
    const table =
      view.length > 0
        ? []
        : [
            await database.query(`SHOW CREATE TABLE ${name}`),
            await database.query(`SELECT * FROM ${name} ORDER BY 1`),
          ];
    found[name] = createHash('sha256')
      .update(JSON.stringify([view, table]))
      .digest('hex');
  }
  return found;
}
