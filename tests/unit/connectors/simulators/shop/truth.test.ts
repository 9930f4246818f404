import { describe, expect, test } from 'vitest';
import type { AdPlatform } from '../../../../../connectors/simulators/shop/journey-records.ts';
import { createWorld } from '../../../../../connectors/simulators/shop/world.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const START_DATE = '2026-05-01';
const DAYS = 70;
const world = createWorld({ seed: 8, orders: 2500, days: DAYS, startDate: START_DATE });
const START = Date.parse('2026-05-01T03:00:00Z');
const SETTLED = START + (DAYS + 60) * DAY;
const PLATFORMS: readonly AdPlatform[] = ['meta', 'google', 'tiktok'];
const journeys = Array.from({ length: 2500 }, (_, index) => world.truth.journeyOf(index));
const dates = Array.from({ length: DAYS }, (_, day) => world.calendar.addDays(START_DATE, day));

describe('a journey', () => {
  test('ends in the visit of the order, on its day, after visits of at most four weeks', () => {
    journeys.forEach((journey, index) => {
      const order = world.orders.life(index);
      const instants = journey.map(({ at }) => at);

      expect(order.visit).toEqual(journey.at(-1));
      expect(instants).toEqual(instants.toSorted((a, b) => a - b));
      expect(order.placedAt).toBeGreaterThanOrEqual(instants.at(-1) ?? Infinity);
      expect(order.placedAt - (instants[0] ?? 0)).toBeLessThanOrEqual(28 * DAY);
      expect(world.calendar.dateOf(order.visit.at)).toBe(world.calendar.dateOf(order.placedAt));
    });
  });

  test('carries the click id of its ad in the address that it began at', () => {
    const clicks = journeys.flat().filter(({ click }) => click !== undefined);

    expect(clicks.length).toBeGreaterThan(1000);
    for (const { click, landingUrl, at } of clicks) {
      const name = { meta: 'fbclid', google: 'gclid', tiktok: 'ttclid' }[click?.platform ?? 'meta'];
      expect(new URL(landingUrl).searchParams.get(name)).toBe(click?.clickId);
      expect(click?.at).toBe(at);
    }
    expect(new Set(clicks.map(({ click }) => click?.clickId)).size).toBe(clicks.length);
  });

  test('clicks only on ads that delivered at that moment', () => {
    for (const { click } of journeys.flat()) {
      if (click === undefined) continue;
      const parents = world.advertising.adSets(click.platform, click.at);
      const ads = world.advertising.ads(click.platform, click.at);
      const adSet = parents.find(({ id }) => id === click.adSetId);
      const ad = ads.find(({ id }) => id === click.adId);

      expect(adSet).toMatchObject({ campaignId: click.campaignId, status: 'active' });
      if (click.adId !== '') expect(ad).toMatchObject({ adSetId: click.adSetId, status: 'active' });
    }
  });

  test('names the last ad click as the cause', () => {
    const [journey] = journeys.filter((one) => {
      return one.filter(({ click }) => click !== undefined).length > 1;
    });
    const index = journey?.[0]?.orderIndex ?? 0;

    expect(world.truth.causeOf(index)).toEqual(
      journey?.filter(({ click }) => click !== undefined).at(-1)?.click,
    );
  });
});

describe('ad platforms', () => {
  test.each(PLATFORMS)(
    '%s claims the orders of its own last clicks, less what it never hears of',
    (platform) => {
      const expected = journeys.filter((journey, index) => {
        const { isTest } = world.orders.life(index);
        const click = journey.findLast((touch) => touch.click?.platform === platform);
        return click !== undefined && !isTest && click.at >= START;
      }).length;
      const claimed = dates
        .flatMap((date) => world.advertising.days(platform, date, SETTLED))
        .reduce((sum, { metrics }) => sum + metrics.purchases28d, 0);

      expect(claimed).toBeLessThanOrEqual(expected);
      expect(claimed / expected).toBeCloseTo(0.9, 1);
    },
  );

  test('count an order on the day of the click and report it later', () => {
    const date = dates[30] ?? '';
    const end = world.calendar.startOf(dates[31] ?? '');
    const purchases = [0.5, 2, 9, 35].map((days) =>
      world.advertising
        .days('meta', date, end + days * DAY)
        .reduce((sum, { metrics }) => sum + metrics.purchases28d, 0),
    );

    expect(purchases).toEqual(purchases.toSorted((a, b) => a - b));
    expect(purchases[3]).toBeGreaterThan(purchases[0] ?? Infinity);
  });

  test('grow during the day, and settle', () => {
    const date = dates[20] ?? '';
    const start = world.calendar.startOf(date);
    const spend = (now: number) =>
      world.advertising
        .days('google', date, now)
        .reduce((sum, { metrics }) => sum + metrics.spend, 0);

    expect(spend(start)).toBe(0);
    expect(spend(start + 8 * HOUR)).toBeLessThan(spend(start + 20 * HOUR));
    expect(spend(start + 40 * DAY)).toBe(spend(start + 90 * DAY));
    expect(spend(start + 40 * DAY)).toBeLessThan(spend(start + 24 * HOUR));
  });

  test('lose a row now and then, and find another', () => {
    const keysAfter = (wait: number) =>
      new Set(
        dates.flatMap((date) => {
          const now = world.calendar.startOf(date) + DAY + wait;
          return world.advertising.days('tiktok', date, now).map(({ adId }) => `${date} ${adId}`);
        }),
      );
    const early = keysAfter(HOUR);
    const late = keysAfter(40 * DAY);

    expect([...early].some((key) => !late.has(key))).toBe(true);
    expect([...late].some((key) => !early.has(key))).toBe(true);
  });

  test('add up by device', () => {
    for (const { metrics, byDevice } of world.advertising.days('meta', dates[25] ?? '', SETTLED)) {
      const { mobile, desktop, tablet } = byDevice;
      expect(mobile.spend + desktop.spend + tablet.spend).toBe(metrics.spend);
      expect(mobile.purchases28d + desktop.purchases28d + tablet.purchases28d).toBe(
        metrics.purchases28d,
      );
    }
  });

  test('list every click: the buyers among them with the ids that the shop saw', () => {
    const date = dates[25] ?? '';
    const list = world.advertising.clicks('google', date, SETTLED);
    const clicks = Array.from({ length: list.count }, (_, position) => list.at(position));
    const seen = journeys
      .flat()
      .filter(({ click, at }) => click?.platform === 'google' && world.calendar.dateOf(at) === date)
      .map(({ click }) => click?.clickId ?? '');
    const total = world.advertising
      .days('google', date, world.calendar.startOf(date) + DAY)
      .reduce((sum, { metrics }) => sum + metrics.linkClicks, 0);

    expect(
      clicks.flatMap((click) => (click.orderIndex === undefined ? [] : [click.clickId])).toSorted(),
    ).toEqual(seen.toSorted());
    expect(new Set(clicks.map(({ clickId }) => clickId)).size).toBe(clicks.length);
    expect(clicks.length).toBeGreaterThanOrEqual(total);
  });

  test('rename, archive and delete campaigns as time passes', () => {
    const at = (now: number) => PLATFORMS.flatMap((one) => world.advertising.ads(one, now));
    const early = new Map(at(START + DAY).map((ad) => [ad.id, ad]));
    const late = at(SETTLED);
    const statuses = new Set(late.map(({ status }) => status));

    expect(late.length).toBeGreaterThan(early.size);
    expect(late.some(({ id, name }) => early.has(id) && early.get(id)?.name !== name)).toBe(true);
    expect(statuses).toEqual(new Set(['active', 'paused', 'archived', 'deleted']));
  });
});

