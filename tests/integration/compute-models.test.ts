import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fitBgNbd } from '../../models/_compute/bg-nbd-fit.ts';
import { BgNbd } from '../../models/_compute/bg-nbd.ts';
import { expectedValue } from '../../models/_compute/gamma-gamma.ts';
import { lifetimeValue } from '../../models/_compute/lifetime-value.ts';
import { PurchaseSummaries } from '../../models/_compute/purchase-summaries.ts';
import { gammaNumber, randomNumbers, simulatedCustomers } from '../support/purchase-simulator.ts';
import { serverProject } from '../support/server-project.ts';
import { servers } from '../support/server.ts';

const root = new URL('../../', import.meta.url);

/** Models of the pack, and what they share, as a project holds them. */
function packModels(...paths: readonly string[]): Readonly<Record<string, string>> {
  const shared = readdirSync(new URL('models/_compute/', root)).map(
    (name) => `models/_compute/${name}`,
  );
  return Object.fromEntries(
    [...shared, ...paths].map((path) => [path, readFileSync(new URL(path, root), 'utf8')]),
  );
}

/** A seed, with the types of its columns. */
function seed(
  name: string,
  types: Readonly<Record<string, string>>,
  rows: readonly (readonly unknown[])[],
) {
  const lines = [Object.keys(types), ...rows].map((row) => row.join(','));
  return {
    [`seeds/${name}.csv`]: `${lines.join('\n')}\n`,
    [`seeds/_${name}.yml`]: JSON.stringify({ seeds: [{ name, config: { column_types: types } }] }),
  };
}

