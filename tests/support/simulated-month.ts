import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { AlertMessage } from '../../cli/commands/alerts/message.ts';
import { addDays } from '../../connectors/runner/plan/calendar.ts';
import type { Fault } from '../../connectors/simulators/faults.ts';
import { faultsOf, placedFaults, seededFaults } from '../../connectors/simulators/faults.ts';
import { manualClock } from '../../connectors/simulators/simulated-clock.ts';
import { isOrdinaryEnd } from '../../tracking/outbox/ordinary-ends.ts';
import { answeringServer, json } from './answering-server.ts';
import { generatedShop } from './generated-shop.ts';
import { jumpingClock } from './jumping-clock.ts';
import { modelRows } from './model-rows.ts';
import { packProject } from './pack-project.ts';
import { filesWith, tablesWith } from './person-search.ts';
import { rawDump } from './raw-dump.ts';
import type { TestDatabase, TestServer } from './server.ts';
import { SMALL_DESTINATIONS } from './small-destinations.ts';
import { FAULTS } from './sync-laws.ts';

/** What happens on which morning, counted from 0. */
export interface MonthPlan {
  readonly mornings: number;
  /** Days of the shop before the first morning, which it reads at once. */
  readonly before: number;
  /** Of all shops, in all days. */
  readonly orders: number;
  /** After the pipeline of this morning a customer is erased. */
  readonly erased: number;
  /** From this morning on Meta refuses the token; on the other one there is a new one. */
  readonly revoked: number;
  readonly renewed: number;
  /** On this morning Nuvemshop writes totals of orders in another shape; on the next one as it used to. */
  readonly changed: number;
  /** On this morning no pipeline runs. */
  readonly missed: number;
  readonly minutes: number;
}

const FIRST_MORNING = '2026-10-01';
/** Six in the morning of the shop. */
const SHOP_HOUR = '09:00:00Z';
/** A sync leaves out the last minutes, which the platforms' indexes lag behind. */
const LATER_MS = 1_800_000;
const NEW_TOKEN = 'renewed-token-0123456789';

const DESTINATION_FAULTS: readonly Fault[] = [
  { kind: 'rate_limited' },
  { kind: 'server_error' },
  { kind: 'unavailable' },
  { kind: 'reset', isCarriedOut: true },
];
const CHANGED_TOTAL: Fault = { kind: 'changed_shape', field: 'total', to: 'object' };

/** What a new database cannot know: how things stood on the mornings before. */
const HISTORY = [
  'customer_key_history',
  'fct_inventory_daily',
  'int_inventory_history',
  'int_person_keys',
  'mart_inventory_health',
];
/** What Nuvemshop and Tray forget after 30 days, and what is made of it: a new database has the newest alone. */
const FORGOTTEN: ReadonlySet<string> = new Set([
  'raw_nuvemshop_abandoned_checkouts',
  'raw_nuvemshop_abandoned_checkout_lines',
  'stg_nuvemshop__abandoned_checkouts',
  'raw_tray_carts',
  'stg_tray__abandoned_checkouts',
  'fct_abandoned_checkouts',
]);
/** Columns that say when a row was read. */
const READ_AT = /"(?:synced_at|version)":(?:"[^"]*"|null),?/g;
/** What ad platforms call today what had another name on the day that a row is about, and the record that holds it. */
const NAMES =
  /"(?:campaign_name|adset_name|adgroup_name|ad_name|_record|_record_hash)":(?:"(?:[^"\\]|\\.)*"|null),?/g;
const AD_PLATFORMS = ['meta_ads', 'google_ads', 'tiktok_ads'];

/**
 * A client's days, as the client has them: `cortex run-pipeline daily` each morning over seven platforms that fail now
 * and then, with what goes wrong in a month.
 */