describe('analytics', () => {
  const date = dates[40] ?? '';
  const end = world.calendar.startOf(dates[41] ?? '');
  const traffic = (now: number) => world.analytics.traffic(date, now);
  const total = (now: number, of: 'sessions' | 'purchases' | 'revenue') =>
    traffic(now).reduce((sum, row) => sum + row[of], 0);

  test('know the measured orders of a day and no others', () => {
    const measured = journeys.flatMap((journey, index) => {
      const last = journey.at(-1);
      const { placedAt, isTest } = world.orders.life(index);
      const isOn = world.calendar.dateOf(placedAt) === date;
      return isOn && !isTest && last?.isMeasured === true ? [index] : [];
    });

    const known = world.analytics.transactions(date, SETTLED).map(({ orderIndex }) => orderIndex);

    expect(known).toEqual(measured);
    expect(known.length).toBeGreaterThan(5);
  });

  test('have one number of purchases, sessions and revenue in all reports of a settled day', () => {
    const transactions = world.analytics.transactions(date, SETTLED);
    const purchases = transactions.reduce((sum, row) => sum + row.purchases, 0);
    const pages = world.analytics.landingPages(date, SETTLED);
    const events = new Map(
      world.analytics.events(date, SETTLED).map(({ name, count }) => [name, count]),
    );

    expect(total(SETTLED, 'purchases')).toBe(purchases);
    expect(total(SETTLED, 'revenue')).toBe(transactions.reduce((sum, row) => sum + row.revenue, 0));
    expect(pages.reduce((sum, row) => sum + row.sessions, 0)).toBe(total(SETTLED, 'sessions'));
    expect(events.get('session_start')).toBe(total(SETTLED, 'sessions'));
    const listed = [...world.analytics.sessions(date, SETTLED).between(0, Infinity)];
    expect(listed).toHaveLength(total(SETTLED, 'sessions'));
  });

  test('process a day for two days: fewer sessions at first, and rows that vanish', () => {
    const sources = (now: number) => traffic(now).map(({ source }) => source);

    expect(total(end, 'sessions')).toBeLessThan(total(end + 49 * HOUR, 'sessions'));
    expect(total(end + 49 * HOUR, 'sessions')).toBe(total(SETTLED, 'sessions'));
    expect(sources(end + HOUR)).toContain('(other)');
    expect(sources(SETTLED)).not.toContain('(other)');
  });

  test('list sessions that stay the same as more of them come', () => {
    const noon = end - 12 * HOUR;
    const idsAt = (now: number) =>
      [...world.analytics.sessions(date, now).between(0, Infinity)].map(
        ({ clientId, sessionId }) => `${clientId} ${sessionId}`,
      );
    const [early, late] = [idsAt(noon), idsAt(SETTLED)];
    const known = new Set(late);

    expect(early.length).toBeGreaterThan(10);
    expect(early.length).toBeLessThan(late.length);
    for (const id of early) expect(known.has(id)).toBe(true);
  });

  test('list the sessions of a part of a day', () => {
    const all = [...world.analytics.sessions(date, SETTLED).between(0, Infinity)];
    const [from, to] = [end - 10 * HOUR, end - 4 * HOUR];
    const some = [...world.analytics.sessions(date, SETTLED).between(from, to)];

    expect(some.length).toBeGreaterThan(10);
    expect(some).toEqual(all.filter(({ startedAt }) => startedAt >= from && startedAt < to));
  });
});
