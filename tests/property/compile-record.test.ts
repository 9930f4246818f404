import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cortex } from '../support/command-line.ts';
import { writeFiles, writeProject } from '../support/project-files.ts';

const START = {
  'cortex_project.yml':
    'name: shop\ntarget: dev\ntargets: { dev: { type: local, database: shop } }\nvars: { v: 1 }\n',
  'models/a.sql': 'select 1 as id',
  'models/b.sql': "select * from {{ref 'a'}}",
  'models/deep/c.sql': "{{config materialized='ephemeral'}}select * from {{ref 'a'}}",
  'models/d.sql': "select * from {{ref 'c'}}",
  'models/_m.yml': 'models: [{ name: a, columns: [{ name: id, data_tests: [unique] }] }]',
  'macros/cents.sql': '({{column}} / 100)',
};

const sql = fc.constantFrom(
  'select 1 as id',
  'select 2 as id',
  "select * from {{ref 'a'}}",
  "{{config materialized='ephemeral'}}select * from {{ref 'a'}}",
  "{{config materialized='ephemeral'}}select id from {{ref 'a'}}",
  "{{config alias='other'}}select 3 as id",
  "select {{cents 'x'}} as x, {{var 'v'}} as v",
  "select {{literal (env_var 'REGION' 'none')}} as region",
  '{{#if (is_incremental)}}select 1{{else}}select {{literal run_started_at}} as at{{/if}}',
  "select * from {{ref 'nowhere'}}",
);

const edit = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      path: fc.constantFrom('models/a.sql', 'models/b.sql', 'models/deep/c.sql', 'models/d.sql'),
      text: sql,
    }),
  },
  fc.record({
    path: fc.constant('models/_m.yml'),
    text: fc.constantFrom(
      START['models/_m.yml'],
      'models: [{ name: a, data_tests: [{ relationships: { to: ref("c"), field: id } }] }]',
      'models: [{ name: b, config: { alias: renamed } }]',
    ),
  }),
  fc.record({
    path: fc.constant('macros/cents.sql'),
    text: fc.constantFrom('({{column}} / 100)', '({{column}} * 1)'),
  }),
  fc.record({ path: fc.constant('.env'), text: fc.constantFrom('REGION=north', 'REGION=south') }),
  fc.record({
    path: fc.constant('cortex_project.yml'),
    text: fc.constantFrom(
      START['cortex_project.yml'],
      START['cortex_project.yml'].replace('v: 1', 'v: 2'),
    ),
  }),
);

/** Compiles as a user does, and answers with everything that was printed. */
async function compile(directory: string, targetPath: string, ...more: readonly string[]) {
  const args = ['compile', '--no-connect', '--quiet', '--target-path', targetPath, ...more];
  const { exitCode, stderr } = await cortex(args, { directory });
  return { exitCode, stderr };
}

/** The compiled files of a target path, and the code of each node in its manifest. */
function results(directory: string, targetPath: string) {
  const manifest = JSON.parse(
    readFileSync(join(directory, targetPath, 'manifest.json'), 'utf8'),
  ) as Record<string, unknown> & { readonly nodes: Record<string, Record<string, unknown>> };
  const nodes = Object.entries(manifest.nodes).map(([id, node]) => [
    id,
    {
      ...node,
      created_at: 0,
      compiled_path: String(node['compiled_path']).slice(targetPath.length),
    },
  ]);
  const paths = nodes.map(([, node]) => (node as { compiled_path: string }).compiled_path);
  return {
    nodes,
    maps: [manifest['parent_map'], manifest['child_map']],
    texts: paths.map((path) => readFileSync(join(directory, targetPath, path), 'utf8')),
  };
}

test('compiling again gives what compiling from nothing gives, whatever was edited', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 5 }), async (edits) => {
      const directory = writeProject(START);
      await compile(directory, 'warm');

      for (const { path, text } of edits) {
        writeFiles(directory, { [path]: text });
        const again = await compile(directory, 'warm');
        const afresh = await compile(directory, 'cold', '--no-partial-parse');

        expect(again).toEqual(afresh);
        if (afresh.exitCode === 0)
          expect(results(directory, 'warm')).toEqual(results(directory, 'cold'));
      }
      rmSync(directory, { recursive: true, force: true });
    }),
    { numRuns: 30 },
  );
});

test('a compiled file or a manifest that was taken away is made again', async () => {
  const directory = writeProject(START);
  await compile(directory, 'warm');
  const before = results(directory, 'warm');

  rmSync(join(directory, 'warm/compiled/shop/models/d.sql'));
  await compile(directory, 'warm');
  expect(results(directory, 'warm')).toEqual(before);

  rmSync(join(directory, 'warm/manifest.json'));
  await compile(directory, 'warm');
  expect(results(directory, 'warm')).toEqual(before);
});

test('what another command wrote over the manifest is compiled again', async () => {
  const directory = writeProject(START);
  await compile(directory, 'warm');
  const before = results(directory, 'warm');

  await cortex(['parse', '--target-path', 'warm'], { directory });
  await compile(directory, 'warm');

  expect(results(directory, 'warm')).toEqual(before);
});

test('compiling with nothing changed writes nothing', async () => {
  const directory = writeProject(START);
  await compile(directory, 'warm');
  const file = join(directory, 'warm/compiled/shop/models/a.sql');
  writeFiles(directory, { 'warm/compiled/shop/models/a.sql': 'touched' });

  await compile(directory, 'warm');

  expect(readFileSync(file, 'utf8')).toBe('touched');
  expect(readdirSync(join(directory, 'warm/compiled/shop/models')).sort()).toContain('b.sql');
});

test('checking without writing finds the mistakes, writes no SQL and does not stand for a compilation', async () => {
  const directory = writeProject(START);
  const compiled = (...args: string[]) =>
    cortex(['compile', '--no-connect', ...args], { directory });

  expect(await compiled('--no-write')).toMatchObject({ exitCode: 0 });
  expect(readdirSync(join(directory, 'target'))).not.toContain('compiled');
  writeFiles(directory, { 'models/b.sql': "select * from {{ref 'aa'}}" });
  expect((await compiled('--no-write')).stderr).toContain('did you mean `a`?');
  writeFiles(directory, { 'models/b.sql': "select * from {{ref 'a'}}" });
  expect(await compiled('--no-write')).toMatchObject({ exitCode: 0 });
  expect(await compiled()).toMatchObject({ exitCode: 0 });
  expect(readdirSync(join(directory, 'target/compiled'), { recursive: true })).toContain(
    join('shop', 'models', 'b.sql'),
  );
});

test('a model that reads the environment is compiled again when that changes', async () => {
  const directory = writeProject({
    ...START,
    'models/b.sql': "select {{literal (env_var 'REGION' 'none')}} as region",
  });
  await compile(directory, 'warm');

  writeFiles(directory, { '.env': 'REGION=north' });
  await compile(directory, 'warm');

  const file = join(directory, 'warm/compiled/shop/models/b.sql');
  expect(readFileSync(file, 'utf8')).toContain('north');
});

test('a model that reads the time of the run is compiled each time', async () => {
  const directory = writeProject({
    ...START,
    'models/b.sql': 'select {{literal run_started_at}} as at',
  });
  await compile(directory, 'warm');
  writeFiles(directory, { 'warm/compiled/shop/models/b.sql': 'touched' });

  await compile(directory, 'warm');

  const file = join(directory, 'warm/compiled/shop/models/b.sql');
  expect(readFileSync(file, 'utf8')).toContain('as at');
});
