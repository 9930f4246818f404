import { expect, test } from 'vitest';
import { template } from '../../../../../connectors/_template/platform.ts';
import { orders } from '../../../../../connectors/_template/streams/orders.ts';
import { estimateBackfill } from '../../../../../connectors/runner/plan/estimate-backfill.ts';
import type { CallEstimate, PlatformDefinition } from '../../../../../connectors/sdk/definition.ts';

function estimated(estimate: CallEstimate) {
  return estimateBackfill(
    {
      definition: template as PlatformDefinition,
      accounts: [],
      streams: [{ stream: { ...orders, estimate: () => estimate }, pii: 'keep' }],
      startDate: undefined,
      place: { database: '', tablePrefix: '' },
    },
    90,
  );
}

test('a backfill lasts as long as the calls of a minute make it', () => {
  expect(estimated({ calls: 360, perMinute: 180, perDay: 10_000 })).toEqual([
    { stream: 'orders', calls: 360, leastMs: 120_000 },
  ]);
});

test('calls beyond those of a day wait for the next', () => {
  expect(estimated({ calls: 25_000, perMinute: 10_000, perDay: 10_000 })[0]?.leastMs).toBe(
    2 * 86_400_000,
  );
});