describe.each(servers)('on $name', (server) => {
  test('the identities of the worked example', async () => {
    const read = (name: string) =>
      readFileSync(new URL(`tests/fixtures/analytics/${name}`, root), 'utf8');
    const { expected } = JSON.parse(read('F12_identity.json')) as {
      expected: {
        clusters: Record<string, string>;
        normalised: Record<string, Record<string, string | null>>;
      };
    };
    const edges = Object.entries(expected.normalised).flatMap(([record, known]) => [
      [record, 'none', ''],
      ...Object.entries(known).flatMap(([kind, value]) =>
        value === null ? [] : [[record, kind, value]],
      ),
    ]);
    const accounts = read('F12_identity_input.csv')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(','));
    for (const [record, source, store, account] of accounts)
      if (account !== '') edges.push([record ?? '', 'platform', `${source}|${store}|${account}`]);
    const database = await server.database();
    const { run } = serverProject(database, {
      ...packModels('models/identity/int_identity.ts'),
      ...seed(
        'int_identity_edges',
        { record_key: 'varchar(191)', identifier_kind: 'varchar(20)', identifier: 'varchar(255)' },
        edges,
      ),
    });

    const built = await run('build');

    expect(built.exitCode, built.stderr).toBe(0);
    const found = await database.query('select * from int_identity order by record_key');
    expect(Object.fromEntries(found.map((row) => [row['record_key'], row['person_key']]))).toEqual(
      expected.clusters,
    );
    expect(found.find((row) => row['record_key'] === 'R0005')?.['person_records']).toBe(3);
  });

  test('the removal effects of a published example, with paths told apart by how they end', async () => {
    // Puzyrov 2019: 1 is google ads, 2 is mailing. Path 3 of those that convert is not path 3 of those that do not.
    const touches = [
      [1, 1, 1, 1],
      [2, 1, 1, 1],
      [3, 1, 2, 1],
      [4, 2, 2, 1],
      [4, 1, 1, 1],
      [3, 1, 1, 0],
    ];
    const types = {
      path_key: 'bigint',
      touch_position: 'int',
      channel_id: 'bigint',
      is_conversion: 'tinyint(1)',
    };
    const database = await server.database();
    const { run } = serverProject(database, {
      ...packModels('models/attribution/int_markov_weights.ts'),
      ...seed('int_attribution_paths', types, touches),
    });

    const built = await run(
      'build',
      '--vars',
      '{ attribution_lookback_days: 30, markov_min_paths: 4 }',
    );

    expect(built.exitCode, built.stderr).toBe(0);
    const found = await database.query('select * from int_markov_weights order by channel_id');
    const shared = { p_conversion: 0.8, base_paths: '4', null_paths: '1', lookback_days: 30 };
    expect(found).toEqual([
      {
        channel_id: '1',
        removal_effect: expect.closeTo(0.75, 12),
        share: expect.closeTo(0.6, 12),
        channel_paths: '4',
        is_reliable: 1,
        ...shared,
        p_conversion: expect.closeTo(0.8, 12),
      },
      {
        channel_id: '2',
        removal_effect: expect.closeTo(0.5, 12),
        share: expect.closeTo(0.4, 12),
        channel_paths: '2',
        is_reliable: 0,
        ...shared,
        p_conversion: expect.closeTo(0.8, 12),
      },
    ]);
  });

  const LTV = [
    'models/customers/model_params.ts',
    'models/customers/mart_customer_ltv_predicted.ts',
  ];
  const PURCHASES = {
    customer_id: 'bigint',
    repeat_purchase_days: 'int',
    last_purchase_age_days: 'int',
    customer_age_days: 'int',
    mean_repeat_value: 'decimal(18,2)',
  };

  /** Customers in whole days, with a mean value for those who bought again. */
  function purchases(customers: number): (number | string)[][] {
    const random = randomNumbers(5);
    const made = simulatedCustomers(
      { r: 0.6, alpha: 40, a: 0.8, b: 2.4 },
      { customers, longest: 700, random },
    );
    return [...made].map(({ frequency, recency, age }, id) => {
      const value =
        (30 * gammaNumber(6 * frequency + 1, random)) / (frequency * gammaNumber(4, random));
      const last = frequency === 0 ? 0 : Math.max(1, Math.floor(recency));
      return [
        id + 1,
        frequency,
        last,
        Math.max(last, Math.floor(age)),
        frequency === 0 ? '' : value.toFixed(2),
      ];
    });
  }

  test('lifetime value is fitted and predicted, and twice the same to the byte', async () => {
    const rows = purchases(1500);
    const database = await server.database();
    const { run } = serverProject(database, {
      ...packModels(...LTV),
      ...seed('int_customer_purchases', PURCHASES, rows),
    });
    const summaries = new PurchaseSummaries();
    for (const [, frequency, recency, age] of rows)
      summaries.add({ frequency: Number(frequency), recency: Number(recency), age: Number(age) });
    const fit = fitBgNbd(summaries);
    const model = new BgNbd(fit);

    const built = await run('build', '--vars', '{ as_of: "2026-01-31" }');
    expect(built.exitCode, built.stderr).toBe(0);
    const read = async () => [
      await database.query('select * from model_params'),
      await database.query('select * from mart_customer_ltv_predicted order by customer_id'),
    ];
    const [parameters = [], predicted = []] = await read();

    expect(parameters).toMatchObject([
      {
        is_fitted: 1,
        is_converged: 1,
        is_degenerate: 0,
        customers: '1500',
        fitted_as_of: '2026-01-31',
        bgnbd_r: expect.closeTo(fit.r, 9),
        bgnbd_alpha: expect.closeTo(fit.alpha, 7),
      },
    ]);
    expect(predicted).toHaveLength(1500);
    const [{ gamma_p: p, gamma_q: q, gamma_v: v } = {}] = parameters;
    const worth = { p: Number(p), q: Number(q), v: Number(v) };
    for (const [at, [, frequency, recency, age, mean]] of rows.entries()) {
      const customer = { frequency: Number(frequency), recency: Number(recency), age: Number(age) };
      expect(predicted[at]?.['expected_orders_365d']).toBeCloseTo(
        model.expectedPurchases(customer, 365),
        7,
      );
      const value = expectedValue(worth, customer.frequency, Number(mean));
      const expected = (days: number) => model.expectedPurchases(customer, days);
      const year = { periods: 12, length: 30, discount: 0.01 };
      const worthOfYear = lifetimeValue(expected, value, year);
      expect(Math.abs(Number(predicted[at]?.['predicted_ltv_365d']) - worthOfYear)).toBeLessThan(
        0.006,
      );
    }
    expect((await run('build', '--vars', '{ as_of: "2026-01-31" }')).exitCode).toBe(0);
    expect(await read()).toEqual([parameters, predicted]);
  });

  test('too few customers are not fitted, and the reason is given', async () => {
    const database = await server.database();
    const { run } = serverProject(database, {
      ...packModels(...LTV),
      ...seed('int_customer_purchases', PURCHASES, purchases(50)),
    });

    const built = await run('build');

    expect(built.exitCode, built.stderr).toBe(0);
    expect(await database.query('select is_fitted, bgnbd_r, reason from model_params')).toEqual([
      {
        is_fitted: 0,
        bgnbd_r: null,
        reason: 'fewer than 100 customers bought again for a positive value',
      },
    ]);
    expect(
      await database.query(
        'select count(*) as n, count(p_alive) as predicted from mart_customer_ltv_predicted',
      ),
    ).toEqual([{ n: '50', predicted: '0' }]);
  });
});
