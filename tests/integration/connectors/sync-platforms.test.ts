import { describe, expect, test } from 'vitest';
import { template } from '../../../connectors/_template/platform.ts';
import { json } from '../../support/answering-server.ts';
import { jumpingClock } from '../../support/jumping-clock.ts';
import { servers } from '../../support/server.ts';
import type { TestDatabase } from '../../support/server.ts';
import { runSync } from '../../support/sync-run.ts';
import type { TestSync } from '../../support/sync-run.ts';
import type { TemplateShop } from '../../support/template-shop.ts';
import { templateShop } from '../../support/template-shop.ts';

const DAY_MS = 86_400_000;

function order(id: number, updated_at: string, total = '10.00') {
  return { id, total, updated_at, lines: [{ id: id * 10, quantity: 1 }] };
}

const OCTOBER = [
  order(1, '2026-09-21T12:00:00Z'),
  order(2, '2026-09-30T12:00:00Z'),
  order(3, '2026-10-05T10:00:00Z'),
];

function syncOf(own: TestDatabase, shop: TemplateShop, more: Partial<TestSync> = {}): TestSync {
  return {
    own,
    platform: template,
    accounts: [
      { settings: { shop_id: '7', token: 'token-0123456789abcdef' }, origin: shop.origin },
    ],
    startDate: '2026-09-20',
    streams: ['orders'],
    ...more,
  };
}

const ids = async (own: TestDatabase) =>
  (await own.query('select id from raw_template_orders order by id')).map(({ id }) => Number(id));

