import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runResults } from '../../../cli/report/run-results.ts';
import { sourcesArtifact } from '../../../cli/report/sources-artifact.ts';
import { cortex, createDirectory } from '../../support/command-line.ts';
import { model, result } from '../../support/run-events.ts';

type Fields = Readonly<Record<string, unknown>>;
interface Shape {
  readonly required: readonly string[];
  readonly fields: Fields;
}

const fixture = join(import.meta.dirname, '../../fixtures/transform/artifact_fields.json');
const SHAPES = JSON.parse(readFileSync(fixture, 'utf8')) as {
  readonly manifest: {
    readonly top_level_required: readonly string[];
    readonly nodes: Record<string, Shape>;
  } & Record<
    'metadata' | 'sources' | 'macros' | 'docs' | 'exposures' | 'groups' | 'unit_tests',
    Shape
  >;
  readonly run_results: {
    readonly required: readonly string[];
    readonly results: readonly Shape[];
  };
  readonly sources_json: {
    readonly required: readonly string[];
    readonly results: readonly Shape[];
  };
};

/** Keys that a strict reader would miss, and keys that it would refuse. */
function misfits(entry: Fields, shape: Shape | undefined): string[] {
  const missing = shape?.required.filter((key) => !(key in entry)) ?? ['no shape'];
  const extra = Object.keys(entry).filter((key) => shape !== undefined && !(key in shape.fields));
  return [...missing.map((key) => `missing ${key}`), ...extra.map((key) => `extra ${key}`)];
}

const PROJECT = {
  'cortex_project.yml': 'name: shop\ntargets: { local: { type: local, database: shop } }\n',
  'models/orders.sql': "select * from {{source 'raw' 'orders'}}\n",
  'models/totals.sql': "select count(*) as n from {{ref 'orders'}}\n",
  'models/all.yml': `
sources:
  - name: raw
    freshness: { warn_after: { count: 1, period: day } }
    loaded_at_field: loaded_at
    tables: [{ name: orders }]
groups: [{ name: sales, owner: { email: a@b.c } }]
models:
  - name: orders
    description: One row an order
    config: { group: sales, tags: [daily], meta: { owner: ana } }
    columns:
      - name: id
        description: Number of the order
        data_tests: [unique, { relationships: { arguments: { to: ref('totals'), field: n } } }]
exposures:
  - name: board
    type: dashboard
    owner: { name: Ana }
    depends_on: [ref('totals')]
unit_tests:
  - name: counts
    model: totals
    given: [{ input: ref('orders'), rows: [{ id: 1 }] }]
    expect: { rows: [{ n: 1 }] }
`,
  'tests/none_negative.sql': "select * from {{ref 'totals'}} where n < 0\n",
  'seeds/channels.csv': 'id,name\n1,web\n',
  'macros/twice.sql': '2 * {{value}}\n',
  'macros/macros.yml': 'macros: [{ name: twice, arguments: [{ name: value, type: integer }] }]\n',
};

async function manifestOf(files: Readonly<Record<string, string>>) {
  const directory = createDirectory(files);
  const parsed = await cortex(['parse'], { directory: directory.path });
  expect(parsed).toMatchObject({ exitCode: 0 });
  return {
    directory,
    manifest: JSON.parse(directory.read('target/manifest.json')) as Record<string, Fields>,
  };
}

test('manifest.json has every key that strict readers of version 12 want, and no other', async () => {
  const { manifest } = await manifestOf(PROJECT);
  const { manifest: shapes } = SHAPES;
  const found: string[] = [];
  const note = (id: string, entry: unknown, shape: Shape | undefined) =>
    found.push(...misfits(entry as Fields, shape).map((misfit) => `${id}: ${misfit}`));

  for (const [id, entry] of Object.entries(manifest['nodes'] ?? {})) {
    const { resource_type: type } = entry as { resource_type: string };
    const kind =
      type !== 'test'
        ? type
        : 'test_metadata' in (entry as Fields)
          ? 'test_generic'
          : 'test_singular';
    note(id, entry, shapes.nodes[kind]);
  }
  for (const section of [
    'sources',
    'macros',
    'docs',
    'exposures',
    'groups',
    'unit_tests',
  ] as const) {
    for (const [id, entry] of Object.entries(manifest[section] ?? {}))
      note(id, entry, shapes[section]);
  }
  note('metadata', manifest['metadata'], shapes.metadata);

  expect(found).toEqual([]);
  expect(shapes.top_level_required.filter((key) => !(key in manifest))).toEqual([]);
});

