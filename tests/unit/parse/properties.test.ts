import { describe, expect, test } from 'vitest';
import { parseProject } from '../../../cli/parse/parse-project.ts';
import { selectableConfig } from '../../../cli/graph/selectable-config.ts';
import { fixture } from '../../support/fixture.ts';
import { complaints, loaded, parsed, shown } from '../../support/project-files.ts';

test('a data test without configuration has the defaults of dbt', async () => {
  const { defaults } = fixture<{ defaults: Readonly<Record<string, unknown>> }>('data_tests');
  const { schema, alias: _alias, ...values } = defaults;

  const { value } = await parsed({
    'models/m.sql': 'select 1',
    'models/_m.yml': 'models: [{ name: m, columns: [{ name: id, data_tests: [unique] }] }]',
  });

  const node = [...value.nodes.values()].find(({ resourceType }) => resourceType === 'test');
  const config = node === undefined ? {} : (selectableConfig(node) as Record<string, unknown>);
  expect(Object.fromEntries(Object.keys(values).map((key) => [key, config[key] ?? null]))).toEqual(
    values,
  );
  expect(`${String(config['schema'])} (suffix of the target schema)`).toBe(schema);
  expect(node).toMatchObject({
    alias: 'unique_m_id',
    relation: { database: 'shop_dbt_test__audit', name: 'unique_m_id' },
  });
});

describe('properties files', () => {
  test('unknown keys and wrong values have places, allowed values and nearest keys', async () => {
    const files = {
      'models/m.sql': 'select 1',
      'models/_m.yml': `models:
  - name: m
    descripton: x
    access: hidden
exposures: [{ name: e, type: dashbord, owner: {} }]
`,
    };

    expect(await complaints(files)).toEqual([
      'CX2130 models/_m.yml:4:13 `models[0].access` must be `public`, `protected` or `private`',
      'CX2131 models/_m.yml:3:5 `descripton` is not a key that can stand in `models[0]` | did you mean `description`?',
      'CX2130 models/_m.yml:5:30 `exposures[0].type` must be `dashboard`, `notebook`, `analysis`, `ml` or `application`',
    ]);
  });

  test('entries for nothing, twice, or of another kind of thing', async () => {
    const files = {
      'models/orders.sql': 'select 1',
      'models/_a.yml':
        'models: [{ name: order }, { name: orders, columns: [{ name: a }, { name: a }] }]',
      'models/_b.yml': 'models: [{ name: orders }]\nmetrics: [{ name: x }]',
      'macros/_m.yml': 'macros: [{ name: gone }]',
      'tests/_t.yml': 'data_tests: [{ name: gone }]',
    };

    expect(await complaints(files)).toEqual([
      'CX2132 models/_b.yml:2:10 `metrics` is passed over, because Cortex does not run it',
      expect.stringMatching(
        /^CX2132 macros\/_m\.yml:1:18 these properties describe no macro: there is none named `gone`/,
      ),
      'CX2133 models/_b.yml:1:18 model `orders` is described twice',
      'CX2133 models/_a.yml:1:74 column `orders.a` is described twice',
      'CX2132 models/_a.yml:1:18 these properties describe no model: there is none named `order` | did you mean `orders`?',
      'CX2132 tests/_t.yml:1:22 these properties describe no data test: there is none named `gone`',
    ]);
  });

  test('doc blocks fill descriptions, and are checked', async () => {
    const files = {
      'models/m.sql': 'select 1',
      'models/_m.yml': `models: [{ name: m, description: '{{ doc("one") }}, {{doc "on"}}' }]`,
      'models/docs.md': '{% docs one %} First {% enddocs %}\n{% enddocs %}\n{% docs open %}',
    };

    const { value } = await parsed(files);

    expect(value.nodes.get('model.shop.m')?.description).toBe('First, {{doc "on"}}');
    expect(await complaints(files)).toEqual([
      'CX2141 models/docs.md:2:1 `{% enddocs %}` ends no doc block | write `{% docs name %} … {% enddocs %}`',
      'CX2141 models/docs.md:3:1 doc block `open` does not end | write `{% docs name %} … {% enddocs %}`',
      'CX2140 models/_m.yml:1:18 no doc block is named `on` | did you mean `one`?',
    ]);
  });

  test('two files of one name are an error with both places', async () => {
    const files = { 'models/a/m.sql': 'select 1', 'models/b/m.sql': 'select 2' };

    expect(await complaints(files)).toEqual([
      'CX2120 models/b/m.sql:1:1 there are two models `m` | rename or remove one of them',
    ]);
  });
});

describe('sources', () => {
  test('freshness comes from the source unless the table says otherwise; null switches it off', async () => {
    const { value } = await parsed({
      'sources/raw.yml': `sources:
  - name: raw
    schema: '{{target.database}}_raw'
    loaded_at_field: at
    tags: [in]
    freshness: { warn_after: { count: 12, period: hour }, error_after: { count: 1, period: day } }
    tables:
      - { name: a }
      - { name: b, identifier: bb, tags: [late], freshness: { warn_after: { count: 5, period: minute } } }
      - { name: c, freshness: null }
`,
    });

    const hours = { count: 12, period: 'hour' };
    const day = { count: 1, period: 'day' };
    expect(value.nodes.get('source.shop.raw.a')).toMatchObject({
      relation: { database: 'shop_raw', name: 'a' },
      freshness: { warnAfter: hours, errorAfter: day },
      loadedAtField: 'at',
    });
    expect(value.nodes.get('source.shop.raw.b')).toMatchObject({
      relation: { database: 'shop_raw', name: 'bb' },
      tags: ['in', 'late'],
      freshness: { warnAfter: { count: 5, period: 'minute' }, errorAfter: day },
    });
    expect(value.nodes.get('source.shop.raw.c')).not.toHaveProperty('freshness');
  });
});