describe.each(servers)('$name', (server) => {
  test('a first sync reads from the start date to now, in windows, and lands parents with children', async () => {
    const own = await server.database();
    await using shop = await templateShop({ orders: OCTOBER });

    const { status, results } = await runSync(syncOf(own, shop));

    expect(status).toEqual({ orders: 'success' });
    expect(shop.asked()).toEqual([
      '2026-09-20T03:00:00.000Z..2026-09-27T03:00:00.000Z p1',
      '2026-09-27T03:00:00.000Z..2026-10-04T03:00:00.000Z p1',
      '2026-10-04T03:00:00.000Z..2026-10-05T11:55:00.000Z p1',
    ]);
    expect(results[0]).toMatchObject({
      windows: 3,
      records: 3,
      readUntil: '2026-10-05T11:55:00.000Z',
      changes: { added: 3, updated: 0 },
    });
    expect(await ids(own)).toEqual([1, 2, 3]);
    expect(
      await own.query('select order_id, id from raw_template_order_lines order by id'),
    ).toEqual([1, 2, 3].map((id) => ({ order_id: String(id), id: String(id * 10) })));
  });

  test('the next sync reads the overlap and what came since, and nothing new writes no row', async () => {
    const own = await server.database();
    await using shop = await templateShop({ orders: OCTOBER });
    const clock = jumpingClock();
    await runSync(syncOf(own, shop, { clock }));
    const before = shop.asked().length;

    clock.advance(DAY_MS);
    const { results } = await runSync(syncOf(own, shop, { clock }));

    expect(shop.asked().slice(before)).toEqual([
      '2026-10-05T10:55:00.000Z..2026-10-06T11:55:00.000Z p1',
    ]);
    expect(results[0]?.changes).toMatchObject({ added: 0, updated: 0 });
  });

  test('an earlier start date is read by the next sync', async () => {
    const own = await server.database();
    await using shop = await templateShop({ orders: OCTOBER });
    await runSync(syncOf(own, shop, { startDate: '2026-10-01' }));
    expect(await ids(own)).toEqual([3]);

    await runSync(syncOf(own, shop));

    expect(await ids(own)).toEqual([1, 2, 3]);
  });

  test('a window that fails keeps those before it, and the next run goes on there', async () => {
    const own = await server.database();
    await using shop = await templateShop({ orders: OCTOBER });
    shop.world.intercept = ({ url }) =>
      url.searchParams.get('updated_from')?.startsWith('2026-09-27') === true
        ? json(400, { message: 'bad filter' })
        : undefined;

    const failed = await runSync(syncOf(own, shop));

    expect(failed.status).toEqual({ orders: 'error' });
    expect(failed.codes).toEqual(['CX7205']);
    expect(failed.results[0]?.readUntil).toBe('2026-09-27T03:00:00.000Z');
    expect(await ids(own)).toEqual([1]);
    shop.world.intercept = () => undefined;
    await runSync(syncOf(own, shop));
    expect(await ids(own)).toEqual([1, 2, 3]);
  });

  test('what is too much for the platform is asked for in smaller pages, then in shorter windows', async () => {
    const own = await server.database();
    await using shop = await templateShop({
      orders: Array.from({ length: 60 }, (_, id) =>
        order(id, `2026-10-0${1 + (id % 4)}T12:00:00Z`),
      ),
    });
    const limits = new Set<string | null>();
    shop.world.intercept = ({ url }) => {
      const { searchParams: query } = url;
      const from = Date.parse(query.get('updated_from') ?? '');
      const days = (Date.parse(query.get('updated_to') ?? '') - from) / DAY_MS;
      limits.add(query.get('limit'));
      return days > 2 ? json(413, { message: 'too much' }) : undefined;
    };

    const { status, events } = await runSync(syncOf(own, shop, { startDate: '2026-09-30' }));

    expect(status).toEqual({ orders: 'success' });
    expect([...limits]).toEqual([null, '100', '50', '25']);
    expect(events.flatMap((event) => (event.type === 'split' ? [event.to] : []))).toEqual([
      '50 records a page',
      '25 records a page',
      'a window from 2026-09-30T03:00:00.000Z to 2026-10-02T19:27:30.000Z',
      'a window from 2026-09-30T03:00:00.000Z to 2026-10-01T11:13:45.000Z',
      'a window from 2026-10-02T19:27:30.000Z to 2026-10-04T03:41:15.000Z',
    ]);
    expect(await ids(own)).toHaveLength(60);
  });

  test('what is too much even for an hour is told', async () => {
    const own = await server.database();
    await using shop = await templateShop();
    shop.world.intercept = ({ url }) =>
      url.pathname.endsWith('/orders') ? json(413, { message: 'too much' }) : undefined;

    const { status, codes } = await runSync(syncOf(own, shop));

    expect(status).toEqual({ orders: 'error' });
    expect(codes).toEqual(['CX7207']);
  });

  test('an account that is closed is skipped, the others go on', async () => {
    const own = await server.database();
    await using shop = await templateShop({ orders: OCTOBER });
    shop.world.intercept = ({ url }) =>
      url.pathname.startsWith('/shops/8') ? json(402, { message: 'suspended' }) : undefined;
    const account = (shop_id: string) => ({
      settings: { shop_id, token: 'token-0123456789abcdef' },
      origin: shop.origin,
    });

    const { status, codes } = await runSync(
      syncOf(own, shop, { accounts: [account('8'), account('7')] }),
    );

    expect(status).toEqual({ '8/orders': 'skipped', '7/orders': 'success' });
    expect(codes).toEqual(['CX7203']);
  });

  test('a token that is withdrawn on the way ends all streams of the account with one message', async () => {
    const own = await server.database();
    await using shop = await templateShop({ orders: OCTOBER, customers: [{ id: 1, name: 'Ana' }] });
    shop.world.intercept = (_request, index) =>
      index > 1 ? json(401, { message: 'token token-0123456789abcdef is revoked' }) : undefined;

    const { status, codes, events } = await runSync(
      syncOf(own, shop, { streams: ['orders', 'customers'] }),
    );

    expect(Object.values(status).toSorted()).toEqual(['error', 'skipped']);
    expect(codes).toEqual(['CX7201']);
    expect(JSON.stringify(events)).not.toContain('token-0123456789abcdef');
  });

  test('one stream that fails stops no other', async () => {
    const own = await server.database();
    await using shop = await templateShop({ orders: OCTOBER, customers: [{ id: 1, name: 'Ana' }] });
    shop.world.intercept = ({ url }) =>
      url.pathname.endsWith('/orders') ? json(500, { message: 'down' }) : undefined;

    const { status, codes } = await runSync(
      syncOf(own, shop, { streams: ['orders', 'customers'] }),
    );

    expect(status).toEqual({ orders: 'error', customers: 'success' });
    expect(codes).toEqual(['CX7204']);
  });

  test('a limit that is used up for longer than a run waits is a clean stop', async () => {
    const own = await server.database();
    await using shop = await templateShop({ orders: OCTOBER });
    shop.world.intercept = ({ url }) =>
      url.searchParams.get('updated_from')?.startsWith('2026-09-27') === true
        ? json(429, { message: 'daily limit' }, { 'retry-after': '36000' })
        : undefined;

    const { results, codes } = await runSync(syncOf(own, shop));

    expect(results[0]).toMatchObject({ status: 'partial', retryAfterMs: 36_000_000 });
    expect(codes).toEqual(['CX7208']);
    expect(await ids(own)).toEqual([1]);
  });

  test('an account in another currency than before is not read, unless everything is read again', async () => {
    const own = await server.database();
    await using shop = await templateShop({ orders: OCTOBER });
    await runSync(syncOf(own, shop));
    shop.world.currency = 'USD';

    const refused = await runSync(syncOf(own, shop));
    const taken = await runSync(syncOf(own, shop, { order: { fullRefresh: true } }));

    expect(refused.status).toEqual({ orders: 'skipped' });
    expect(refused.codes).toEqual(['CX7209']);
    expect(taken.status).toEqual({ orders: 'success' });
  });

  test('an account in another currency than the client is read with a warning', async () => {
    const own = await server.database();
    await using shop = await templateShop({ currency: 'USD' });

    const { status, codes } = await runSync(
      syncOf(own, shop, { run: { client: { currency: 'BRL', timezone: 'America/Sao_Paulo' } } }),
    );

    expect(status).toEqual({ orders: 'success' });
    expect(codes).toEqual(['CX7210']);
  });

  test('a backfill reads what is missing, oldest first, and reads nothing twice', async () => {
    const own = await server.database();
    await using shop = await templateShop({ orders: OCTOBER });
    await runSync(syncOf(own, shop, { startDate: '2026-10-04' }));
    const before = shop.asked().length;
    const backfill = { purpose: 'backfill', since: '2026-09-21' } as const;

    await runSync(syncOf(own, shop, { order: backfill }));
    const again = await runSync(syncOf(own, shop, { order: backfill }));

    expect(shop.asked().slice(before)).toEqual([
      '2026-09-21T03:00:00.000Z..2026-09-28T03:00:00.000Z p1',
      '2026-09-28T03:00:00.000Z..2026-10-04T03:00:00.000Z p1',
    ]);
    expect(again.results[0]).toMatchObject({ status: 'success', windows: 0 });
    expect(await ids(own)).toEqual([1, 2, 3]);
  });

  test('days that are named are read again, whatever was read before', async () => {
    const own = await server.database();
    await using shop = await templateShop({ orders: OCTOBER });
    await runSync(syncOf(own, shop));
    const before = shop.asked().length;

    await runSync(syncOf(own, shop, { order: { since: '2026-09-25', until: '2026-09-26' } }));

    expect(shop.asked().slice(before)).toEqual([
      '2026-09-25T03:00:00.000Z..2026-09-27T03:00:00.000Z p1',
    ]);
  });

  test('a snapshot marks what is gone', async () => {
    const own = await server.database();
    const customers = [
      { id: 1, name: 'Ana' },
      { id: 2, name: 'Bia' },
    ];
    await using shop = await templateShop({ customers });
    const clock = jumpingClock();
    await runSync(syncOf(own, shop, { clock, streams: ['customers'] }));
    shop.world.customers = customers.slice(1);

    clock.advance(DAY_MS);
    await runSync(syncOf(own, shop, { clock, streams: ['customers'] }));

    const rows = await own.query(
      'select id from raw_template_customers where _deleted_at is not null',
    );
    expect(rows.map(({ id }) => Number(id))).toEqual([1]);
  });

  test('personal data lands as its hash, in the columns and in the record', async () => {
    const own = await server.database();
    await using shop = await templateShop({ customers: [{ id: 1, name: 'Ana Silva' }] });

    await runSync(syncOf(own, shop, { streams: ['customers'], pii: 'hash' }));

    const [row] = await own.query('select * from raw_template_customers');
    expect(row?.['name']).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(row)).not.toContain('Silva');
  });

  test('values that do not fit are NULL, and the run says so', async () => {
    const own = await server.database();
    await using shop = await templateShop({
      orders: [order(1, '2026-10-01T00:00:00Z', 'a lot'), order(2, '2026-10-01T00:00:00Z')],
    });

    const { status, codes, results } = await runSync(syncOf(own, shop));

    expect(status).toEqual({ orders: 'success' });
    expect(codes).toEqual(['CX7212']);
    expect(results[0]?.changes).toMatchObject({ added: 2, misfits: 1 });
  });

  test('many records without a key stop the stream, and nothing of the window stays', async () => {
    const own = await server.database();
    await using shop = await templateShop({
      orders: Array.from({ length: 40 }, (_, id) => ({
        ...order(id, '2026-10-01T00:00:00Z'),
        id: (id % 2 === 0 ? id : null) as number,
      })),
    });

    const { status, codes, results } = await runSync(syncOf(own, shop));

    expect(status).toEqual({ orders: 'error' });
    expect(codes).toContain('CX7211');
    expect(results[0]?.readUntil).toBe('2026-09-27T03:00:00.000Z');
  });

  test('a cancelled run ends with what it has', async () => {
    const own = await server.database();
    await using shop = await templateShop({ orders: OCTOBER });
    const controller = new AbortController();

    const { status } = await runSync(
      syncOf(own, shop, {
        run: {
          signal: controller.signal,
          onEvent: (event) => {
            if (event.type === 'windowFinished') controller.abort();
          },
        },
      }),
    );

    expect(status).toEqual({ orders: 'cancelled' });
    expect(await ids(own)).toEqual([1]);
  });

  test('a run whose session is lost says so, and keeps what it has', async () => {
    const own = await server.database();
    await using shop = await templateShop({ orders: OCTOBER });
    // The second window never comes.
    shop.world.intercept = ({ url }) =>
      url.searchParams.get('updated_from')?.startsWith('2026-09-27') === true
        ? () => undefined
        : undefined;
    const killSession = async () => {
      const [row] = await own.query('select thread_id from __cortex_sync_runs');
      await own.query(`kill ${Number(row?.['thread_id'])}`);
    };

    const { status, codes } = await runSync(
      syncOf(own, shop, {
        run: {
          onEvent: (event) => {
            if (event.type === 'windowFinished') void killSession();
          },
        },
      }),
    );

    expect(status).toEqual({ orders: 'error' });
    expect(codes).toEqual(['CX7104']);
    expect(await ids(own)).toEqual([1]);
  });

  test('two runs of one stream at once: one is refused', async () => {
    const own = await server.database();
    await using shop = await templateShop({ orders: OCTOBER });

    const runs = await Promise.all([1, 2].map(() => runSync(syncOf(own, shop))));

    const ended = runs.filter(({ status }) => status['orders'] === 'success');
    const refused = runs.filter(({ codes }) => codes.includes('CX7102'));
    expect(ended.length + refused.length).toBe(2);
    expect(ended.length).toBeGreaterThan(0);
    expect(await ids(own)).toEqual([1, 2, 3]);
  });
});