test('manifest.json says what depends on what, in both directions', async () => {
  const { manifest } = await manifestOf(PROJECT);

  expect(manifest['parent_map']?.['model.shop.totals']).toEqual(['model.shop.orders']);
  expect(manifest['child_map']?.['source.shop.raw.orders']).toEqual(['model.shop.orders']);
  expect(manifest['group_map']).toEqual({ sales: ['model.shop.orders'] });
  expect(manifest['nodes']?.['model.shop.orders']).toMatchObject({
    database: 'def',
    schema: 'shop',
    relation_name: '`shop`.`orders`',
    patch_path: 'shop://models/all.yml',
    raw_code: "select * from {{source 'raw' 'orders'}}\n",
  });
});

test('run results and source freshness have the keys of dbt', () => {
  const run = { runId: '01K', cortexVersion: '0.4.0', startedAt: 0, generatedAt: 0 };
  const results = runResults({
    run,
    results: [result(model('a'), 'success')],
    elapsedMs: 1,
    args: { which: 'run' },
  });
  const freshness = { warnAfter: { count: 1, period: 'day' } } as const;
  const sources = sourcesArtifact(
    [
      {
        id: 'source.shop.raw.orders',
        status: 'warn',
        loadedAt: undefined,
        checkedAt: 0,
        ms: 3,
        freshness,
      },
      { id: 'source.shop.raw.items', status: 'runtime error', message: 'no such table' },
    ],
    run,
    3,
  );
  const [failed, checked] = SHAPES.sources_json.results;

  expect(
    (results['results'] as Fields[]).flatMap((row) => misfits(row, SHAPES.run_results.results[0])),
  ).toEqual([]);
  expect(Object.keys(results)).toEqual(expect.arrayContaining([...SHAPES.run_results.required]));
  expect(misfits((sources['results'] as Fields[])[0] ?? {}, checked)).toEqual([]);
  expect(misfits((sources['results'] as Fields[])[1] ?? {}, failed)).toEqual([]);
  expect((sources['results'] as Fields[])[0]).toMatchObject({
    max_loaded_at: '0001-01-01T00:00:00.000000Z',
  });
});

test('a later run selects what changed since the artifacts of an earlier one', async () => {
  const { directory } = await manifestOf(PROJECT);
  const changed = createDirectory({
    ...PROJECT,
    'models/totals.sql': "select count(*) + 0 as n from {{ref 'orders'}}\n",
  });
  const listed = (...args: string[]) =>
    cortex(
      [
        'ls',
        '--output',
        'name',
        '--resource-type',
        'model',
        '--state',
        `${directory.path}/target`,
        ...args,
      ],
      {
        directory: changed.path,
      },
    );

  expect((await listed('--select', 'state:modified')).stdout).toBe('totals\n');
  expect((await listed('--select', 'state:unmodified')).stdout).toBe('orders\n');
});

test('a state directory without artifacts is an error', async () => {
  const { path } = createDirectory(PROJECT);
  const broken = createDirectory({ 'manifest.json': '{"version": 1' });

  const missing = await cortex(['ls', '--select', 'state:new', '--state', 'nowhere'], {
    directory: path,
  });
  const unreadable = await cortex(['ls', '--select', 'state:new', '--state', broken.path], {
    directory: path,
  });

  expect([missing.exitCode, unreadable.exitCode]).toEqual([2, 2]);
  expect(missing.stderr.replaceAll(path, '<directory>')).toMatchInlineSnapshot(`
    "error[CX1003] state-unreadable: \`<directory>/nowhere\` is no artifact of an earlier run: it holds none of the files

    hint: copy the target path of that run and pass it as \`--state\`
    "
  `);
  expect(unreadable.stderr.replaceAll(broken.path, '<state>')).toMatchInlineSnapshot(`
    "error[CX1003] state-unreadable: \`<state>/manifest.json\` is no artifact of an earlier run: it is not the JSON that a run writes

    hint: copy the target path of that run and pass it as \`--state\`
    "
  `);
});