export function simulatedMonth(servers: readonly TestServer[], plan: MonthPlan): void {
  test.each(servers)(
    'the days of a client end with the tables of a clean rebuild, and with every alert once: $name',
    { timeout: plan.minutes * 60_000 },
    async (server) => {
      await using client = await startClient(await server.database(), plan);
      const { own, project } = client;

      let person: Person | undefined;
      for (let morning = 0; morning < plan.mornings; morning += 1) {
        await client.live(morning);
        if (morning === plan.erased) person = await client.erase();
      }

      await client.expectConversions();
      expect(client.told()).toEqual(expectedAlerts(plan));
      await client.buildAll();
      const lived = await modelRows(own);
      const rebuilt = await project.run('build', '--full-refresh');
      expect(rebuilt.exitCode, rebuilt.stderr).toBe(0);
      expect(differences(lived, await modelRows(own))).toEqual([]);
      await client.expectCleanRebuild(await server.database());
      const texts = person?.texts ?? expect.fail('nobody was erased');
      expect(await tablesWith(own, texts)).toEqual([]);
      expect(filesWith(project.directory, texts)).toEqual([]);
      expect(client.hook.requests.filter(({ body }) => holdsOne(body, texts))).toEqual([]);
      client.expectWorked();
    },
  );
}

interface Person {
  /** Address, number, document and their hashes. */
  readonly texts: readonly string[];
}

type ModelRows = Awaited<ReturnType<typeof modelRows>>;

