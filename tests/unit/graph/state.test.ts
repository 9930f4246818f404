import { describe, expect, test } from 'vitest';
import { selectNodes } from '../../../cli/graph/select-nodes.ts';
import type { ComparisonInputs } from '../../../cli/graph/selection.ts';
import { comparableNode } from '../../../cli/graph/state/comparable-node.ts';
import { breakingChanges, isSameContract } from '../../../cli/graph/state/contract.ts';
import type { PreviousState } from '../../../cli/graph/state/previous-state.ts';
import {
  readFreshness,
  readPreviousResults,
  readPreviousState,
} from '../../../cli/graph/state/read-artifacts.ts';
import { buildGraph } from '../../../cli/graph/build-graph.ts';
import type { Manifest } from '../../../cli/manifest/manifest.ts';
import type { ColumnConstraint, ManifestNode, ModelNode } from '../../../cli/manifest/node.ts';
import { sha256 } from '../../../cli/kernel/hash.ts';
import { fixture } from '../../support/fixture.ts';
import { modelNode } from '../../support/model-node.ts';
import { smallManifest } from '../../support/small-graph.ts';

describe('a changed model', () => {
  const before = model({});
  test.each<[string, Partial<ModelNode>, string]>([
    ['its SQL', { rawCode: 'select 2' }, 'modified modified.body'],
    ['a setting', { unrenderedConfig: { materialized: 'table' } }, 'modified modified.configs'],
    ['its alias', { unrenderedConfig: { alias: 'o' } }, 'modified modified.relation'],
    ['its tags', { unrenderedConfig: { tags: ['x'] } }, ''],
    ['its group', { unrenderedConfig: { group: 'x' } }, ''],
    ['its description, not persisted', { description: 'new' }, ''],
    [
      'its description, persisted',
      { description: 'new', config: { persist_docs: { relation: true } } },
      'modified modified.persisted_descriptions',
    ],
    ['its folder', { fqn: ['shop', 'marts', 'orders'] }, 'modified'],
    ['its latest version', { latestVersion: 2 }, 'modified'],
    ['its access', { access: 'public' }, 'modified'],
    ['its deprecation date', { deprecationDate: '2027-01-01' }, 'modified'],
    ['its contract', { config: { contract: { enforced: true } } }, 'modified modified.contract'],
    ['a macro that it calls', { macros: ['macro.shop.money'] }, 'modified modified.macros'],
  ])('by %s', async (_, change, expected) => {
    expect(await checksThatFind(model(change), [before])).toBe(expected || 'unmodified');
  });

  test('is new when it was not there', async () => {
    expect(await checksThatFind(before, [])).toBe(
      'new modified modified.body modified.configs modified.persisted_descriptions modified.relation modified.contract',
    );
  });

  test('is an error when a versioned contract breaks, a warning otherwise', async () => {
    const contracted = { config: { contract: { enforced: true } }, columns: [column('id', 'int')] };
    const manifest = manifestOf(model({ ...contracted, columns: [] }));

    const find = async (previous: ModelNode) =>
      (await selectState('modified', manifest, [previous])).diagnostics;

    expect(await find(model(contracted))).toMatchObject([
      { code: 'CX3020', severity: 'warning', notes: ['the column `id` is gone'] },
    ]);
    expect(await find(model({ ...contracted, version: 1 }))).toMatchObject([
      { code: 'CX3020', severity: 'error' },
    ]);
  });

  test('is told of when a contracted model is gone, unless its deprecation date has passed', async () => {
    const manifest = { ...manifestOf(model({})), nodes: new Map<string, ManifestNode>() };
    const gone = model({ config: { contract: { enforced: true } }, deprecationDate: '2026-01-01' });
    const find = async (now: string) =>
      (await selectState('modified', manifest, [gone], { now: Date.parse(now) })).diagnostics;

    expect(await find('2025-12-31')).toContainEqual(
      expect.objectContaining({
        code: 'CX3020',
        message: '`orders` had an enforced contract and was deleted or renamed',
      }),
    );
    expect((await find('2026-01-02')).map(({ code }) => code)).not.toContain('CX3020');
  });
});

