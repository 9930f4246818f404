import { describe, expect, test } from 'vitest';
import type { Random } from '../../../connectors/simulators/random.ts';
import { randomOf } from '../../../connectors/simulators/random.ts';
import { literal } from '../../../cli/sql/literal.ts';
import { emptyRawTables } from '../../support/empty-raw-tables.ts';
import { packProject } from '../../support/pack-project.ts';
import { rowsWritten } from '../../support/rows-written.ts';
import type { TestDatabase } from '../../support/server.ts';
import { servers } from '../../support/server.ts';

const MINUTES = 60_000;
const VISITS = 'int_visits';
const NO_SHOP = { ecommerce: [], ads: ['google_ads'], analytics: [], sessions: ['ga4'] };
const SYNCED = ['2025-06-20 06:00:00', '2025-06-21 06:00:00', '2025-06-20 05:00:00.5'];

interface Event {
  readonly browser: string;
  readonly session: number;
  /** Seconds after the session began. */
  readonly second: number;
  readonly source: string;
  readonly synced_at: string;
}

/** The campaign of a browser's click, where Google Ads tells it. */
type Clicks = Readonly<Record<string, number>>;

describe.each(servers)('incremental builds of visits that GA4 saw on $name', (server) => {
  test(
    'give what a full refresh gives after events and clicks came late, vanished and were restated',
    async () => {
      const random = randomOf(7);
      const grown = await server.database();
      const whole = await server.database();
      for (const database of [grown, whole]) await emptyRawTables(database, ['ga4', 'google_ads']);
      let events = Array.from({ length: 60 }, () => event(random, '2025-06-19 06:00:00'));

      for (const [round, syncedAt] of ['2025-06-19 06:00:00', ...SYNCED].entries()) {
        if (round > 0) events = restate(events, random, syncedAt);
        const clicks = clicksOf(random);
        for (const database of [grown, whole]) {
          await land(database, events);
          await landClicks(database, clicks);
        }
        const written = await buildVisits(grown);
        await buildVisits(whole, '--full-refresh');

        const found = await visits(grown);
        expect(found, `build ${round}`).toEqual(await visits(whole));
        expect(await landingPages(grown), `build ${round}`).toEqual(firstPages(events));
        if (round > 0) expect(written).toBeLessThan(found.length);
      }
    },
    2 * MINUTES,
  );
});

/** Some events vanish, some are restated, some come late; the third read began before the second and landed after it. */
function restate(events: readonly Event[], random: Random, syncedAt: string): Event[] {
  const kept = events.filter(() => random.whole(0, 9) > 0);
  const changed = kept.map((one) =>
    random.whole(0, 9) > 0
      ? one
      : { ...one, source: `source${random.whole(0, 99)}`, synced_at: syncedAt },
  );
  return [...changed, ...Array.from({ length: 3 }, () => event(random, syncedAt))];
}

function event(random: Random, syncedAt: string): Event {
  return {
    browser: `b${random.whole(0, 9)}`,
    session: 1_750_000_000 + random.whole(0, 2) * 3600,
    second: random.whole(0, 1_000_000),
    source: `source${random.whole(0, 99)}`,
    synced_at: syncedAt,
  };
}

/** Half of the browsers came by a click; each has one of three campaigns, or one that Google does not tell yet. */
function clicksOf(random: Random): Clicks {
  const browsers = Array.from({ length: 5 }, (_, index) => `b${index}`);
  const known = browsers.filter(() => random.whole(0, 3) > 0);
  return Object.fromEntries(known.map((browser) => [browser, random.whole(1, 3)]));
}

async function landClicks(database: TestDatabase, clicks: Clicks): Promise<void> {
  await database.query('delete from raw_google_ads_clicks');
  for (const [browser, campaign] of Object.entries(clicks)) {
    await database.query(
      `insert into raw_google_ads_clicks (_account_id, _key, gclid, date, campaign_id, _synced_at, _record, _record_hash)
       values ('77', ${literal(browser)}, ${literal(`click-${browser}`)}, date('2025-06-15'), ${campaign},
         '2025-06-20 06:00:00', '{}', 'x')`,
    );
  }
}

async function land(database: TestDatabase, events: readonly Event[]): Promise<void> {
  await database.query('delete from raw_ga4_events');
  const rows = events.map(({ browser, session, second, source, synced_at }) => {
    const at = session * 1_000_000 + second;
    const cells = [
      '123',
      `${browser}-${at}`,
      at,
      browser,
      session,
      source,
      synced_at,
      pageOf(second),
      browser < 'b5' ? `click-${browser}` : null,
    ];
    return `(${cells.map(literal).join(', ')}, from_unixtime(${session} + ${second} / 1000000), date('2025-06-15'), 'view', 0, 0, 0, '{}', 'x')`;
  });
  await database.query(
    `insert into raw_ga4_events (_account_id, _key, event_timestamp, user_pseudo_id, ga_session_id, session_source,
       _synced_at, page_location, gclid, event_at, event_date, event_name, batch_page_id, batch_ordering_id, batch_event_index, _record, _record_hash)
     values ${rows.join(', ')}`,
  );
}

function pageOf(second: number): string {
  return `https://loja.example.com/p/${second}`;
}

/** The page of the first event of every session, by session. */
function firstPages(events: readonly Event[]): Readonly<Record<string, string>> {
  const latestFirst = events.toSorted((one, other) => other.second - one.second);
  return Object.fromEntries(
    latestFirst.map(({ browser, session, second }) => [
      `123.${browser}.${session}`,
      pageOf(second),
    ]),
  );
}

async function landingPages(database: TestDatabase): Promise<Readonly<Record<string, unknown>>> {
  const rows = await database.query(`select visit_key, landing_page from ${VISITS}`);
  return Object.fromEntries(rows.map((row) => [row['visit_key'], row['landing_page']]));
}

async function buildVisits(database: TestDatabase, ...flags: string[]): Promise<number> {
  using project = packProject(database, { vars: { ...NO_SHOP, as_of: '2025-06-30' } });
  const seeded = await project.run('seed');
  expect(seeded.exitCode, seeded.stderr).toBe(0);
  const built = await project.run('run', '--select', `+${VISITS}`, ...flags);
  expect(built.exitCode, built.stdout + built.stderr).toBe(0);
  return rowsWritten(project.directory)[VISITS] ?? 0;
}

async function visits(database: TestDatabase): Promise<readonly string[]> {
  const rows = await database.query(`select * from ${VISITS}`);
  return rows.map((row) => JSON.stringify(row)).toSorted();
}