async function startClient(own: TestDatabase, plan: MonthPlan) {
  const shopClock = manualClock(instantOf(0));
  const clock = jumpingClock(new Date(instantOf(0) + LATER_MS).toISOString());
  const startDate = addDays(FIRST_MORNING, -plan.before);
  const days = plan.before + plan.mornings;
  const shop = await generatedShop({ orders: plan.orders, days, startDate, clock, shopClock });
  const hook = await answeringServer(json(200, {}));
  const destinations = await Promise.all(
    SMALL_DESTINATIONS.map(async ({ name, settings, start }) => {
      const simulator = await start(clock);
      return { name, simulator, settings: { ...settings, origin: simulator.origin } };
    }),
  );
  const environment: Record<string, string> = {
    CORTEX_PRIVACY_SECRET: 'privacy-secret-of-a-month-0123456789',
    META_TOKEN: 'simulated-token',
  };
  const { meta_ads: metaAds = expect.fail(), ...others } = shop.settings.connectors;
  const accounts = metaAds.accounts.map((one) => ({ ...one, access_token: '${META_TOKEN}' }));
  const projectIn = (database: TestDatabase) =>
    packProject(database, {
      clock,
      environment,
      settings: {
        connectors: { ...others, meta_ads: { ...metaAds, accounts } },
        alerts: alertSettings(hook.origin),
        conversions: {
          identity: `${database.name}_restricted.customer_identity`,
          destinations: Object.fromEntries(
            destinations.map(({ name, settings }) => [name, settings]),
          ),
        },
      },
    });
  const project = projectIn(own);
  const meta = shop.simulators.get('meta_ads') ?? expect.fail('no Meta');
  let lastGood = -1;
  return {
    own,
    hook,
    project,

    /** What happens on a morning, and the pipeline. */
    async live(morning: number): Promise<void> {
      shopClock.moveTo(instantOf(morning));
      clock.advance(Math.max(0, instantOf(morning) + LATER_MS - clock.now()));
      if (morning === plan.missed) return;
      // What nobody answered is sent again on the next morning, which must take it: an id is known for 48 hours.
      const isQuiet =
        morning % 2 === 1 || [plan.changed, plan.missed, plan.mornings].includes(morning + 1);
      const changed = morning === plan.changed ? [CHANGED_TOTAL] : [];
      for (const [index, [name, simulator]] of [...shop.simulators].entries()) {
        const places = name === 'nuvemshop' ? changed : [];
        const bent = places.map((fault) => ({ fault, path: /\/orders$/, times: Infinity }));
        const seed = 100 * morning + index;
        const faults = seededFaults({ seed, rate: 0.02, faults: FAULTS });
        simulator.setFaults(faultsOf(placedFaults(bent), faults));
      }
      for (const [index, { simulator }] of destinations.entries()) {
        const seed = 100 * morning + 50 + index;
        const faults = seededFaults({ seed, rate: 0.2, faults: DESTINATION_FAULTS });
        simulator.setFaults(isQuiet ? undefined : faults);
      }
      if (morning === plan.revoked) meta.tokens.revokeAll();
      if (morning === plan.renewed) {
        meta.tokens.accept(NEW_TOKEN);
        environment['META_TOKEN'] = NEW_TOKEN;
      }
      if (morning === plan.changed + 1) {
        // All of them: what had to be read again on that morning may be as old as the look-back.
        const since = addDays(FIRST_MORNING, -plan.before);
        const read = await project.run('sync', 'nuvemshop.orders', '--since', since);
        expect(read.exitCode, read.stderr).toBe(0);
      }
      const { exitCode, stderr } = await project.run('run-pipeline', 'daily');
      expect({ morning, exitCode }, stderr).toEqual({
        morning,
        exitCode: isBad(plan, morning) ? 1 : 0,
      });
      const [, missed = '0'] = /makes up for (\d+) missed day/.exec(stderr) ?? [];
      expect(Number(missed)).toBe(morning - lastGood - 1);
      if (exitCode === 0) lastGood = morning;
    },

    /** What is built once a week, too. */
    async buildAll(): Promise<void> {
      const { exitCode, stderr } = await project.run('build');
      expect(exitCode, stderr).toBe(0);
    },

    /** Takes out a customer whose order was sent. */
    async erase(): Promise<Person> {
      const [row = expect.fail('nobody has all that is looked for')] = await own.query(
        `select o.contact_email as email, o.contact_phone as phone, o.contact_identification as document
         from __cortex_conversions c
         join raw_nuvemshop_orders o on concat('nuvemshop-', o.id) = c.order_id
         join raw_nuvemshop_customers k on k.id = o.customer_id and k.email = o.contact_email
         where c.destination = 'data_manager' and c.status = 'delivered'
           and o.contact_identification is not null and o.contact_phone is not null
         order by o.id limit 1`,
      );
      const email = String(row['email']).trim().toLowerCase();
      const digits = (value: unknown) => String(value).replaceAll(/\D/g, '');
      const phone = digits(row['phone']).replace(/^55(?=\d{10,11}$)/, '');
      const document = digits(row['document']);
      const erased = await project.run('privacy', 'erase', '--email', email, '--yes');
      expect(erased.exitCode, erased.stderr).toBe(0);
      const hash = (text: string) => createHash('sha256').update(text).digest('hex');
      const hashes = [email, document, `55${phone}`].map(hash);
      return { texts: [email, phone, document, ...hashes] };
    },

    /** Alerts by morning, in their order: kind and lines; of reports the kind. */
    told(): readonly Told[] {
      return hook.requests.map(({ body }) => {
        const { at, kind, lines } = JSON.parse(body) as AlertMessage;
        const morning = Math.floor((Date.parse(at) - instantOf(0)) / 86_400_000);
        return [morning, kind, kind === 'report' ? [] : lines.toSorted()];
      });
    },

    /** Every order of somebody who agreed is counted, once, by each platform, and nothing waits. */
    async expectConversions(): Promise<void> {
      for (const { name, simulator } of destinations) {
        const [rows] = await own.query(
          `select sum(status = 'delivered') as delivered, sum(status <> 'delivered' and unknown_since is not null) as unknown
           from __cortex_conversions where destination = '${name}' and revision = 0`,
        );
        const missing = await own.query(
          `select order_id from fct_conversions where consent_marketing = 'granted' and is_cancelled = 0
             and occurred_at >= '${addDays(FIRST_MORNING, -1)}' and order_id not in (
             select order_id from __cortex_conversions
             where destination = '${name}' and (status = 'delivered' or code = 'erased'))`,
        );
        const due = await own.query(
          `select event_id from __cortex_conversions where destination = '${name}' and status = 'due'`,
        );
        const givenUp = await own.query(
          `select code, count(*) as events from __cortex_conversions
           where destination = '${name}' and status = 'dead' group by code`,
        );
        const odd = givenUp.filter(({ code }) => !isOrdinaryEnd(String(code)));
        const counted = [...simulator.state.byId.values()].map((one) => one.counted);
        expect({ name, missing, due, odd }).toEqual({ name, missing: [], due: [], odd: [] });
        const [delivered, unknown] = [Number(rows?.['delivered']), Number(rows?.['unknown'])];
        expect(new Set(counted)).toEqual(new Set([1]));
        expect(delivered).toBeGreaterThan(10);
        expect(counted.length).toBeGreaterThanOrEqual(delivered);
        expect(counted.length).toBeLessThanOrEqual(delivered + unknown);
      }
    },

    /**
     * Another database, which reads the platforms as they stand now, and forgets the same person. Days of ads that are
     * older than the look-back keep the names of their day until they are read again.
     */
    async expectCleanRebuild(fresh: TestDatabase): Promise<void> {
      for (const simulator of shop.simulators.values()) simulator.setFaults(undefined);
      using other = projectIn(fresh);
      await other.run('sync', '--tables-only');
      await other.run('privacy', 'erase', '--email', 'nobody@example.com', '--yes');
      await fresh.query(
        `insert ignore into __cortex_privacy_erased select * from ${own.name}.__cortex_privacy_erased`,
      );
      const synced = await other.run('sync');
      expect(synced.exitCode, synced.stderr).toBe(0);
      const built = await other.run('build');
      expect(built.exitCode, built.stderr).toBe(0);
      const different: string[] = [];
      const compareRaw = async (names: Iterable<string>, ignored?: RegExp): Promise<void> => {
        for (const name of names) {
          const [before, after] = [await rawDump(own, name), await rawDump(fresh, name)];
          different.push(...differences(before, after, { mayMiss: FORGOTTEN, ignored }));
        }
      };
      await compareRaw(shop.simulators.keys(), NAMES);
      const again = await project.run('sync', ...AD_PLATFORMS, '--since', startDate);
      expect(again.exitCode, again.stderr).toBe(0);
      await compareRaw(AD_PLATFORMS);
      const rebuilt = await project.run('build');
      expect(rebuilt.exitCode, rebuilt.stderr).toBe(0);
      const known = ({ ...rows }: Record<string, readonly string[]>) => {
        for (const name of HISTORY) delete rows[name];
        return rows;
      };
      const [lived, made] = [known(await modelRows(own)), known(await modelRows(fresh))];
      different.push(...differences(lived, made, { mayMiss: FORGOTTEN }));
      expect(different).toEqual([]);
    },

    /** The month was one: things failed on the wire, and orders of before changed. */
    expectWorked(): void {
      const simulators = [...shop.simulators.values(), ...destinations.map((one) => one.simulator)];
      for (const { problems } of simulators) expect(problems).toEqual([]);
      const faults = simulators.flatMap(({ counters }) => Object.values(counters.byFault));
      expect(faults.reduce((sum, times) => sum + times, 0)).toBeGreaterThan(2 * plan.mornings);
    },

    async [Symbol.asyncDispose]() {
      project[Symbol.dispose]();
      await Promise.all(destinations.map(async ({ simulator }) => simulator.close()));
      await hook[Symbol.asyncDispose]();
      await shop[Symbol.asyncDispose]();
    },
  };
}

