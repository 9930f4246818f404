import { describe, expect, test } from 'vitest';
import { analyticsFixture, unreadCases } from '../../support/analytics-fixture.ts';
import { packProject } from '../../support/pack-project.ts';
import type { TestDatabase } from '../../support/server.ts';
import { servers } from '../../support/server.ts';
import type { StagedRow, StagedRows } from '../../support/staged-rows.ts';
import { stagedItem, stagedOrder, stageRows } from '../../support/staged-rows.ts';

const MINUTES = 60_000;
/** What leads to the totals of channels, and the tests of that alone. */
const REPORT = ['--select', '+rpt_attribution_comparison', '--indirect-selection', 'buildable'];
const ORDERED_AT = Date.parse('2025-03-20T12:00:00Z');
const DAY = 86_400_000;

const { examples } = analyticsFixture<{ examples: PathExample[] }>('F1_attribution_paths.json');
const decays = analyticsFixture<{ expected: DecayExample[] }>('F1c_time_decay.json').expected;

/** Channels of the pack, with traffic that its rules read as them, for what the examples call their channels. */
const TRAFFIC: readonly (readonly [channel: string, source: string, medium: string])[] = [
  ['Email', 'newsletter', 'email'],
  ['Organic Search', 'google', 'organic'],
  ['Paid Search', 'google', 'cpc'],
];

describe.each(servers)('paths of the worked examples (F1) on $name', (server) => {
  test.each(examples)(
    '$name',
    async ({ name, paths, expected: { markov, ...models } }) => {
      const database = await server.database();
      const channelOf = channels(name, paths);
      await build(database, pathRows(paths, channelOf));

      const totals = await database.query('select * from rpt_attribution_comparison');
      const weights = await database.query(
        `select c.channel, w.* from int_markov_weights as w
         join dim_channels as c on c.channel_id = w.channel_id`,
      );

      for (const [model, published] of Object.entries(models)) {
        const rows = totals.filter(
          (row) => row['attribution_model'] === model && Number(row['attributed_orders']) > 0,
        );
        const found = new Map(rows.map((row) => [row['channel'], row]));
        expect(found.size, model).toBe(Object.keys(published).length);
        for (const [channel, { conversions, value }] of Object.entries(published)) {
          const row = found.get(channelOf.get(channel)?.[0]) ?? {};
          expect(Number(row['attributed_orders']), `${model} ${channel}`).toBeCloseTo(
            conversions,
            6,
          );
          // Cents, of at most nine orders.
          const difference = Math.abs(Number(row['attributed_revenue']) - value);
          expect(difference, `${model} ${channel}`).toBeLessThan(0.06);
        }
      }
      const found = new Map(weights.map((row) => [row['channel'], row]));
      expect(found.size).toBe(Object.keys(markov.removal_effect).length);
      const revenue = paths.reduce((sum, path) => sum + path.value, 0);
      for (const [channel, effect] of Object.entries(markov.removal_effect)) {
        const row = found.get(channelOf.get(channel)?.[0]) ?? {};
        const [share, orders] = [Number(row['share']), Number(row['base_paths'])];
        expect(row['p_conversion'], channel).toBeCloseTo(markov.p_conversion, 9);
        expect(row['removal_effect'], channel).toBeCloseTo(effect, 9);
        expect(share, channel).toBeCloseTo(markov.share[channel] ?? NaN, 9);
        expect(share * orders).toBeCloseTo(markov.conversions_by_share[channel] ?? NaN, 9);
        expect(share * revenue).toBeCloseTo(markov.value_by_share[channel] ?? NaN, 6);
      }
    },
    10 * MINUTES,
  );

  test(
    'touches lose half of their weight in seven days (F1c)',
    async () => {
      const database = await server.database();
      await build(database, decayRows());

      const rows = await database.query(
        `select o.external_order_id, a.weight from fct_attribution as a
         join fct_orders as o on o.order_id = a.order_id
         where a.attribution_model = 'time_decay' order by a.touch_position`,
      );

      for (const [index, { weights }] of decays.entries()) {
        const found = rows.filter((row) => row['external_order_id'] === `order${index}`);
        expect(found).toHaveLength(weights.length);
        weights.forEach((weight, at) => expect(found[at]?.['weight']).toBeCloseTo(weight, 9));
      }
    },
    10 * MINUTES,
  );

  test('every case of the examples was looked at', () => {
    // What was published are those of the expected values that have a source.
    expect(unreadCases(['examples.0.published', 'published'])).toEqual([]);
  });
});

