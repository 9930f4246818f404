import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MarkovChain } from '../../../models/_compute/markov.ts';
import { solve } from '../../../models/_compute/linear-system.ts';

const folder = new URL('../../fixtures/analytics/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8');

interface PathExample {
  readonly name: string;
  readonly paths: readonly { path: string; conversions: number; null: number }[];
  readonly expected: {
    readonly markov: {
      readonly p_conversion: number;
      readonly removal_effect: Readonly<Record<string, number>>;
      readonly share: Readonly<Record<string, number>>;
    };
  };
}

const { examples } = JSON.parse(read('F1_attribution_paths.json')) as { examples: PathExample[] };

describe('published and edge examples', () => {
  test.each(examples)('$name', ({ paths, expected: { markov } }) => {
    const chain = new MarkovChain();
    for (const { path, conversions, null: nulls } of paths) {
      chain.add(path.split(' > '), true, conversions);
      chain.add(path.split(' > '), false, nulls);
    }
    const { channels, conversionProbability } = chain.weights();

    expect(conversionProbability).toBeCloseTo(markov.p_conversion, 12);
    expect(channels.map(({ channel }) => channel).toSorted()).toEqual(
      Object.keys(markov.removal_effect).toSorted(),
    );
    for (const { channel, removalEffect, share } of channels) {
      expect(removalEffect).toBeCloseTo(markov.removal_effect[channel] ?? NaN, 12);
      expect(share).toBeCloseTo(markov.share[channel] ?? NaN, 12);
    }
  });
});

/** Rows of a CSV without quotes. */
function rows(name: string): Readonly<Record<string, string>>[] {
  const [head = '', ...lines] = read(name).trim().split('\n');
  const names = head.split(',');
  return lines.map((line) =>
    Object.fromEntries(line.split(',').map((value, at) => [names[at] ?? '', value])),
  );
}

test('fifty orders and their touches give the removal effects of the worked example', () => {
  const days = 30 * 86_400_000;
  const at = (text = '') => Date.parse(`${text.replace(' ', 'T')}Z`);
  const orders = rows('F2_input/orders.csv').filter(({ status }) =>
    /^(paid|refunded|partially_refunded)$/.test(status ?? ''),
  );
  const touches = rows('F2_input/touchpoints.csv').toSorted((a, b) =>
    `${a['occurred_at_utc']}${a['touchpoint_id']}` < `${b['occurred_at_utc']}${b['touchpoint_id']}`
      ? -1
      : 1,
  );
  const chain = new MarkovChain();
  const pathOf = (customer: string | undefined, isIn: (time: number) => boolean) =>
    touches
      .filter((touch) => touch['customer_key'] === customer && isIn(at(touch['occurred_at_utc'])))
      .map(({ channel }) => channel ?? '');
  const lastOrder = new Map<string | undefined, number>();
  for (const order of orders) {
    const ordered = at(order['ordered_at_utc']);
    chain.add(
      pathOf(order['customer_key'], (time) => time >= ordered - days && time <= ordered),
      true,
    );
    lastOrder.set(
      order['customer_key'],
      Math.max(ordered, lastOrder.get(order['customer_key']) ?? 0),
    );
  }
  for (const customer of new Set(touches.map((touch) => touch['customer_key'])))
    chain.add(
      pathOf(customer, (time) => time > (lastOrder.get(customer) ?? -Infinity)),
      false,
    );

  const { expected } = JSON.parse(read('F2_attribution_orders.json')) as {
    expected: {
      attribution: {
        no_reset: {
          markov: {
            converting_paths: number;
            null_paths: number;
            p_conversion: number;
            removal_effect: Record<string, number>;
          };
        };
      };
    };
  };
  const { markov } = expected.attribution.no_reset;
  const weights = chain.weights();
  expect([weights.convertingPaths, weights.nullPaths]).toEqual([
    markov.converting_paths,
    markov.null_paths,
  ]);
  expect(weights.conversionProbability).toBeCloseTo(markov.p_conversion, 12);
  for (const { channel, removalEffect } of weights.channels)
    expect(removalEffect).toBeCloseTo(markov.removal_effect[channel] ?? NaN, 11);
});

const paths = fc.array(
  fc.record({
    path: fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1, maxLength: 6 }),
    isConversion: fc.boolean(),
    times: fc.integer({ min: 1, max: 9 }),
  }),
  { minLength: 1, maxLength: 12 },
);

test('the chain converts exactly the part of the paths that convert', () => {
  fc.assert(
    fc.property(paths, (all) => {
      const chain = new MarkovChain();
      for (const { path, isConversion, times } of all) chain.add(path, isConversion, times);
      const { convertingPaths, nullPaths, conversionProbability, channels } = chain.weights();

      expect(conversionProbability).toBeCloseTo(
        convertingPaths / (convertingPaths + nullPaths),
        10,
      );
      const shares = channels.reduce((sum, { share }) => sum + share, 0);
      expect(shares).toBeCloseTo(convertingPaths === 0 ? 0 : 1, 10);
      for (const { removalEffect } of channels) {
        expect(removalEffect).toBeGreaterThanOrEqual(0);
        expect(removalEffect).toBeLessThanOrEqual(1 + 1e-12);
      }
    }),
  );
});

test('repeating a touch at once changes no removal effect, and paths count like their copies', () => {
  fc.assert(
    fc.property(paths, (all) => {
      const [plain, doubled, copied] = [new MarkovChain(), new MarkovChain(), new MarkovChain()];
      for (const { path, isConversion, times } of all) {
        plain.add(path, isConversion, times);
        doubled.add(
          path.flatMap((channel) => [channel, channel]),
          isConversion,
          times,
        );
        for (let copy = 0; copy < times; copy += 1) copied.add(path, isConversion);
      }
      const effects = (chain: MarkovChain) =>
        chain.weights().channels.map(({ removalEffect }) => removalEffect);
      expect(effects(copied)).toEqual(effects(plain));
      for (const [at, effect] of effects(doubled).entries())
        expect(effect).toBeCloseTo(effects(plain)[at] ?? NaN, 9);
    }),
  );
});

test('no path at all gives no channel', () => {
  expect(new MarkovChain().weights()).toEqual({
    channels: [],
    conversionProbability: 0,
    convertingPaths: 0,
    nullPaths: 0,
  });
});

test('a linear system is solved through a zero pivot, and a singular one is refused', () => {
  expect(
    solve(
      [
        [0, 2],
        [4, 1],
      ],
      [6, 11],
    ),
  ).toEqual([2, 3]);
  expect(() =>
    solve(
      [
        [1, 2],
        [2, 4],
      ],
      [1, 2],
    ),
  ).toThrow(RangeError);
});
