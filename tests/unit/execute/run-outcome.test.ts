import { expect, test } from 'vitest';
import { countStatuses } from '../../../cli/execute/run-outcome.ts';
import type { NodeResult } from '../../../cli/manifest/run-result.ts';

function ended(id: string, status: NodeResult['status']): NodeResult {
  return { id, status, message: '', ms: 0, thread: '', adapterResponse: {} };
}

test('nodes are counted by kind, tests apart, exposures not at all', () => {
  const results = [
    ended('seed.shop.s', 'success'),
    ended('model.shop.a', 'success'),
    ended('model.shop.b', 'success'),
    ended('model.shop.c', 'skipped'),
    ended('test.shop.t', 'fail'),
    ended('exposure.shop.e', 'no-op'),
  ];

  expect(countStatuses(results, new Set(['model.shop.b']))).toEqual({
    nodes: { success: 2, withheld: 1, skipped: 1 },
    kinds: { seed: { success: 1 }, model: { success: 1, withheld: 1, skipped: 1 } },
    tests: { fail: 1 },
    left: 1,
  });
});
