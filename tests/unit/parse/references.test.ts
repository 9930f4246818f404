import { describe, expect, test } from 'vitest';
import { parseRelationCall } from '../../../cli/parse/relation-call.ts';
import { complaints, parsed } from '../../support/project-files.ts';

describe('references', () => {
  test('a node depends on what it mentions, in order and each once', async () => {
    const { value } = await parsed({
      'models/a.sql': 'select 1',
      'models/b.sql':
        "select * from {{source 's' 't'}} join {{ref 'a'}} join {{ref 'c'}} join {{ref 'a'}}",
      'seeds/c.csv': 'id\n1\n',
      'sources/s.yml': 'sources: [{ name: s, tables: [{ name: t }] }]',
    });

    expect(value.nodes.get('model.shop.b')?.dependsOn).toEqual([
      'source.shop.s.t',
      'model.shop.a',
      'seed.shop.c',
    ]);
  });

  test('what does not exist is an error at its place with the nearest name', async () => {
    const files = {
      'models/orders.sql': 'select 1',
      'models/a.sql':
        "select * from {{ref 'order'}}\njoin {{source 'raw' 'order'}} join {{ref 'gone' 'orders'}}",
      'sources/raw.yml': 'sources: [{ name: raw, tables: [{ name: orders }] }]',
    };

    expect(await complaints(files)).toEqual([
      'CX2101 models/a.sql:1:21 no model, seed or snapshot is named `order` | did you mean `orders`?',
      'CX2110 models/a.sql:2:15 no source `raw.order` is declared | did you mean `raw.orders`?',
      'CX2101 models/a.sql:2:49 no package is named `gone`, so `orders` cannot be found in it',
    ]);
  });

  test('what is switched off cannot be referred to', async () => {
    const files = {
      'models/off.sql': '{{config enabled=false}}select 1',
      'models/a.sql': "select * from {{ref 'off'}} join {{source 's' 't'}}",
      'sources/s.yml': 'sources: [{ name: s, tables: [{ name: t, config: { enabled: false } }] }]',
    };

    expect(await complaints(files)).toEqual([
      'CX2103 models/a.sql:1:21 model `off` is disabled | enable it, or disable what refers to it as well',
      'CX2111 models/a.sql:1:43 source `t` is disabled',
    ]);
  });

  test('a private model is seen by its group only', async () => {
    const files = {
      'models/secret.sql': "{{config group='core' access='private'}}select 1",
      'models/inside.sql': "{{config group='core'}}select * from {{ref 'secret'}}",
      'models/outside.sql': "{{config group='cor'}}select * from {{ref 'secret'}}",
      'models/_m.yml': 'groups: [{ name: core, owner: { name: Ana } }]',
    };

    expect(await complaints(files)).toEqual([
      'CX2123 models/outside.sql:1:1 no group is named `cor` | did you mean `core`?',
      'CX2104 models/outside.sql:1:43 `outside` refers to model `secret`, which is private to the group `core` | put both in one group, or give the model `access: protected`',
    ]);
  });

  test('another package may refer to a protected model and not to a private one', async () => {
    const files = {
      'cortex_project.yml': 'name: shop\npackages: [{ local: crm }]\n',
      'crm/cortex_project.yml': 'name: crm\n',
      'crm/models/open.sql': "{{config access='protected'}}select 1",
      'crm/models/shut.sql': "{{config group='core' access='private'}}select 1",
      'crm/models/_m.yml': 'groups: [{ name: core, owner: { name: Ana } }]',
      'models/a.sql': "{{config group='core'}}select * from {{ref 'open'}} join {{ref 'shut'}}",
      'models/_m.yml': 'groups: [{ name: core, owner: { name: Bia } }]',
    };

    expect(await complaints(files)).toEqual([
      'CX2104 models/a.sql:1:64 `a` refers to model `shut`, which is private to the group `core` | put both in one group, or give the model `access: protected`',
    ]);
  });

  test('a name of two packages must be told apart', async () => {
    const files = {
      'cortex_project.yml': 'name: shop\npackages: [{ local: one }, { local: two }]\n',
      'one/cortex_project.yml': 'name: one\nmodels: { +schema: one }\n',
      'one/models/day.sql': 'select 1',
      'two/cortex_project.yml': 'name: two\nmodels: { +schema: two }\n',
      'two/models/day.sql': 'select 1',
      'two/models/own.sql': "select * from {{ref 'day'}}",
      'models/a.sql': "select * from {{ref 'day'}} join {{ref 'one' 'day'}}",
    };

    expect(await complaints(files)).toEqual([
      'CX2102 models/a.sql:1:21 `day` is a model of the packages `one` and `two` | name the package: `{{ref "one" "day"}}`',
    ]);
    const { value } = await parsed(files);
    expect(value.nodes.get('model.two.own')?.dependsOn).toEqual(['model.two.day']);
  });
});

