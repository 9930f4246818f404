import { describe, expect, test } from 'vitest';
import type { TrayAccount } from '../../../../connectors/tray/account.ts';
import { tray } from '../../../../connectors/tray/platform.ts';
import type { Slice } from '../../../../connectors/sdk/definition.ts';
import type { Replay } from '../../../support/replay.ts';
import { replay } from '../../../support/replay.ts';

const account = {
  store_id: '1104532',
  api_address: 'https://lojaaurora.commercesuite.com.br/web_api',
  consumer_key: 'key',
  consumer_secret: 'hush',
  code: 'once',
};
const facts = { name: 'Loja Aurora', timeZone: 'America/Sao_Paulo', currency: 'BRL' };

const days = (first: string, afterLast: string): Slice => ({
  kind: 'instants',
  from: Date.parse(`${first}T00:00:00-03:00`),
  to: Date.parse(`${afterLast}T00:00:00-03:00`),
});
const EVERYTHING: Slice = { kind: 'everything' };
const ONE_DAY = days('2026-10-01', '2026-10-02');

const replayed = ({
  recorded,
  ...options
}: Pick<Replay<TrayAccount>, 'stream' | 'slice'> & Partial<Replay<TrayAccount>>) =>
  replay<TrayAccount>({
    platform: tray,
    account,
    facts,
    recorded: ['_auth', ...(recorded ?? [options.stream])],
    unasked: ['_auth/refresh.json'],
    ...options,
  });

test.each([
  { stream: 'customers', slice: ONE_DAY, pageSize: 2, rows: 4 },
  { stream: 'products', slice: ONE_DAY, pageSize: 2, rows: 5 },
  { stream: 'product_variants', slice: EVERYTHING, pageSize: 3, rows: 6 },
  { stream: 'products_solds', slice: EVERYTHING, pageSize: 4, rows: 10 },
  { stream: 'discount_coupons', slice: EVERYTHING, pageSize: 2, rows: 3 },
  { stream: 'carts', slice: EVERYTHING, pageSize: 2, rows: 3 },
  { stream: 'order_statuses', slice: EVERYTHING, pageSize: 3, rows: 5 },
])('$stream lands $rows rows without a misfit', async ({ rows: expected, ...options }) => {
  const { rows, notices } = await replayed(options);

  expect(rows).toHaveLength(expected);
  expect(rows.flatMap(({ misfits }) => misfits)).toEqual([]);
  expect(notices).toEqual([]);
});

describe('orders', () => {
  const orders = {
    stream: 'orders',
    recorded: ['orders', 'orders_complete'],
    slice: days('2026-10-01', '2026-10-04'),
    pageSize: 3,
  };

  test('come with what only the complete call has', async () => {
    const { rows, children } = await replayed(orders);

    expect(rows).toHaveLength(7);
    expect(rows.flatMap(({ misfits }) => misfits)).toEqual([]);
    expect(children).toMatchObject({
      order_lines: 10,
      order_line_skus: 2,
      order_payments: 5,
      order_marketplaces: 1,
    });
  });

  test('add up by the identity of Tray', async () => {
    const { column } = await replayed(orders);
    const cents = (name: string) =>
      column(name).map((amount) => Math.round(Number(amount ?? '0') * 100));
    const total = cents('total');
    const [partial, discount, coupon, shipment, rate] = [
      'partial_total',
      'discount',
      'coupon_discount',
      'shipment_value',
      'payment_method_rate',
    ].map((name) => cents(name));

    expect(total.reduce((sum, amount) => sum + amount, 0)).toBe(376_509);
    expect(total).toEqual(
      partial?.map(
        (amount, index) =>
          amount -
          (discount?.[index] ?? 0) -
          (coupon?.[index] ?? 0) +
          (shipment?.[index] ?? 0) +
          (rate?.[index] ?? 0),
      ),
    );
  });

  test('are placed at an instant, which Tray writes in Brasília’s time', async () => {
    const { column } = await replayed(orders);

    expect(column('placed_at')[1]).toBe('2026-10-02 02:58:01.000000');
    expect(column('placed_on')[1]).toBe('2026-10-01');
    expect(column('sent_on')[1]).toBeNull();
    expect(column('customer_created_at')[1]).toBeNull();
  });

  test('have code and discount of their coupon apart', async () => {
    const { column } = await replayed(orders);

    expect(column('coupon_code')[2]).toBe('ATACADO5');
    expect(column('coupon_discount')[2]).toBe('99.50');
    expect(column('coupon_code')[1]).toBeNull();
  });

  test('of a window without any are none', async () => {
    const { rows } = await replayed({
      stream: 'orders',
      recorded: ['empty'],
      slice: days('2019-01-01', '2019-01-03'),
      ignored: ['limit', 'sort'],
    });

    expect(rows).toEqual([]);
  });
});

test('customers by one call each have what the list lacks', async () => {
  const { rows, children, column } = await replayed({
    stream: 'customers_detail',
    recorded: ['customers', 'customers_detail'],
    slice: days('2026-10-01', '2026-10-03'),
    pageSize: 2,
    // Recorded for one day, which the platform took as the first.
    ignored: ['modified'],
  });

  expect(rows).toHaveLength(2);
  expect(children).toEqual({ customer_detail_addresses: 2 });
  expect(column('cellphone')[0]).toBe('11900000001');
});

test('a cart that has no variant is told apart from one that has', async () => {
  const { column } = await replayed({ stream: 'carts', slice: EVERYTHING, pageSize: 2 });

  expect(column('variant_id')).toEqual(['0', '0', '0']);
  expect(column('added_at')[2]).toBe('2026-10-03 01:01:00.000000');
});