describe('contracts', () => {
  interface Side {
    readonly enforced: boolean;
    readonly materialized: string;
    readonly columns: Readonly<Record<string, string>>;
    readonly constraints?: readonly ColumnConstraint[];
    readonly enabled?: boolean;
  }
  const { state: cases } = fixture<{
    state: readonly { name: string; before: Side; after: Side; verdict: string }[];
  }>('contracts');
  const compared = cases.filter(
    ({ after, verdict }) => after.enabled !== false && !verdict.startsWith('depends'),
  );

  test.each(compared)('$name: $verdict', ({ before, after, verdict }) => {
    const [old, now] = [contracted(before), contracted(after)];

    const isBreaking = breakingChanges(now, old).length > 0;

    expect(isBreaking ? 'breaking' : isSameContract(now, old) ? 'same' : 'changed').toBe(verdict);
  });

  test('an enforced constraint of a column that goes is breaking, a foreign key is not', () => {
    const withConstraint = (type: ColumnConstraint['type']) => {
      const columns = [{ ...column('id', 'int'), constraints: [{ type }] }];
      return comparableNode(
        model({ columns, config: { materialized: 'table', contract: { enforced: true } } }),
      );
    };
    const now = comparableNode(
      model({
        columns: [column('id', 'int')],
        config: { materialized: 'table', contract: { enforced: true } },
      }),
    );

    expect(breakingChanges(now, withConstraint('not_null'))).toEqual([
      '`id` lost its constraint `not_null`',
    ]);
    expect(breakingChanges(now, withConstraint('foreign_key'))).toEqual([]);
  });

  function contracted(side: Side) {
    const columns = Object.entries(side.columns).map(([name, type]) => column(name, type));
    const config = { materialized: side.materialized, contract: { enforced: side.enforced } };
    return comparableNode(model({ columns, config, constraints: side.constraints ?? [] }));
  }
});

describe('artifacts of an earlier run', () => {
  test('a manifest reads as the state that it was written from', () => {
    const now = model({
      rawCode: 'select 1',
      description: 'Orders',
      columns: [column('id', 'int')],
      constraints: [{ type: 'primary_key', columns: ['id'] }],
      config: {
        materialized: 'table',
        contract: { enforced: true },
        persist_docs: { relation: true },
      },
      unrenderedConfig: { materialized: 'table' },
      version: 1,
      latestVersion: 2,
    });

    const { nodes, macros } = readPreviousState({
      nodes: {
        [now.id]: {
          resource_type: 'model',
          name: 'orders',
          fqn: now.fqn,
          raw_code: 'select 1',
          description: 'Orders',
          columns: { id: { name: 'id', description: '', data_type: 'int', constraints: [] } },
          constraints: [
            { type: 'primary_key', columns: ['id'], name: null, warn_unsupported: true },
          ],
          config: {
            materialized: 'table',
            contract: { enforced: true },
            persist_docs: { relation: true },
          },
          contract: { enforced: true, checksum: 'abc' },
          unrendered_config: { materialized: 'table' },
          access: 'protected',
          version: 1,
          latest_version: 2,
          deprecation_date: null,
        },
      },
      macros: { 'macro.shop.money': { macro_sql: 'round(x, 2)' }, 'macro.cortex.day': {} },
    });

    expect(nodes.get(now.id)).toEqual(comparableNode(now));
    expect([...macros.values()]).toEqual([sha256('round(x, 2)'), '']);
  });

  test('sources, exposures and seeds compare by what declares them', () => {
    const manifest = smallManifest({
      clicks: [{ resource_type: 'source', source_name: 'ads', fqn: ['shop', 'ads', 'clicks'] }],
      board: [{ resource_type: 'exposure', fqn: ['shop', 'board'] }],
      states: [{ resource_type: 'seed', checksum: 'abc', fqn: ['shop', 'states'] }],
    });

    const { nodes } = readPreviousState({
      sources: {
        'source.shop.clicks': {
          resource_type: 'source',
          name: 'clicks',
          fqn: ['shop', 'ads', 'clicks'],
          schema: 'shop',
          identifier: 'clicks',
          freshness: { warn_after: { count: null, period: null } },
        },
      },
      exposures: {
        'exposure.shop.board': {
          resource_type: 'exposure',
          name: 'board',
          fqn: ['shop', 'board'],
          type: 'dashboard',
          owner: {},
        },
      },
      nodes: {
        'seed.shop.states': {
          resource_type: 'seed',
          name: 'states',
          fqn: ['shop', 'states'],
          checksum: { name: 'sha256', checksum: 'abc' },
        },
      },
    });

    const now = [...manifest.nodes.values()].map(comparableNode);
    expect(
      now.map(({ id, declaration, body }) => [id, declaration, id.startsWith('seed') ? body : '']),
    ).toEqual(
      now.map(({ id }) => [
        id,
        nodes.get(id)?.declaration,
        id.startsWith('seed') ? nodes.get(id)?.body : '',
      ]),
    );
  });

  test('results and freshness are read row by row', () => {
    expect(readPreviousResults({ results: [{ unique_id: 'model.a', status: 'error' }] })).toEqual([
      { id: 'model.a', status: 'error' },
    ]);
    expect(
      readFreshness({
        results: [
          { unique_id: 's', max_loaded_at: '2026-01-01' },
          { unique_id: 't', error: 'x' },
        ],
      }),
    ).toEqual([{ id: 's', maxLoadedAt: '2026-01-01' }, { id: 't' }]);
  });

  test.each([[null], ['text'], [{ nodes: [] }], [{ nodes: { a: 1 }, macros: null }]])(
    'something else (%j) reads as an empty state',
    (value) => {
      expect(readPreviousState(value).nodes.size).toBe(0);
    },
  );
});

