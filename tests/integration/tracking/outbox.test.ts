import { describe, expect, test, vi } from 'vitest';
import { CortexError } from '../../../cli/kernel/errors.ts';
import { dataManagerSimulator } from '../../../connectors/simulators/conversions/google-data-manager.ts';
import { googleAdsUploadsSimulator } from '../../../connectors/simulators/conversions/google-ads.ts';
import { metaConversionsSimulator } from '../../../connectors/simulators/conversions/meta.ts';
import { tikTokEventsSimulator } from '../../../connectors/simulators/conversions/tiktok.ts';
import { placedFaults } from '../../../connectors/simulators/faults.ts';
import { startSimulator } from '../../../connectors/simulators/start-simulator.ts';
import {
  addOrders,
  createConversionTables,
  GOOGLE_ACCESS,
  MARKED,
  outboxRows,
  runConversions,
  TOKEN,
} from '../../support/conversion-run.ts';
import { jumpingClock } from '../../support/jumping-clock.ts';
import type { TestDatabase, TestServer } from '../../support/server.ts';
import { servers } from '../../support/server.ts';

const NOW = '2026-11-23T12:00:00Z';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

async function metaShop(server: TestServer, ids: readonly string[]) {
  const own = await server.database();
  await createConversionTables(own);
  await addOrders(
    own,
    ids.map((id) => ({ id })),
  );
  const clock = jumpingClock(NOW);
  const simulator = await startSimulator(metaConversionsSimulator, {
    world: { pixelId: '1234567890' },
    clock,
    credentials: [TOKEN],
  });
  const meta = {
    type: 'meta-capi',
    pixel_id: '1234567890',
    access_token: TOKEN,
    origin: simulator.origin,
  };
  const run = { own, clock, destinations: { meta }, name: 'meta' };
  const counted = () =>
    Object.fromEntries([...simulator.state.byId].map(([id, { counted: times }]) => [id, times]));
  return { own, clock, simulator, run, counted, [Symbol.asyncDispose]: () => simulator.close() };
}

/** Waits until a destination takes no more. */
async function untilStopped(own: TestDatabase): Promise<void> {
  await vi.waitFor(
    async () => {
      expect(await own.query('SELECT * FROM __cortex_conversion_destinations')).toHaveLength(1);
    },
    { timeout: 20_000, interval: 20 },
  );
}