type Told = readonly [morning: number, kind: string, lines: readonly string[]];

/** The first instant of a morning; milliseconds since the Unix epoch. */
function instantOf(morning: number): number {
  return Date.parse(`${addDays(FIRST_MORNING, morning)}T${SHOP_HOUR}`);
}

/** A rule that is out of range where a day of Meta is missing, and a report. Nothing is told again within a week. */
function alertSettings(origin: string) {
  const spend = { model: 'fct_ad_spend', day: 'spend_date', column: 'spend', aggregate: 'sum' };
  const window = { compare: 'moving_window', periods: 14, missing: 'zero' };
  return {
    repeat_hours: 24 * 7,
    channels: { hook: { type: 'webhook', url: origin, image: false } },
    report: {},
    rules: {
      meta_spend: {
        ...spend,
        ...window,
        where: { platform: 'meta' },
        direction: 'decrease',
        change_pct: 95,
      },
    },
  };
}

function isRevoked({ revoked, renewed }: MonthPlan, morning: number): boolean {
  return morning >= revoked && morning < renewed;
}

function isBad(plan: MonthPlan, morning: number): boolean {
  return isRevoked(plan, morning) || morning === plan.changed;
}

/** All that has to be told, in its order, and nothing else. */
function expectedAlerts(plan: MonthPlan): readonly unknown[] {
  const told: unknown[] = [];
  const line = (text: RegExp): unknown => expect.stringMatching(text);
  for (let morning = 0; morning < plan.mornings; morning += 1) {
    const tell = (kind: string, ...lines: readonly RegExp[]) =>
      told.push([morning, kind, lines.map(line)]);
    if (morning === plan.missed) continue;
    const isFirst = morning === plan.revoked;
    if (isFirst) tell('failed', /^meta_ads \d+: CX7201 .*; none of its streams is read$/);
    if (morning === plan.renewed) tell('recovered', /^meta_ads \d+, since /);
    if (morning === plan.changed) {
      const tests = ['order_discount', 'tax'].map((name) => `not_null_int_orders_${name}`);
      tell('failed', ...tests.map((name) => new RegExp(`^${name}: CX6001 `)));
      tell('failed', /^pipeline daily: `build` failed \(CX6001\)$/);
      continue;
    }
    if (morning === plan.changed + 1) {
      tell(
        'recovered',
        /^not_null_int_orders_order_discount, since /,
        /^not_null_int_orders_tax, since /,
      );
    }
    if (isRevoked(plan, morning)) tell('metric', /^meta_spend: 0 /);
    if (morning === plan.renewed) tell('recovered', /^meta_spend: /);
    tell('report');
    if (isFirst) tell('failed', /^pipeline daily: `sync` failed \(CX7201\)$/);
    const isWell = morning === plan.renewed || morning === plan.changed + 1;
    if (isWell) tell('recovered', /^pipeline daily, since /);
  }
  return told;
}

/** Rows that only one of two sides has, but for when they were read: the first of each relation. */
function differences(
  one: ModelRows,
  other: ModelRows,
  {
    mayMiss = new Set(),
    ignored = READ_AT,
  }: { readonly mayMiss?: ReadonlySet<string>; readonly ignored?: RegExp | undefined } = {},
): readonly string[] {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].flatMap((name) => {
    const [first, second] = [one, other].map(
      (rows) =>
        new Set(rows[name]?.map((row) => row.replaceAll(READ_AT, '').replaceAll(ignored, ''))),
    );
    const missing = [...(first ?? [])].filter((row) => second?.has(row) !== true);
    const more = [...(second ?? [])].filter((row) => first?.has(row) !== true);
    return [
      ...missing
        .slice(0, mayMiss.has(name) ? 0 : 1)
        .map((row) => `${name}: ${missing.length} rows are missing: ${row}`),
      ...more.slice(0, 1).map((row) => `${name}: ${more.length} rows are new: ${row}`),
    ];
  });
}

function holdsOne(text: string, values: readonly string[]): boolean {
  return values.some((value) => text.toLowerCase().includes(value));
}
