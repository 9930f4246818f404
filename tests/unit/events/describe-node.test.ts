import { expect, test } from 'vitest';
import { describeNode } from '../../../cli/events/describe-node.ts';
import { modelNode } from '../../support/model-node.ts';

test('a model is named as people name it, with its version', () => {
  const dim = modelNode('dim', { config: { materialized: 'table' } });

  expect(describeNode(dim)).toMatchObject({ name: 'dim', kind: 'table' });
  expect(describeNode({ ...dim, version: 2 })).toMatchObject({ name: 'dim.v2', kind: 'table' });
});
