import { expect, test } from 'vitest';
import { buildGraph } from '../../../cli/graph/build-graph.ts';
import { selectNodes } from '../../../cli/graph/select-nodes.ts';
import type { ManifestNode } from '../../../cli/manifest/node.ts';
import { smallGraph, smallManifest } from '../../support/small-graph.ts';

const SHOP = {
  orders: [],
  customers: [],
  items: ['orders'],
  revenue: ['items', 'customers'],
  unique_orders: ['orders', { resource_type: 'test' as const, test_name: 'unique' }],
};

test('a node knows its parents and its children, tests included', async () => {
  const graph = await smallGraph(SHOP);

  expect(graph.parents('model.shop.revenue')).toEqual(['model.shop.items', 'model.shop.customers']);
  expect(graph.children('model.shop.orders')).toEqual([
    'model.shop.items',
    'test.shop.unique_orders',
  ]);
  expect(graph.children('model.shop.nobody')).toEqual([]);
  expect(graph.has('model.shop.nobody')).toBe(false);
});

test('ancestors and descendants go as far as asked', async () => {
  const graph = await smallGraph(SHOP);

  expect([...graph.ancestors('model.shop.revenue', 1)].sort()).toEqual([
    'model.shop.customers',
    'model.shop.items',
  ]);
  expect(graph.ancestors('model.shop.revenue').size).toBe(3);
  expect(graph.ancestors('model.shop.revenue', 0).size).toBe(0);
  expect(graph.descendants('model.shop.orders').size).toBe(3);
});

test('a start is among the answers only below another start', async () => {
  const graph = await smallGraph(SHOP);

  expect([...graph.descendants(['model.shop.orders', 'model.shop.items'])]).toContain(
    'model.shop.items',
  );
  expect([...graph.descendants('model.shop.items')]).not.toContain('model.shop.items');
});

test('a parent that the manifest does not hold is left out', async () => {
  const graph = await smallGraph({ orders: ['gone'] });

  expect(graph.parents('model.shop.orders')).toEqual([]);
});

test('the order puts every node after its parents', async () => {
  const graph = await smallGraph({ c: ['b'], b: ['a'], a: [] });

  expect(graph.topologicalOrder()).toEqual(['model.shop.a', 'model.shop.b', 'model.shop.c']);
});

test('a cycle is one error with its whole path and each reference marked', async () => {
  const manifest = smallManifest({ a: ['b'], b: ['c'], c: ['a'], d: ['a'] });
  const nodes = new Map([...manifest.nodes].map(([id, node]) => [id, withReferences(node)]));

  const { value: graph, diagnostics } = await buildGraph({ ...manifest, nodes });

  expect(diagnostics).toMatchObject([
    {
      code: 'CX3001',
      message: '`a → b → c → a` is a cycle',
      labels: [
        { span: { file: 'models/a.sql', start: 20, end: 21 }, text: '`a` refers to `b`' },
        { span: { file: 'models/b.sql', start: 20, end: 21 }, text: '`b` refers to `c`' },
        { span: { file: 'models/c.sql', start: 20, end: 21 }, text: '`c` refers to `a`' },
      ],
    },
  ]);
  expect(graph.descendants('model.shop.a').size).toBe(4);
  expect(graph.topologicalOrder()).toHaveLength(4);
});

test('a model that refers to itself is a cycle', async () => {
  const { diagnostics } = await buildGraph(smallManifest({ a: ['a'] }));

  expect(diagnostics).toMatchObject([{ code: 'CX3001', message: '`a → a` is a cycle' }]);
});

test('every cycle is reported once', async () => {
  const { diagnostics } = await buildGraph(
    smallManifest({ a: ['b'], b: ['a', 'c'], c: ['b'], x: ['y'], y: ['x'] }),
  );

  expect(diagnostics.map(({ message }) => message)).toEqual([
    '`a → b → a` is a cycle',
    '`b → c → b` is a cycle',
    '`x → y → x` is a cycle',
  ]);
});

test('a chain of ten thousand models does not exhaust the stack', async () => {
  const chain = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, at) => [`m${at}`, at === 0 ? [] : [`m${at - 1}`]]),
  );

  const { value: graph, diagnostics } = await buildGraph(smallManifest(chain));

  expect(diagnostics).toEqual([]);
  expect(graph.descendants('model.shop.m0').size).toBe(9_999);
});

test('ten thousand models with thirty thousand tests are linked and selected at once', async () => {
  const models = Array.from({ length: 10_000 }, (_, at) => {
    const parents = [1, 7, 49].filter((step) => step <= at).map((step) => `m${at - step}`);
    return [`m${at}`, parents] as const;
  });
  const tests = Array.from(
    { length: 30_000 },
    (_, at) => [`t${at}`, [`m${at % 10_000}`, { resource_type: 'test' as const }]] as const,
  );
  const manifest = smallManifest(Object.fromEntries([...models, ...tests]));
  const start = performance.now();

  const { value: graph } = await buildGraph(manifest);
  const { value } = selectNodes(graph, { command: 'build', select: ['+m5000+,m*'] });

  expect(value.ids.size).toBeGreaterThan(30_000);
  expect(performance.now() - start).toBeLessThan(5_000);
});

function withReferences(node: ManifestNode): ManifestNode {
  if (node.resourceType !== 'model') return node;
  const refs = node.dependsOn.map((id) => ({
    name: id.split('.').at(-1) ?? '',
    span: { file: node.path, start: 20, end: 21 },
  }));
  return { ...node, refs };
}
