import { describe, expect, test } from 'vitest';
import { mergeConfigs } from '../../../cli/parse/config-merge.ts';
import { databaseName, relationName } from '../../../cli/parse/relation-names.ts';
import { lookupVariable, splitVariables } from '../../../cli/project/variables.ts';
import { complaints, parsed } from '../../support/project-files.ts';
import { fixture } from '../../support/fixture.ts';

type Level = Readonly<Record<string, unknown>>;

interface ConfigCase {
  readonly name: string;
  readonly package_project?: Level;
  readonly project?: Level;
  readonly project_levels?: readonly Level[];
  readonly yml: Level;
  readonly file: Level;
  readonly expected: Level;
}

interface VariableCase {
  readonly name: string;
  readonly cli: Level;
  readonly project: Level;
  readonly package?: string;
  readonly default: unknown;
  readonly expected?: unknown;
  readonly error?: string;
}

interface NameCase {
  readonly rule: string;
  readonly target?: string;
  readonly target_name?: string;
  readonly custom?: string | null;
  readonly name?: string;
  readonly version?: string | number;
  readonly expected: string;
}

const cases = fixture<{ config: ConfigCase[]; vars: VariableCase[]; names: NameCase[] }>('config');

describe('configuration from several places', () => {
  test.each(cases.config)(
    '$name',
    ({ package_project, project, project_levels, yml, file, expected }) => {
      const root = project_levels ?? [project ?? {}];
      const levels =
        package_project === undefined
          ? [...root, yml, file]
          : [package_project, yml, file, ...root];

      expect(mergeConfigs(levels)).toEqual(expected);
    },
  );

  test('the whole way: folders, properties, file, and the root project over a package', async () => {
    const { value, diagnostics } = await parsed({
      'cortex_project.yml': `name: shop
packages: [{ local: util }]
models:
  +tags: all
  staging: { +materialized: table, +meta: { a: 1, b: 1 } }
  util: { +materialized: table }
`,
      'models/staging/one.sql': '{{config tags="file"}}select 1',
      'models/staging/two.sql': '{{config materialized="view"}}select 2',
      'models/_models.yml': 'models: [{ name: one, config: { meta: { b: 2 }, tags: [yml] } }]',
      'util/cortex_project.yml': 'name: util\nmodels: { +materialized: view }\n',
      'util/models/three.sql': '{{config materialized="ephemeral"}}select 3',
    });

    expect(diagnostics).toEqual([]);
    expect(value.nodes.get('model.shop.one')?.config).toMatchObject({
      materialized: 'table',
      tags: ['all', 'yml', 'file'],
      meta: { a: 1, b: 2 },
    });
    expect(value.nodes.get('model.shop.two')?.config.materialized).toBe('view');
    expect(value.nodes.get('model.util.three')?.config.materialized).toBe('table');
  });

  test('templates are evaluated, and kept as written beside it', async () => {
    const { value } = await parsed({
      'cortex_project.yml': `name: shop
vars: { on: false, kind: table }
models: { +materialized: '{{var "kind"}}' }
`,
      'models/a.sql': 'select 1',
      'models/b.sql': 'select 1',
      'models/_m.yml': `models: [{ name: b, config: { enabled: '{{var "on"}}' } }]`,
    });

    expect(value.nodes.get('model.shop.a')).toMatchObject({
      config: { materialized: 'table' },
      unrenderedConfig: { materialized: '{{var "kind"}}' },
    });
    expect(value.disabled.get('model.shop.b')?.config.enabled).toBe(false);
  });

  test('hooks of all places run, each as a statement', async () => {
    const { value } = await parsed({
      'cortex_project.yml': 'name: shop\nmodels: { +post-hook: "analyze table {{this}}" }\n',
      'models/a.sql': '{{config post_hook="select 2"}}select 1',
    });

    expect(value.nodes.get('model.shop.a')?.config.post_hook).toEqual([
      { sql: 'analyze table {{this}}' },
      { sql: 'select 2' },
    ]);
  });

  test('what is wrong is told once, where it is written', async () => {
    const files = {
      'cortex_project.yml': `name: shop
models:
  +materializd: table
  stagging: { +enabled: true }
  +on_schema_change: explode
`,
      'models/a.sql': 'select 1',
      'models/b.sql': '{{config access="secret"}}select 1',
      'models/c.sql': '{{config incremental_strategy="insert_overwrite"}}select 1',
    };

    expect(await complaints(files)).toEqual([
      'CX2135 cortex_project.yml:5:3 the configuration `on_schema_change`: must be `ignore`, `append_new_columns`, `sync_all_columns` or `fail`',
      'CX2134 cortex_project.yml:3:3 `materializd` is not a configuration that Cortex knows | did you mean `materialized`?',
      'CX2135 models/b.sql:1:1 the configuration `access`: must be `public`, `protected` or `private`',
      'CX2135 models/c.sql:1:1 the configuration `incremental_strategy`: must be `append`, `delete+insert`, `merge` or `null`',
      'CX1106 cortex_project.yml:4:3 nothing lies in the folder `stagging` that `models` configures',
    ]);
  });
});

describe('variables', () => {
  test.each(cases.vars)(
    '$name',
    ({ cli, project, package: packageName, default: fallback, expected }) => {
      const { global, scoped } = splitVariables(project, new Set(['shop', 'utilpkg']));
      const variables = {
        commandLine: cli,
        root: global,
        rootPackages: scoped,
        packages: new Map(),
      };

      const found = lookupVariable(variables, packageName ?? 'shop', 'd');

      expect(found === undefined && fallback !== '(none)' ? fallback : found).toEqual(expected);
    },
  );
});

describe('names', () => {
  test.each(cases.names)('$rule: $name $custom $version $target_name gives $expected', (rule) => {
    const naming = rule.rule.includes('env') ? 'environment' : 'suffix';
    const schema = {
      targetName: rule.target_name ?? 'dev',
      targetDatabase: rule.target ?? '',
      naming,
    } as const;

    const made =
      rule.rule === 'alias'
        ? relationName(rule.name ?? '', rule.custom, rule.version)
        : databaseName(rule.custom, schema);

    expect(made).toBe(rule.expected);
  });

  test('a name that no server takes is an error', async () => {
    const long = 'a'.repeat(65);

    expect(await complaints({ [`models/${long}.sql`]: 'select 1' })).toEqual([
      `CX2122 models/${long}.sql:1:1 the name \`${long}\` has 65 characters, and a server allows 64 | set a shorter \`alias\``,
    ]);
  });

  test('two nodes of one relation are an error', async () => {
    const files = { 'models/a.sql': 'select 1', 'models/b.sql': '{{config alias="a"}}select 1' };

    expect(await complaints(files)).toEqual([
      'CX2121 models/b.sql:1:1 model `a` and model `b` would both be `shop`.`a` | change the `alias`, `schema` or `database` of one of them',
    ]);
  });
});