async function build(database: TestDatabase, rows: StagedRows): Promise<void> {
  const { files, vars } = await stageRows(database, rows);
  using project = packProject(database, { vars: { ...vars, as_of: '2025-06-30' }, files });
  const built = await project.run('build', ...REPORT);
  expect(built.exitCode, built.stderr).toBe(0);
}

/** Each name of an example and its channel: direct visits for `Direct`, and for the A of MAM that plays them. */
function channels(name: string, paths: readonly Path[]) {
  const names = [...new Set(paths.flatMap(({ path }) => path.split(' > ')))];
  const direct = name === 'mam_tests' ? 'A' : 'Direct';
  const others = names.filter((channel) => channel !== direct);
  return new Map<string, readonly [string, string | null, string | null]>([
    [direct, ['Direct', null, null]],
    ...others.map((channel, at) => [channel, TRAFFIC[at] ?? ['', '', '']] as const),
  ]);
}

/** A person for each conversion of a path, and a browser without one for each time that it led to nothing. */
function pathRows(paths: readonly Path[], channelOf: ReturnType<typeof channels>): StagedRows {
  const orders: StagedRow[] = [];
  const sessions: StagedRow[] = [];
  const visit = (browser: string, path: string, order: string | null) => {
    const touches = path.split(' > ');
    touches.forEach((touch, position) => {
      const [, source = null, medium = null] = channelOf.get(touch) ?? [];
      sessions.push({
        ...session(browser, position, ORDERED_AT - (touches.length - position) * DAY),
        source,
        medium,
        transaction_id: position === touches.length - 1 ? order : null,
      });
    });
  };
  for (const [at, { path, conversions, null: nulls, value }] of paths.entries()) {
    for (let copy = 0; copy < conversions; copy += 1) {
      const id = `order${at}_${copy}`;
      orders.push({ external_order_id: id, unit_price: value / conversions });
      visit(`buyer${at}_${copy}`, path, id);
    }
    for (let copy = 0; copy < nulls; copy += 1) visit(`visitor${at}_${copy}`, path, null);
  }
  return { ...ordered(orders), sessions };
}

function decayRows(): StagedRows {
  const sessions = decays.flatMap(({ ages_days }, order) =>
    ages_days.map((age, position) => ({
      ...session(`buyer${order}`, position, ORDERED_AT - age * DAY),
      source: 'newsletter',
      medium: 'email',
      transaction_id: position === 0 ? `order${order}` : null,
    })),
  );
  const orders = decays.map((_, order) => ({ external_order_id: `order${order}`, unit_price: 10 }));
  return { ...ordered(orders), sessions };
}

function session(browser: string, position: number, at: number): StagedRow {
  return {
    origin: 'ga4',
    session_key: `${browser}_${position}`,
    anonymous_id: browser,
    started_at: new Date(at).toISOString().slice(0, 23).replace('T', ' '),
  };
}

/** Orders of one line, each of a person of its own. */
function ordered(orders: readonly StagedRow[]): StagedRows {
  const created = new Date(ORDERED_AT).toISOString().slice(0, 19).replace('T', ' ');
  return {
    orders: orders.map(({ external_order_id = null }) =>
      stagedOrder({ external_order_id, created_at: created }),
    ),
    order_items: orders.map((order) => stagedItem(order)),
  };
}

interface Path {
  readonly path: string;
  readonly conversions: number;
  readonly null: number;
  readonly value: number;
}

type Share = Readonly<Record<string, number>>;

interface PathExample {
  readonly name: string;
  readonly paths: readonly Path[];
  readonly expected: Readonly<
    Record<string, Readonly<Record<string, { conversions: number; value: number }>>>
  > & {
    readonly markov: {
      readonly p_conversion: number;
      readonly removal_effect: Share;
      readonly share: Share;
      readonly conversions_by_share: Share;
      readonly value_by_share: Share;
    };
  };
}

interface DecayExample {
  readonly ages_days: readonly number[];
  readonly weights: readonly number[];
}
