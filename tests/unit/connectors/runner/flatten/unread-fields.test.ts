import { expect, test } from 'vitest';
import { UnreadFields } from '../../../../../connectors/runner/flatten/unread-fields.ts';
import { json } from '../../../../../connectors/sdk/columns/json.ts';
import { bigint } from '../../../../../connectors/sdk/columns/numbers.ts';
import { text } from '../../../../../connectors/sdk/columns/text.ts';
import type { Stream } from '../../../../../connectors/sdk/definition.ts';
import type { JsonRecord } from '../../../../../connectors/sdk/json.ts';
import { ancestor, computed, parent } from '../../../../../connectors/sdk/value-source.ts';

const orders: Stream = {
  name: 'orders',
  description: 'Orders',
  key: ['id'],
  columns: {
    id: bigint('id', 'Id'),
    buyer: text('customer.name', 'Buyer'),
    extra: json('extra', 'As it is'),
    skus: json('lines[].sku', 'Skus'),
    label: text(
      computed(({ title }) => title),
      'Made up',
    ),
  },
  children: [
    {
      name: 'order_lines',
      description: 'Lines',
      path: 'lines',
      parentKey: ['order_id'],
      key: 'position',
      columns: {
        kind: text(
          computed((line, order) => line['kind'] ?? order['default_kind']),
          'Kind',
        ),
        channel: text(parent('channel'), 'Channel'),
      },
    },
    {
      name: 'order_taxes',
      description: 'Taxes',
      path: 'lines[].taxes',
      parentKey: ['order_id'],
      key: 'position',
      columns: { line: bigint(ancestor('line_id'), 'Line'), rate: text('rate', 'Rate') },
    },
  ],
  cursor: { kind: 'none' },
  write: { mode: 'upsert' },
  pii: [{ path: 'customer.email', kind: 'email' }],
  pageSize: 10,
  async *read() {},
};

function unreadIn(...records: readonly JsonRecord[]): readonly string[] {
  const found = new Set<string>();
  const unread = new UnreadFields(orders);
  for (const record of records) unread.find(record, found);
  return [...found];
}

test('what columns, child tables and rules read, and functions look at, is not told', () => {
  const record = {
    id: 1,
    title: 'A',
    channel: 'web',
    default_kind: 'x',
    customer: { name: 'Ana', email: 'ana@example.com' },
    extra: { any: { thing: 1 } },
    lines: [{ sku: 's', kind: 'k', line_id: 1, taxes: [{ rate: '1' }] }],
  };

  expect(unreadIn(record)).toEqual([]);
});

test('new fields are told at every level, by their path, once', () => {
  const record = {
    id: 1,
    gateway: { name: 'pix', fee: 1 },
    customer: { name: 'Ana', tier: 'gold' },
    lines: [{ gift: true }, { gift: false, taxes: [{ rate: '1', base: 2 }] }],
  };

  expect(unreadIn(record, record)).toEqual([
    'gateway',
    'customer.tier',
    'lines[].gift',
    'lines[].taxes[].base',
  ]);
});

test('keys that may be data are not told, and are one path', () => {
  const customer = { name: 'Ana', 'ana@example.com': 1, 17: 2, 18: 3 };

  expect(unreadIn({ id: 1, customer })).toEqual(['customer.*']);
});

test('a platform that changed everything does not flood', () => {
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`field_${n}`, n]));

  expect(unreadIn({ id: 1, ...many })).toHaveLength(200);
});