test('a source whose check failed in either run is not fresher', async () => {
  const { value: graph } = await buildGraph(
    smallManifest({
      a: [{ resource_type: 'source', source_name: 's' }],
      b: [{ resource_type: 'source', source_name: 's' }],
      c: [{ resource_type: 'source', source_name: 's' }],
    }),
  );

  const { value } = selectNodes(graph, {
    command: 'ls',
    select: ['source_status:fresher'],
    previousFreshness: [
      { id: 'source.shop.a', maxLoadedAt: '2026-01-01T00:00:00Z' },
      { id: 'source.shop.b' },
    ],
    currentFreshness: [
      { id: 'source.shop.a', maxLoadedAt: '2026-01-01T03:00:00+02:00' },
      { id: 'source.shop.b', maxLoadedAt: '2026-01-02T00:00:00Z' },
      { id: 'source.shop.c' },
    ],
  });

  expect([...value.ids]).toEqual(['source.shop.a']);
});

function model(details: Partial<ModelNode>): ModelNode {
  return { ...modelNode('orders'), rawCode: 'select 1', ...details };
}

function column(name: string, dataType: string) {
  return { name, dataType, description: '', meta: {}, tags: [], constraints: [] };
}

function manifestOf(node: ModelNode): Manifest {
  const macro = {
    id: 'macro.shop.money',
    name: 'money',
    packageName: 'shop',
    path: 'macros/money.sql',
    language: 'sql',
    description: '',
    arguments: [],
    meta: {},
    checksum: 'new',
  } as const;
  return {
    ...smallManifest({}),
    nodes: new Map([[node.id, node]]),
    macros: new Map([[macro.id, macro]]),
  };
}

async function selectState(
  check: string,
  manifest: Manifest,
  before: readonly ManifestNode[],
  more: ComparisonInputs = {},
) {
  const state: PreviousState = {
    nodes: new Map(before.map((node) => [node.id, comparableNode(node)])),
    macros: new Map([['macro.shop.money', 'old']]),
  };
  const { value: graph } = await buildGraph(manifest);
  return selectNodes(graph, { command: 'ls', select: [`state:${check}`], state, ...more });
}

/** Every word of `state:` that selects the model, beside `old`. */
async function checksThatFind(now: ModelNode, before: readonly ModelNode[]): Promise<string> {
  const checks = [
    'new',
    'modified',
    'unmodified',
    'modified.body',
    'modified.configs',
    'modified.persisted_descriptions',
    'modified.relation',
    'modified.macros',
    'modified.contract',
  ];
  const found = await Promise.all(
    checks.map(
      async (check) => (await selectState(check, manifestOf(now), before)).value.ids.size > 0,
    ),
  );
  return checks.filter((_, index) => found[index]).join(' ');
}