describe('data tests', () => {
  const model = { 'models/m.sql': 'select 1 as id', 'models/p.sql': 'select 1 as id' };

  test('relationships depends on the parent, then on the tested model', async () => {
    const { value } = await parsed({
      ...model,
      'models/_m.yml': `models:
  - name: m
    columns:
      - name: id
        tests:
          - relationships: { to: ref('p'), field: id, severity: warn, where: "id > {{var 'low' 3}}" }
`,
    });

    const [test] = [...value.nodes.values()].filter(({ resourceType }) => resourceType === 'test');
    expect(test).toMatchObject({
      name: 'relationships_m_id__id__ref_p_',
      dependsOn: ['model.shop.p', 'model.shop.m'],
      attachedNode: 'model.shop.m',
      columnName: 'id',
      testArguments: { column_name: 'id', to: "ref('p')", field: 'id' },
      config: { severity: 'warn', where: 'id > 3' },
      relation: { database: 'shop_dbt_test__audit' },
    });
  });

  test('tests of disabled models are dropped, tests that look at one are disabled', async () => {
    const { value, diagnostics } = await parsed({
      'models/m.sql': 'select 1',
      'models/off.sql': '{{config enabled=false}}select 1',
      'models/_m.yml': `models:
  - { name: off, columns: [{ name: id, data_tests: [unique] }] }
  - name: m
    data_tests: [{ equal_rowcount: { arguments: { compare_model: ref('off') } } }]
`,
    });

    expect(diagnostics).toEqual([]);
    expect([...value.nodes.keys()]).toEqual(['model.shop.m']);
    expect([...value.disabled.values()].map(({ name }) => name)).toEqual([
      'off',
      'equal_rowcount_m_ref_off_',
    ]);
  });

  test('a test that does not exist is an error once the tests that ship are known', async () => {
    const files = {
      ...model,
      'tests/generic/positive.sql': 'select * from {{model}}',
      'models/_m.yml':
        'models: [{ name: m, columns: [{ name: id, data_tests: [uniqe, positive] }] }]',
    };

    const { diagnostics } = parseProject(await loaded(files), {
      builtInTests: ['unique', 'not_null'],
    });

    expect(shown(diagnostics, files)).toEqual([
      'CX2137 models/_m.yml:1:56 no data test is named `uniqe` | did you mean `unique`?',
    ]);
  });

  test('tests that are not well formed are told apart', async () => {
    const files = {
      ...model,
      'models/_m.yml': `models:
  - name: m
    tests: [unique]
    data_tests:
      - { unique: {}, not_null: {} }
      - accepted_values: { values: [1], arguments: { quote: true } }
`,
    };

    expect(await complaints(files)).toEqual([
      'CX2136 models/_m.yml:3:5 `tests` stands beside `data_tests`, which is the same list | move these tests under `data_tests`',
      'CX2136 models/_m.yml:5:9 a data test must be a name, or a map of one name to its arguments | indent the arguments below the name of the test',
      'CX2136 models/_m.yml:6:9 test `accepted_values` has arguments both under `arguments` and beside it | move `values` under `arguments`',
    ]);
  });

  test('singular tests, exposures, unit tests, snapshots and hooks are nodes', async () => {
    const { value, diagnostics } = await parsed({
      ...model,
      'cortex_project.yml':
        'name: shop\non-run-start: ["select 1", "select * from {{ref \'m\'}}"]\n',
      'tests/deep/no_rows.sql': "{{config severity='warn'}}select * from {{ref 'm'}} where false",
      'snapshots/_s.yml':
        "snapshots: [{ name: history, relation: ref('m'), config: { strategy: check, check_cols: all } }]",
      'models/_m.yml': `exposures:
  - { name: board, type: dashboard, owner: { name: Ana }, depends_on: [ref('m')] }
unit_tests:
  - { name: adds, model: m, given: [], expect: { rows: [{ id: 1 }] } }
`,
    });

    expect(diagnostics).toEqual([]);
    const found = [...value.nodes.values()].map(
      ({ id, dependsOn }) => `${id} < ${dependsOn.join(' ')}`,
    );
    expect(found).toEqual([
      'model.shop.m < ',
      'model.shop.p < ',
      'snapshot.shop.history < model.shop.m',
      'test.shop.no_rows < model.shop.m',
      'unit_test.shop.m.adds < model.shop.m',
      'exposure.shop.board < model.shop.m',
      'operation.shop.shop-on-run-start-0 < ',
      'operation.shop.shop-on-run-start-1 < model.shop.m',
    ]);
    expect(value.nodes.get('test.shop.no_rows')?.fqn).toEqual(['shop', 'deep', 'no_rows']);
  });

  test('an exposure that names no relation is refused', async () => {
    const files = {
      'models/_m.yml': 'exposures: [{ name: e, type: ml, owner: {}, depends_on: [orders] }]',
    };

    expect(await complaints(files)).toEqual([
      "CX2112 models/_m.yml:1:21 `orders` is neither `ref(…)` nor `source(…)` | write `ref('model')` or `source('source', 'table')`",
    ]);
  });
});
