import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { NuvemshopAccount } from '../../../../connectors/nuvemshop/account.ts';
import { nuvemshop } from '../../../../connectors/nuvemshop/platform.ts';
import type { Slice } from '../../../../connectors/sdk/definition.ts';
import { platformFixtures } from '../../../support/platform-fixture.ts';
import type { Replay } from '../../../support/replay.ts';
import { replay } from '../../../support/replay.ts';

const account = {
  store_id: '2981734',
  access_token: 'not-a-real-token',
  contact_email: 'dados@exemplo.com.br',
  // Nobody asked for them when the pages were recorded.
  fulfillments: false,
};
const facts = { name: 'Loja Aurora', timeZone: 'America/Sao_Paulo', currency: 'BRL' };

/** The connector asks for a second more than the slice begins with. */
const slice = (from: string, to = '2026-10-04T00:00:00-03:00'): Slice => ({
  kind: 'instants',
  from: Date.parse(from) + 1000,
  to: Date.parse(to),
});
const EVERYTHING: Slice = { kind: 'everything' };
const FIRST_DAY = slice('2026-10-01T00:00:00-03:00');

const replayed = (
  options: Pick<Replay<NuvemshopAccount>, 'stream' | 'slice'> & Partial<Replay<NuvemshopAccount>>,
) => replay<NuvemshopAccount>({ platform: nuvemshop, account, facts, ...options });

const expected = (stream: string) =>
  JSON.parse(
    readFileSync(new URL(`${stream}/_expected.json`, platformFixtures('nuvemshop')), 'utf8'),
  ) as { readonly rows: number };

const sum = (amounts: readonly (string | null)[]) =>
  amounts.reduce((total, amount) => total + Math.round(Number(amount) * 100), 0) / 100;

test('every row of every stream lands without a misfit', async () => {
  const streams = [
    { stream: 'store', slice: EVERYTHING },
    { stream: 'categories', slice: EVERYTHING, unasked: ['categories/page3_beyond_end_404.json'] },
    {
      stream: 'coupons',
      slice: EVERYTHING,
      pageSize: 2,
      unasked: ['coupons/page3_beyond_end_404.json'],
    },
    {
      stream: 'abandoned_checkouts',
      slice: EVERYTHING,
      pageSize: 2,
      unasked: ['abandoned_checkouts/page3_beyond_end_404.json'],
    },
    ...['customers', 'products'].map((stream) => ({
      stream,
      slice: FIRST_DAY,
      pageSize: 2,
      ignored: ['updated_at_max'],
      unasked: [`${stream}/page4_beyond_end_404.json`],
    })),
  ];

  for (const options of streams) {
    const { rows, notices } = await replayed(options);

    expect(rows, options.stream).toHaveLength(expected(options.stream).rows);
    expect(
      rows.flatMap(({ misfits }) => misfits),
      options.stream,
    ).toEqual([]);
    expect(notices).toEqual([]);
  }
});

test('each language of the store is a row', async () => {
  const { children, rows } = await replayed({ stream: 'store', slice: EVERYTHING });

  expect(children).toEqual({ store_languages: 2 });
  expect(rows[0]?.children[0]?.map(({ values }) => values)).toEqual([
    ['2981734', 'pt', 'BRL', '1'],
    ['2981734', 'es', 'ARS', '0'],
  ]);
});

describe('orders', () => {
  const orders = {
    stream: 'orders',
    slice: FIRST_DAY,
    pageSize: 3,
    unasked: ['orders/page4_beyond_end_404.json'],
  };

  test('land once each, as they were last, with their lines', async () => {
    const { records, rows, children, column } = await replayed(orders);

    expect(records).toHaveLength(9);
    expect(rows).toHaveLength(8);
    expect(rows.flatMap(({ misfits }) => misfits)).toEqual([]);
    expect(children).toEqual({
      order_lines: 11,
      order_coupons: 1,
      order_promotions: 1,
      order_fulfillments: 0,
    });
    expect(sum(column('total'))).toBe(3851.51);
    const twice = column('id').indexOf('1689920013');
    expect(column('updated_at')[twice]).toBe('2026-10-03 11:05:00.000000');
  });

  test('are paid as much as they are', async () => {
    const { column } = await replayed(orders);
    const statuses = column('payment_status');

    const paid = column('total').filter((_, index) => statuses[index] === 'paid');
    expect(sum(paid)).toBe(3144.78);
  });

  test('keep instants in UTC and ids with all their digits', async () => {
    const { rows, column } = await replayed(orders);

    expect(column('created_at')[0]).toBe('2026-10-01 02:40:00.000000');
    expect(column('completed_at')[0]).toBe('2026-10-01 02:40:00.000000');
    expect(rows[0]?.children[0]?.[0]?.values).toContain('9007199254740995');
  });

  test('that were edited come with the lines that they have now', async () => {
    const { rows, children } = await replayed({
      stream: 'orders',
      recorded: ['orders_updated'],
      slice: slice('2026-10-03T21:00:00-03:00', '2026-10-06T00:00:00-03:00'),
      pageSize: 1,
      ignored: ['updated_at_max'],
    });

    expect(rows).toHaveLength(expected('orders_updated').rows);
    expect(children['order_lines']).toBe(2);
  });
});

test('lists inside records land as rows of their own', async () => {
  const customers = await replayed({
    stream: 'customers',
    slice: FIRST_DAY,
    pageSize: 2,
    ignored: ['updated_at_max'],
    unasked: ['customers/page4_beyond_end_404.json'],
  });
  const products = await replayed({
    stream: 'products',
    slice: FIRST_DAY,
    pageSize: 2,
    ignored: ['updated_at_max'],
    unasked: ['products/page4_beyond_end_404.json'],
  });
  const checkouts = await replayed({
    stream: 'abandoned_checkouts',
    slice: EVERYTHING,
    pageSize: 2,
    unasked: ['abandoned_checkouts/page3_beyond_end_404.json'],
  });

  expect(customers.children).toEqual({ customer_addresses: 6 });
  expect(products.children).toMatchObject({
    product_variants: 8,
    product_images: 5,
    product_categories: 4,
  });
  expect(products.column('name')[0]).toBe('Vestido Midi Floral');
  expect(checkouts.children).toEqual({ abandoned_checkout_lines: 4 });
});

test('a price is the same decimal, whether it comes as a number or as a text', async () => {
  const { column } = await replayed({
    stream: 'coupons',
    slice: EVERYTHING,
    pageSize: 2,
    unasked: ['coupons/page3_beyond_end_404.json'],
  });

  expect(column('min_price')).toEqual([null, '199.00', '100']);
});
