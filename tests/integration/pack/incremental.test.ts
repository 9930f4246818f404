import { describe, expect, test } from 'vitest';
import { randomOf } from '../../../connectors/simulators/random.ts';
import type { LateShop } from '../../support/late-changes.ts';
import { changeLittle, changeLate, LATE_CHANGES, lateShop } from '../../support/late-changes.ts';
import { modelRows } from '../../support/model-rows.ts';
import { packProject } from '../../support/pack-project.ts';
import { rowsWritten } from '../../support/rows-written.ts';
import type { TestDatabase } from '../../support/server.ts';
import { servers } from '../../support/server.ts';
import { restageRows, stageRows } from '../../support/staged-rows.ts';

const MINUTES = 60_000;

/** Builds after one another, the days that count going on, going back and going on again. */
const BUILDS = [
  { asOf: '2025-06-20', syncedAt: '2025-06-20 06:00:00' },
  { asOf: '2025-06-24', syncedAt: '2025-06-25 06:00:00' },
  { asOf: '2025-06-22', syncedAt: '2025-07-06 06:00:00' },
  { asOf: '2025-06-30', syncedAt: '2025-07-07 06:00:00' },
];
const ROUNDS = BUILDS.length - 1;

/** Models that write only what changed, and the most that they write of their rows after one day with little news. */
const SHARES = {
  int_orders: 0.2,
  int_order_items: 0.2,
  int_payments: 0.2,
  fct_orders: 0.4,
  fct_order_items: 0.4,
  fct_payments: 0.4,
  int_ad_spend: 0.1,
  fct_ad_spend: 0.1,
  int_visits: 0.2,
  int_touchpoints: 0.3,
  fct_sessions: 0.3,
  fct_touchpoints: 0.3,
  int_attribution_paths: 0.3,
  fct_attribution: 0.4,
  int_attribution_days: 0.9,
};

describe.each(servers)('incremental builds of the pack on $name', (server) => {
  test(
    'give what a full refresh gives after any late changes, and write few rows',
    async () => {
      const random = randomOf(1);
      let shop = lateShop(random);
      const grown = await server.database();
      const whole = await server.database();
      const { files, vars } = await stageRows(grown, shop.rows, 'shopify');
      const optionsOf = (asOf: string) => ({
        vars: { ...vars, as_of: asOf },
        files: { ...files, ...rates(shop) },
      });

      for (const [round, { asOf, syncedAt }] of BUILDS.entries()) {
        const kinds = LATE_CHANGES.filter((_change, index) => index % ROUNDS === round - 1);
        if (round > 0) shop = changeLate(shop, kinds, random, syncedAt);
        await restageRows(grown, shop.rows);
        await build(grown, optionsOf(asOf));
        await build(whole, optionsOf(asOf), '--full-refresh');

        if (asOf < (BUILDS[round - 1]?.asOf ?? '')) {
          const fresh = await server.database();
          await build(fresh, optionsOf(asOf));
          expect(withoutMemory(await modelRows(whole))).toEqual(
            withoutMemory(await modelRows(fresh)),
          );
        }
        const [found, expected] = [await modelRows(grown), await modelRows(whole)];
        expect(Object.keys(found)).toEqual(Object.keys(expected));
        for (const [model, rows] of Object.entries(expected))
          expect(found[model], `${model} of build ${round}`).toEqual(rows);
      }

      shop = changeLittle(shop, '2025-07-08 06:00:00');
      await restageRows(grown, shop.rows);
      const written = await build(grown, optionsOf('2025-06-30'));
      const rows = await modelRows(grown);
      for (const [model, share] of Object.entries(SHARES)) {
        const all = rows[model]?.length ?? 0;
        expect(written[model], `${model} of ${all} rows`).toBeGreaterThan(0);
        expect(written[model], `${model} of ${all} rows`).toBeLessThan(share * all);
      }
    },
    10 * MINUTES,
  );
});

/** All but what tells of the builds before, which no full refresh makes anew. */
function withoutMemory(rows: Awaited<ReturnType<typeof modelRows>>) {
  const memory = [
    'int_person_keys',
    'customer_key_history',
    'int_inventory_history',
    'fct_inventory_daily',
  ];
  return Object.fromEntries(Object.entries(rows).filter(([name]) => !memory.includes(name)));
}

/** Builds all models. Gives the rows that each wrote. */
async function build(
  database: TestDatabase,
  options: Parameters<typeof packProject>[1],
  ...flags: string[]
): Promise<Readonly<Record<string, number>>> {
  using project = packProject(database, options);
  const seeded = await project.run('seed');
  expect(seeded.exitCode, seeded.stderr).toBe(0);
  const built = await project.run('run', ...flags);
  expect(built.exitCode, built.stdout + built.stderr).toBe(0);
  return rowsWritten(project.directory);
}

function rates({ dollar }: LateShop): Readonly<Record<string, string>> {
  const lines = Array.from({ length: 14 }, (_, week) => {
    const day = new Date(Date.UTC(2025, 3, 28) + week * 5 * 86_400_000).toISOString().slice(0, 10);
    return `${day},USD,${dollar}`;
  });
  return { 'seeds/fx_rates.csv': ['rate_date,currency,rate', ...lines, ''].join('\n') };
}