describe.each(servers)('$name', (server) => {
  test('outbox-d01: what is queued again is the same row, and is not sent again', async () => {
    await using shop = await metaShop(server, ['1001']);

    const first = await runConversions(shop.run);
    const second = await runConversions(shop.run);

    expect([first.queued, second.queued]).toEqual([1, 0]);
    expect(shop.simulator.requests).toHaveLength(1);
    expect(await outboxRows(shop.own)).toMatchObject([
      { event: 'purchase.1001#0', status: 'delivered' },
    ]);
    expect(await shop.own.query('SELECT * FROM __cortex_conversion_workers')).toEqual([]);
  });

  test('new orders go out whose numbers stand between those that were sent', async () => {
    await using shop = await metaShop(server, ['1', '3']);
    await runConversions(shop.run);
    await addOrders(
      shop.own,
      ['0', '2', '4'].map((id) => ({ id })),
    );

    const { summary } = await runConversions(shop.run);

    expect(summary).toMatchObject({ delivered: 3, dead: 0 });
    expect(Object.keys(shop.counted())).toHaveLength(5);
  });

  test('outbox-d02: rows that are due go out in one request, once', async () => {
    await using shop = await metaShop(server, ['1', '2']);

    await runConversions(shop.run);
    await runConversions(shop.run);

    expect(shop.simulator.requests).toHaveLength(1);
    const delivered = { status: 'delivered', attempts: 1, requestId: 'A1', isSent: true };
    expect(await outboxRows(shop.own)).toMatchObject([delivered, delivered]);
  });

  test('outbox-d03: after passing trouble an event goes again with its id, later each time', async () => {
    await using shop = await metaShop(server, ['1']);
    shop.simulator.setFaults(placedFaults([{ fault: { kind: 'unavailable' }, times: 2 }]));
    const sentAt: number[] = [];

    for (let minute = 0; minute < 30; minute += 1) {
      const { summary } = await runConversions(shop.run);
      if (summary.requests > 0) sentAt.push(minute);
      shop.clock.advance(MINUTE);
    }

    expect(sentAt).toEqual([0, 5, 15]);
    expect(await outboxRows(shop.own)).toMatchObject([{ status: 'delivered', attempts: 3 }]);
    expect(shop.counted()).toEqual({ 'Purchase purchase.1': 1 });
  });

  test('outbox-d04: two workers at once send each row once', async () => {
    const ids = Array.from({ length: 60 }, (_, index) => `${index}`);
    await using shop = await metaShop(server, ids);
    await runConversions({ ...shop.run, limit: 1 });

    const results = await Promise.all(
      ['one', 'two', 'three'].map((worker) =>
        runConversions({ ...shop.run, worker, withoutQueue: true }),
      ),
    );

    expect(results.reduce((sum, { summary }) => sum + summary.delivered, 0)).toBe(59);
    expect(new Set(Object.values(shop.counted()))).toEqual(new Set([1]));
    expect(shop.simulator.state.byId.size).toBe(60);
  });

  test('an unknown outcome is sent again with the same id, and not once the id is forgotten', async () => {
    await using shop = await metaShop(server, ['1', '2']);
    shop.simulator.setFaults(
      placedFaults([{ fault: { kind: 'reset', isCarriedOut: true }, times: 1 }]),
    );

    await runConversions({ ...shop.run, limit: 1 });
    expect(await outboxRows(shop.own)).toMatchObject([
      { status: 'due', code: 'NO_ANSWER', isUnknown: true },
      { status: 'due', isUnknown: false },
    ]);
    shop.clock.advance(5 * MINUTE);
    await runConversions(shop.run);
    expect(shop.counted()).toEqual({ 'Purchase purchase.1': 1, 'Purchase purchase.2': 1 });
    expect(await outboxRows(shop.own)).toMatchObject([
      { status: 'delivered', isUnknown: false },
      { status: 'delivered' },
    ]);
  });

  test('a worker that died leaves its rows to another one, which knows that they may be there', async () => {
    await using shop = await metaShop(server, ['1']);
    await runConversions({ ...shop.run, limit: 0 });
    await shop.own.query(`UPDATE __cortex_conversions SET claimed_by = 'dead',
      claimed_until = '2026-11-23 12:15:00', unknown_since = '2026-11-23 12:00:00'`);

    const early = await runConversions({ ...shop.run, worker: 'two' });
    shop.clock.advance(15 * MINUTE);
    const late = await runConversions({ ...shop.run, worker: 'two' });

    expect([early.summary.requests, late.summary.delivered]).toEqual([0, 1]);

    await shop.own.query(`UPDATE __cortex_conversions SET status = 'due', due_at = queued_at,
      unknown_since = '2026-11-21 12:00:00'`);
    const over = await runConversions({ ...shop.run, worker: 'two' });
    expect(over.summary).toMatchObject({ requests: 0, dead: 1 });
    expect(await outboxRows(shop.own)).toMatchObject([{ status: 'dead', code: 'unknown_outcome' }]);
  });

  test('a refused token stops the destination without using up attempts, until it is mended', async () => {
    await using shop = await metaShop(server, ['1', '2', '3']);
    const wrong = { ...shop.run.destinations.meta, access_token: 'another-token-0123456789' };

    const refused = await runConversions({ ...shop.run, destinations: { meta: wrong } });
    const again = await runConversions({ ...shop.run, destinations: { meta: wrong } });

    expect(refused.summary).toMatchObject({ state: 'pause_auth', requests: 1, code: 'META_190' });
    expect(again.summary).toMatchObject({ state: 'pause_auth', requests: 1 });
    expect((await outboxRows(shop.own)).map(({ attempts }) => attempts)).toEqual([0, 0, 0]);

    const mended = await runConversions(shop.run);
    expect(mended.summary).toMatchObject({ state: 'ok', delivered: 3, requests: 2 });
    expect(await shop.own.query('SELECT * FROM __cortex_conversion_destinations')).toEqual([]);
  });

  test.each([
    ['claimed', 3_000],
    ['queued', 0],
  ])(
    'where the destination stops, batches that are %s at the same time are let go as they were',
    async (_, queuedBefore) => {
      const ids = Array.from({ length: 4_500 }, (__, index) => `${10_000 + index}`);
      await using shop = await metaShop(server, ids.slice(0, queuedBefore));
      if (queuedBefore > 0) await runConversions({ ...shop.run, limit: 0 });
      await addOrders(
        shop.own,
        ids.slice(queuedBefore).map((id) => ({ id })),
      );
      let [requests, kept] = [0, 0];
      const revokesSecond = async () => {
        requests += 1;
        if (requests === 2) shop.simulator.tokens.revokeAll();
      };
      const keepsTheOthers = async ([first]: readonly string[]) => {
        if (Number(first) < 12_000) return;
        kept += 1;
        await untilStopped(shop.own);
      };

      const { summary } = await runConversions({
        ...shop.run,
        beforePost: revokesSecond,
        beforeRead: keepsTheOthers,
      });

      expect(summary).toMatchObject({ state: 'pause_auth', delivered: 1_000, requests: 2 });
      expect(kept).toBeGreaterThanOrEqual(1);
      const rows = await shop.own.query(`SELECT status, attempts, claimed_by, unknown_since,
          count(*) AS events
        FROM __cortex_conversions GROUP BY 1, 2, 3, 4 ORDER BY status`);
      expect(rows.map((row) => ({ ...row, events: Number(row['events']) }))).toEqual([
        { status: 'delivered', attempts: 1, claimed_by: null, unknown_since: null, events: 1_000 },
        { status: 'due', attempts: 0, claimed_by: null, unknown_since: null, events: 3_500 },
      ]);
    },
  );

  test('what one worker queued is not queued and sent again by another at the same time', async () => {
    const ids = Array.from({ length: 3_000 }, (_, index) => `${10_000 + index}`);
    await using shop = await metaShop(server, ids);

    const [one, two] = await Promise.all([
      runConversions({ ...shop.run, worker: 'one' }),
      runConversions({ ...shop.run, worker: 'two' }),
    ]);

    expect(one.queued + two.queued).toBe(3_000);
    expect(Object.keys(shop.counted())).toHaveLength(3_000);
    expect(Object.values(shop.counted()).every((times) => times === 1)).toBe(true);
    expect(shop.simulator.state.received.length).toBeLessThanOrEqual(6);
  });

  test('nothing is sent without consent, and the reason is kept', async () => {
    await using shop = await metaShop(server, ['1']);
    await addOrders(shop.own, [
      { id: '2', consent: 'denied' },
      { id: '3', consent: 'unknown' },
      { id: '4' },
    ]);
    await runConversions({ ...shop.run, limit: 0 });
    await shop.own.query(`UPDATE fct_conversions SET consent_revoked_at = '2026-11-23 11:59:00'
      WHERE order_id = '4'`);

    await runConversions(shop.run);

    expect(
      (await outboxRows(shop.own)).map(({ status, code }) => `${status} ${code ?? 'null'}`),
    ).toEqual([
      'delivered null',
      'held consent_denied',
      'held consent_unknown',
      'held consent_revoked',
    ]);
    expect(shop.counted()).toEqual({ 'Purchase purchase.1': 1 });

    await shop.own.query(`UPDATE fct_conversions SET consent_marketing = 'granted'
      WHERE order_id = '3'`);
    shop.clock.advance(HOUR);
    await runConversions(shop.run);
    expect(shop.counted()).toEqual({ 'Purchase purchase.1': 1, 'Purchase purchase.3': 1 });
  });

  test('events that cannot be sent are dead with their reason, and do not harm the others', async () => {
    await using shop = await metaShop(server, ['1']);
    await addOrders(shop.own, [
      { id: '2', occurredAt: '2026-11-10 12:00:00' },
      { id: '3', currency: 'R$' },
    ]);
    await runConversions(shop.run);

    expect(
      (await outboxRows(shop.own)).map(({ status, code }) => `${status} ${code ?? 'null'}`),
    ).toEqual(['delivered null', 'dead too_old', 'dead invalid_currency']);
  });

  test('a batch that is refused without a name is halved until the bad event stands alone', async () => {
    const ids = Array.from({ length: 20 }, (_, index) => `${index}`);
    await using shop = await metaShop(server, ids);
    // Meta takes a cookie with 13 digits only; ours is passed on as it is stored.
    await shop.own.query(`ALTER TABLE fct_conversions ADD fbc varchar(100)`);
    await shop.own.query(
      `UPDATE fct_conversions SET fbc = 'fb.1.1596403881.Old' WHERE order_id = '7'`,
    );

    const { summary } = await runConversions(shop.run);

    expect(summary).toMatchObject({ delivered: 19, dead: 1 });
    expect(summary.requests).toBeLessThan(20);
    expect(new Set(Object.values(shop.counted()))).toEqual(new Set([1]));
    const dead = (await outboxRows(shop.own)).filter(({ status }) => status === 'dead');
    expect(dead).toMatchObject([{ event: 'purchase.7#0', code: 'META_100_2804048' }]);
  });

  test('Google Ads: a new value is restated, a cancelled order retracted, a known one is there', async () => {
    const own = await server.database();
    await createConversionTables(own);
    await addOrders(own, [{ id: '1' }, { id: '2' }, { id: '3' }]);
    const clock = jumpingClock(NOW);
    await using simulator = await startSimulator(googleAdsUploadsSimulator, {
      world: { customerId: '1234567890', conversionActionId: '555' },
      clock,
      credentials: [TOKEN],
    });
    simulator.state.accept('ped-3', 449.7);
    const ads = {
      type: 'google-ads',
      customer_id: '123-456-7890',
      conversion_action_id: '555',
      transaction_id_prefix: 'ped-',
      ...GOOGLE_ACCESS,
      origin: simulator.origin,
    };
    const run = { own, clock, destinations: { ads }, name: 'ads' };

    await runConversions(run);
    await own.query(`UPDATE fct_conversions SET net_total = 199.70,
      changed_at = '2026-11-23 11:00:00' WHERE order_id = '1'`);
    await own.query(`UPDATE fct_conversions SET is_cancelled = 1 WHERE order_id = '2'`);
    const changed = await runConversions(run);
    const unchanged = await runConversions(run);

    expect([changed.queued, unchanged.queued]).toEqual([2, 0]);
    expect(await outboxRows(own)).toMatchObject([
      { event: 'purchase.1#0', status: 'delivered' },
      { event: 'purchase.1#1', operation: 'restatement', status: 'delivered' },
      { event: 'purchase.2#0', status: 'delivered' },
      { event: 'purchase.2#1', operation: 'retraction', status: 'delivered' },
      { event: 'purchase.3#0', status: 'delivered', code: 'ORDER_ID_ALREADY_IN_USE' },
    ]);
    expect(simulator.state.byId.get('ped-1')?.value).toBe(199.7);
    expect(simulator.state.byId.get('ped-2')?.value).toBeUndefined();
  });

  test('Google Ads: what the tag counted is enhanced once, then restated and retracted', async () => {
    const own = await server.database();
    await createConversionTables(own);
    await addOrders(own, [{ id: '1' }, { id: '2' }, { id: '3' }]);
    const clock = jumpingClock(NOW);
    await using simulator = await startSimulator(googleAdsUploadsSimulator, {
      world: { customerId: '1234567890', conversionActionId: '555' },
      clock,
      credentials: [TOKEN],
    });
    for (const id of ['1', '2']) simulator.state.accept(id, 449.7);
    const ads = {
      type: 'google-ads',
      customer_id: '1234567890',
      conversion_action_id: '555',
      uploads: 'enhancements',
      ...GOOGLE_ACCESS,
      origin: simulator.origin,
    };
    const run = { own, clock, destinations: { ads }, name: 'ads' };

    await runConversions(run);
    const enhanced = [...simulator.state.enhanced];
    // The tag tells of the third order later than Cortex does.
    simulator.state.accept('3', 449.7);
    await own.query(`UPDATE fct_conversions SET net_total = 199.70 WHERE order_id = '1'`);
    await own.query(`UPDATE fct_conversions SET is_cancelled = 1 WHERE order_id = '2'`);
    clock.advance(6 * HOUR);
    await runConversions(run);

    expect(enhanced).toEqual(['1', '2']);
    expect(await outboxRows(own)).toMatchObject([
      { event: 'purchase.1#0', operation: 'enhancement', status: 'delivered' },
      { event: 'purchase.1#1', operation: 'restatement', status: 'delivered' },
      { event: 'purchase.2#0', operation: 'enhancement', status: 'delivered' },
      { event: 'purchase.2#1', operation: 'retraction', status: 'delivered' },
      { event: 'purchase.3#0', operation: 'enhancement', status: 'delivered' },
    ]);
    expect([...simulator.state.enhanced]).toEqual(['1', '2', '3']);
    expect(simulator.state.byId.get('1')?.value).toBe(199.7);
    expect(simulator.state.byId.get('2')?.value).toBeUndefined();
    expect(Object.keys(simulator.counters.byRoute).join()).not.toContain('uploadClick');
    for (const marked of MARKED) expect(simulator.state.received.join()).not.toContain(marked);
  });

  test('Data Manager: a named event is dead alone, a new value overwrites, nothing is taken back', async () => {
    const own = await server.database();
    await createConversionTables(own);
    await addOrders(own, [{ id: '1' }, { id: '2' }, { id: '3' }]);
    const clock = jumpingClock(NOW);
    await using simulator = await startSimulator(dataManagerSimulator, {
      world: { accountId: '1234567890', conversionActionId: '555' },
      clock,
      credentials: [TOKEN],
    });
    simulator.state.refused.add('ped-3');
    const google = {
      type: 'google-data-manager',
      operating_account_id: '1234567890',
      conversion_action_id: '555',
      transaction_id_prefix: 'ped-',
      ...GOOGLE_ACCESS,
      origin: simulator.origin,
    };
    const run = { own, clock, destinations: { google }, name: 'google' };

    await runConversions(run);
    await own.query(`UPDATE fct_conversions SET net_total = 199.70 WHERE order_id = '1'`);
    await own.query(`UPDATE fct_conversions SET is_cancelled = 1 WHERE order_id = '2'`);
    await runConversions(run);

    expect(await outboxRows(own)).toMatchObject([
      { event: 'purchase.1#0', status: 'delivered', requestId: expect.stringMatching(/^request-/) },
      { event: 'purchase.1#1', operation: 'restatement', status: 'delivered' },
      { event: 'purchase.2#0', status: 'delivered', code: 'not_retracted' },
      { event: 'purchase.3#0', status: 'dead', code: 'INVALID_EVENT' },
    ]);
    expect(simulator.state.byId.get('ped-1')).toMatchObject({ value: 199.7, counted: 1 });
  });

  test('Data Manager: what is refused after it was taken reaches the rows', async () => {
    const own = await server.database();
    await createConversionTables(own);
    await addOrders(own, [{ id: '1' }]);
    const clock = jumpingClock(NOW);
    await using simulator = await startSimulator(dataManagerSimulator, {
      world: { accountId: '1234567890', conversionActionId: '555' },
      clock,
      credentials: [TOKEN],
    });
    for (const id of ['1', '3']) simulator.state.refusedLater.set(id, 'INVALID_GCLID');
    simulator.state.refusedLater.set('4', 'DUPLICATE_TRANSACTION_ID');
    const google = {
      type: 'google-data-manager',
      operating_account_id: '1234567890',
      conversion_action_id: '555',
      ...GOOGLE_ACCESS,
      origin: simulator.origin,
    };
    const run = { own, clock, destinations: { google }, name: 'google' };
    const asked = () =>
      simulator.requests.filter(({ path }) => path.endsWith('requestStatus:retrieve')).length;

    await runConversions(run);
    await addOrders(own, [{ id: '2' }, { id: '3' }]);
    const early = await runConversions(run);
    const whileProcessing = await outboxRows(own);
    await addOrders(own, [{ id: '4' }]);
    clock.advance(HOUR);
    const later = await runConversions(run);
    clock.advance(HOUR);
    const last = await runConversions(run);
    const times = asked();
    await runConversions(run);

    expect(early.checked.refused).toBe(0);
    expect(whileProcessing.map(({ status }) => status)).toEqual(Array(3).fill('delivered'));
    expect(later.checked.refused).toBe(2);
    expect(later.checked.warnings.join()).toMatch(/1 of 1 .*INVALID_GCLID.*1 of 2 .*INVALID_GCLID/);
    expect(last.checked).toEqual({ refused: 0, warnings: [] });
    expect(asked()).toBe(times);
    expect(await outboxRows(own)).toMatchObject([
      { event: 'purchase.1#0', status: 'dead', code: 'INVALID_GCLID' },
      { event: 'purchase.2#0', status: 'delivered', code: 'PARTLY_REFUSED' },
      { event: 'purchase.3#0', status: 'delivered', code: 'PARTLY_REFUSED' },
      { event: 'purchase.4#0', status: 'delivered', code: null },
    ]);
  });

  test('TikTok: an error in a body of HTTP 200 is one', async () => {
    const own = await server.database();
    await createConversionTables(own);
    await addOrders(own, [{ id: '1' }]);
    const clock = jumpingClock(NOW);
    await using simulator = await startSimulator(tikTokEventsSimulator, {
      world: { pixelCode: 'C0ABC' },
      clock,
      credentials: [TOKEN],
      faults: placedFaults([{ fault: { kind: 'rate_limited' } }]),
    });
    const tiktok = {
      type: 'tiktok-events',
      pixel_code: 'C0ABC',
      access_token: TOKEN,
      origin: simulator.origin,
    };
    const run = { own, clock, destinations: { tiktok }, name: 'tiktok' };

    const limited = await runConversions(run);
    clock.advance(5 * MINUTE);
    const taken = await runConversions(run);

    expect([limited.summary.retried, taken.summary.delivered]).toEqual([1, 1]);
    expect(await outboxRows(own)).toMatchObject([{ status: 'delivered', attempts: 2 }]);
  });

  test('no personal datum is in the outbox, or in what the platform was sent', async () => {
    await using shop = await metaShop(server, ['1', '2']);
    await runConversions(shop.run);

    const kept = JSON.stringify([
      await shop.own.query('SELECT * FROM __cortex_conversions'),
      await shop.own.query('SELECT * FROM __cortex_conversion_destinations'),
    ]);
    const sent = shop.simulator.state.received.join();
    expect(sent).toContain('purchase.2');
    expect(MARKED.filter((part) => kept.includes(part) || sent.includes(part))).toEqual([]);
    expect(shop.simulator.problems).toEqual([]);
    expect(kept).not.toContain(TOKEN);
  });

  test('what is not there to be sent is named', async () => {
    const own = await server.database();
    const clock = jumpingClock(NOW);
    const meta = { type: 'meta-capi', pixel_id: '1', access_token: TOKEN };
    const run = { own, clock, destinations: { meta }, name: 'meta' };
    const codes = async () => {
      const error: unknown = await runConversions(run).catch((thrown: unknown) => thrown);
      return error instanceof CortexError ? error.diagnostics.map(({ code }) => code) : error;
    };

    expect(await codes()).toEqual(['CX7501']);
    await own.query('CREATE TABLE fct_conversions (order_id int, occurred_at datetime)');
    expect(await codes()).toEqual(['CX7502']);
  });
});
