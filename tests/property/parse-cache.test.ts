import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Outcome } from '../../cli/kernel/outcome.ts';
import { outcome } from '../../cli/kernel/outcome.ts';
import { parseProject } from '../../cli/parse/parse-project.ts';
import { loadProject } from '../../cli/project/load-project.ts';
import { writeFiles, writeProject } from '../support/project-files.ts';

const sql = fc.constantFrom(
  'select 1 as id',
  "select * from {{ref 'a'}}",
  "select * from {{ref 'b'}} join {{source 's' 't'}} using (id)",
  "{{config materialized='table' tags=(list 'x')}}select * from {{ref 'a'}}",
  "{{config materialized='table' tags=(list 'x')}}select 2 as id",
  '{{config enabled=false}}select 3 as id',
  "select {{cents 'x'}} as x, {{env_var 'REGION' 'none'}} as region",
  "{{config schema=(env_var 'REGION' 'none')}}select 1 as id",
  "{{config post_hook='analyze table {{this}}'}}select {{var 'v'}} as id",
  "select * from {{ref 'nowhere'}}",
  'select {{#if}}',
);

const properties = fc.constantFrom(
  '',
  'models: [{ name: a, description: "{{doc \'d\'}}", columns: [{ name: id, data_tests: [unique] }] }]',
  "models: [{ name: b, config: { enabled: \"{{var 'on'}}\" } }, { name: a, data_tests: [{ relationships: { to: ref('b'), field: id } }] }]",
  "models: [{ name: zzz }]\nexposures: [{ name: e, type: ml, owner: {}, depends_on: [ref('c')] }]",
  'models: [{ nam: a }]',
  'models: [',
);

const edit = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      path: fc.constantFrom('models/a.sql', 'models/b.sql', 'models/deep/c.sql'),
      text: sql,
    }),
  },
  { weight: 2, arbitrary: fc.record({ path: fc.constant('models/_m.yml'), text: properties }) },
  fc.record({
    path: fc.constant('macros/cents.sql'),
    text: fc.constantFrom('({{column}} / 100)', '({{column}} * 1)'),
  }),
  fc.record({
    path: fc.constant('models/d.md'),
    text: fc.constantFrom('{% docs d %}one{% enddocs %}', '{% docs d %}two{% enddocs %}'),
  }),
  fc.record({
    path: fc.constant('.env'),
    text: fc.constantFrom('REGION=north', 'REGION=south', ''),
  }),
  fc.record({
    path: fc.constant('cortex_project.yml'),
    text: fc.constantFrom(
      'name: shop\nvars: { v: 1, on: true }\n',
      'name: shop\nvars: { v: 2, on: false }\nmodels: { deep: { +tags: d } }\n',
    ),
  }),
);

const START = {
  'cortex_project.yml': 'name: shop\nvars: { v: 1, on: true }\n',
  'models/a.sql': 'select 1 as id',
  'models/b.sql': "select * from {{ref 'a'}}",
  'models/deep/c.sql': "{{config materialized='table' tags=(list 'x')}}select * from {{ref 'a'}}",
  'models/d.md': '{% docs d %}one{% enddocs %}',
  'macros/cents.sql': '({{column}} / 100)',
  'sources/s.yml': 'sources: [{ name: s, tables: [{ name: t }] }]',
};

/** The nodes as entries: kept ones stand in another kind of map. */
async function parse(directory: string, usesCache: boolean): Promise<Outcome<unknown>> {
  const { value, diagnostics } = await loadProject({
    projectDir: directory,
    environment: {},
    usesCache,
  });
  if (value === undefined) throw new Error(diagnostics[0]?.message);
  const parsed = parseProject(value);
  return outcome({ ...parsed.value, nodes: [...parsed.value.nodes] }, parsed.diagnostics);
}

test('a parse with a cache gives what a parse without one gives, whatever was edited', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 6 }), async (edits) => {
      const directory = writeProject(START);
      await parse(directory, true);

      for (const { path, text } of edits) {
        writeFiles(directory, { [path]: text });
        const cached = await parse(directory, true);

        expect(cached).toEqual(await parse(directory, false));
      }
      rmSync(directory, { recursive: true, force: true });
    }),
    { numRuns: 60 },
  );
});

test('a cache that was cut or scribbled on is not believed', async () => {
  const directory = writeProject(START);
  const fresh = await parse(directory, false);
  await parse(directory, true);

  for (const name of ['files.json', 'index.json', 'manifest.json', 'nodes.jsonl', 'changes.json']) {
    for (const text of ['', '{', 'null', '[]', '{"key":"x"}']) {
      writeFiles(directory, { [join('target', `cortex_parse_cache.${name}`)]: text });
      expect(await parse(directory, true)).toEqual(fresh);
    }
  }
});
