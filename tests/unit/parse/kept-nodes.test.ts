import { expect, test } from 'vitest';
import { nodesOfType } from '../../../cli/manifest/nodes-of-type.ts';
import type { ManifestNode } from '../../../cli/manifest/node.ts';
import { KeptNodes, nodeTexts } from '../../../cli/parse/kept-nodes.ts';
import { smallManifest } from '../../support/small-graph.ts';

const { nodes } = smallManifest({
  pedidos: [],
  preços: ['pedidos', { tags: ['diário'] }],
  unique_pedidos: ['pedidos', { resource_type: 'test', test_name: 'unique' }],
});

const { index, texts } = nodeTexts(nodes);
const text = texts.join('\n');

function kept(...newer: readonly ManifestNode[]): KeptNodes {
  return new KeptNodes(index, Buffer.from(text), newer);
}

test('kept nodes are those that were written, in their order', () => {
  expect([...kept()]).toEqual([...nodes]);
  expect([...kept().values()]).toEqual([...nodes.values()]);
  expect([...kept().keys()]).toEqual([...nodes.keys()]);
  expect(kept().size).toBe(3);
  expect(kept().get('model.shop.preços')).toEqual(nodes.get('model.shop.preços'));
  expect(kept().get('model.shop.nobody')).toBeUndefined();
});

test('a newer node stands in the place of a kept one', () => {
  const before = nodes.get('model.shop.pedidos');
  if (before === undefined) throw new Error('no such model');
  const newer = { ...before, checksum: 'another' };

  expect(kept(newer).get(newer.id)).toBe(newer);
  expect([...kept().with([newer]).values()][0]).toBe(newer);
});

test('texts that were cut are not whole', () => {
  expect(KeptNodes.isWhole(index, Buffer.from(text))).toBe(true);
  expect(KeptNodes.isWhole(index, Buffer.from(text.slice(0, -1)))).toBe(false);
  expect(KeptNodes.isWhole(nodeTexts(new Map()).index, Buffer.from(''))).toBe(true);
});

test('asking for the nodes of a type reads no others', () => {
  const unreadable = text.replace(/\{"id":"test\..*/, (test) => '#'.repeat(test.length));
  const partly = new KeptNodes(index, Buffer.from(unreadable), []);

  expect(nodesOfType(partly, 'model').map(({ name }) => name)).toEqual(['pedidos', 'preços']);
  expect(() => nodesOfType(partly, 'test')).toThrow(SyntaxError);
});
