import { expect, test } from 'vitest';
import type { ShopifyAccount } from '../../../../connectors/shopify/account.ts';
import { shopify } from '../../../../connectors/shopify/platform.ts';
import { replay } from '../../../support/replay.ts';
import type { Replay } from '../../../support/replay.ts';

const read = (stream: string, more: Partial<Replay<ShopifyAccount>> = {}) =>
  replay({
    platform: shopify,
    account: { shop: 'loja-aurora.myshopify.com', access_token: 'token-0123456789' },
    facts: { name: 'Loja Aurora', timeZone: 'America/Sao_Paulo', currency: 'BRL' },
    stream,
    slice: {
      kind: 'instants',
      from: Date.parse('2026-10-01T00:00:00Z'),
      to: Date.parse('2026-10-04T00:00:00Z'),
    },
    ignored: ['query'],
    ...more,
  });

const BULK: Partial<Replay<ShopifyAccount>> = {
  recorded: ['bulk_orders'],
  purpose: 'backfill',
  ignored: ['query', 'X-Goog-Signature'],
};

const total = (texts: readonly (string | null)[]) =>
  texts.reduce((sum, text) => sum + Math.round(Number(text) * 100), 0) / 100;

const misfits = ({ rows }: Awaited<ReturnType<typeof read>>) => rows.flatMap((row) => row.misfits);

test('the shop is one row', async () => {
  const replayed = await read('shop', { slice: { kind: 'everything' } });

  expect(replayed.column('time_zone')).toEqual(['America/Sao_Paulo']);
});

test('orders bring their lines, discounts and deliveries, in the shop’s currency', async () => {
  const replayed = await read('orders', { pageSize: 3 });

  expect(replayed.rows).toHaveLength(8);
  expect(misfits(replayed)).toEqual([]);
  expect(replayed.children).toEqual({
    order_line_items: 10,
    order_discount_applications: 2,
    order_shipping_lines: 4,
    order_discount_allocations: 3,
    order_tax_lines: 0,
    order_custom_attributes: 2,
  });
  const isTest = replayed.column('is_test');
  const real = (name: string) => replayed.column(name).filter((_, row) => isTest[row] === '0');
  expect({
    totalPrice: total(real('total_price')),
    currentTotalPrice: total(real('current_total_price')),
    totalRefunded: total(real('total_refunded')),
  }).toEqual({ totalPrice: 1831.22, currentTotalPrice: 1528.92, totalRefunded: 302.3 });
});

test('refunds of lines and of money are kept apart', async () => {
  const replayed = await read('order_refunds', { pageSize: 2 });

  expect(replayed.rows).toHaveLength(3);
  expect(replayed.children).toEqual({ refunds: 3, refund_line_items: 2 });
});

test('transactions come with their orders', async () => {
  const replayed = await read('order_transactions', { pageSize: 2 });

  expect([replayed.rows.length, replayed.children]).toEqual([3, { transactions: 4 }]);
});

test('products bring their variants', async () => {
  const replayed = await read('products', { pageSize: 2 });

  expect([replayed.rows.length, replayed.children['variants']]).toEqual([5, 8]);
  expect(misfits(replayed)).toEqual([]);
});

test('customers bring their addresses', async () => {
  const replayed = await read('customers', { pageSize: 2 });

  expect([replayed.rows.length, replayed.children]).toEqual([4, { customer_addresses: 3 }]);
});

test.each(['abandoned_checkouts', 'deletion_events'])('%s are read whole', async (stream) => {
  const replayed = await read(stream, { pageSize: 2 });

  expect(replayed.rows).toHaveLength(3);
  expect(misfits(replayed)).toEqual([]);
});

test('a bulk file gives orders with their lines', async () => {
  const replayed = await read('orders', BULK);

  const { order_line_items: lines = 0, order_discount_applications: discounts = 0 } =
    replayed.children;
  expect([replayed.rows.length, lines + discounts]).toEqual([4, 6]);
});

test('an app of the Dev Dashboard gets its token first', async () => {
  const replayed = await read('shop', {
    account: { shop: 'loja-aurora.myshopify.com', client_id: 'id', client_secret: 'secret-0123' },
    slice: { kind: 'everything' },
    recorded: ['_auth', 'shop'],
    ignored: ['query', 'client_id', 'client_secret'],
  });

  expect(replayed.rows).toHaveLength(1);
});