describe('versions', () => {
  const files = {
    'models/m_v1.sql': 'select 1 as a, 2 as b',
    'models/second.sql': 'select 1 as a',
    'models/last.sql': "select * from {{ref 'm'}}",
    'models/first.sql': "select * from {{ref 'm' v=1}}",
    'models/_m.yml': `models:
  - name: m
    latest_version: 2
    columns: [{ name: a, data_tests: [unique] }, { name: b }]
    versions:
      - { v: 1, deprecation_date: "2027-01-01" }
      - { v: 2, defined_in: second, columns: [{ include: all, exclude: [b] }] }
`,
  };

  test('every version is a node of its own, and ref gives the latest', async () => {
    const { value } = await parsed(files);

    expect(value.nodes.get('model.shop.m.v2')).toMatchObject({
      name: 'm',
      version: 2,
      latestVersion: 2,
      fqn: ['shop', 'm', 'v2'],
      relation: { database: 'shop', name: 'm_v2' },
      columns: [{ name: 'a' }],
    });
    expect(value.nodes.get('model.shop.last')?.dependsOn).toEqual(['model.shop.m.v2']);
    expect(value.nodes.get('model.shop.first')?.dependsOn).toEqual(['model.shop.m.v1']);
    expect(
      [...value.nodes.values()]
        .filter(({ resourceType }) => resourceType === 'test')
        .map(({ name }) => name),
    ).toEqual(['unique_m_v1_a', 'unique_m_v2_a']);
  });

  test('an old version warns, one that is not there is an error', async () => {
    expect(await complaints(files)).toEqual([
      'CX2106 models/first.sql:1:21 model `m.v1` is deprecated from 2027-01-01',
    ]);
    expect(
      await complaints({ ...files, 'models/first.sql': "select * from {{ref 'm' v=3}}" }),
    ).toEqual([
      'CX2105 models/first.sql:1:21 model `m` has no version `3` | its versions are `1` and `2`',
    ]);
  });

  test('versions and files must fit', async () => {
    const broken = {
      'models/m_v1.sql': 'select 1',
      'models/_m.yml': 'models: [{ name: m, latest_version: 9, versions: [{ v: 1 }, { v: 2 }] }]',
    };

    expect(await complaints(broken)).toEqual([
      'CX2138 models/_m.yml:1:66 version `2` of model `m` has no file `m_v2.sql` | add the file, or name another with `defined_in`',
      'CX2138 models/_m.yml:1:18 `latest_version` of model `m` is `9`, which is none of its versions',
    ]);
  });
});

test("texts name relations in dbt's words or as a template", () => {
  expect(parseRelationCall("ref('a')")).toEqual({ kind: 'ref', name: 'a' });
  expect(parseRelationCall("{{ ref('p', 'a', v=2) }}")).toEqual({
    kind: 'ref',
    package: 'p',
    name: 'a',
    version: 2,
  });
  expect(parseRelationCall('{{ref "p" "a" version="x"}}')).toEqual({
    kind: 'ref',
    package: 'p',
    name: 'a',
    version: 'x',
  });
  expect(parseRelationCall("source('s', 't')")).toEqual({
    kind: 'source',
    source: 's',
    table: 't',
  });
  expect(
    ['referral', 'ref(a)', 'ref()', "source('s')", "ref('a'", 'x > 1'].map(parseRelationCall),
  ).toEqual(Array.from({ length: 6 }));
});
