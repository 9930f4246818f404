import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitMetrics } from '../../../../../connectors/simulators/shop/ad-metrics.ts';
import { NO_METRICS } from '../../../../../connectors/simulators/shop/ad-metrics.ts';
import {
  decimal,
  shortDecimal,
  splitWhole,
} from '../../../../../connectors/simulators/shop/money.ts';

test('centavos are written as platforms write them', () => {
  expect([0, 5, 21990, -4300].map(decimal)).toEqual(['0.00', '0.05', '219.90', '-43.00']);
  expect([21990, 4300, 4305].map(shortDecimal)).toEqual(['219.9', '43.0', '43.05']);
});

test('parts add up to the whole and follow their weights', () => {
  fc.assert(
    fc.property(
      fc.nat(1_000_000),
      fc.array(fc.nat(1000), { minLength: 1, maxLength: 12 }),
      (total, weights) => {
        const parts = splitWhole(total, weights);
        const sum = weights.reduce((left, right) => left + right, 0);

        expect(parts.reduce((left, right) => left + right, 0)).toBe(total);
        parts.forEach((part, place) => {
          const fair = sum === 0 ? part : (total * (weights[place] ?? 0)) / sum;
          expect(Math.abs(part - fair)).toBeLessThanOrEqual(1);
        });
      },
    ),
  );
});

test('metrics are split without losing any', () => {
  const parts = splitMetrics({ ...NO_METRICS, spend: 1001, purchases7d: 3 }, [1, 1, 1]);

  expect(parts.map(({ spend }) => spend)).toEqual([334, 333, 334]);
  expect(parts.map(({ purchases7d }) => purchases7d)).toEqual([1, 1, 1]);
});
