import { expect, test } from 'vitest';
import { orders } from '../../../../../connectors/nuvemshop/orders.ts';
import { events } from '../../../../../connectors/ga4/events.ts';
import { carts } from '../../../../../connectors/tray/carts.ts';
import {
  cutoff,
  retentionOf,
  retentionSchema,
} from '../../../../../connectors/runner/settings/retention.ts';
import type { Stream } from '../../../../../connectors/sdk/definition.ts';

const NOW = Date.parse('2026-03-31T12:00:00Z');

test.each([
  ['1 month', '2026-02-28T12:00:00.000Z'],
  ['24 months', '2024-03-31T12:00:00.000Z'],
  ['180 days', '2025-10-02T12:00:00.000Z'],
  ['5 years', '2021-03-31T12:00:00.000Z'],
])('%s before now is %s', (after, expected) => {
  expect(cutoff({ after }, NOW)).toBe(expected);
});

test.each(['', '0 days', 'two months', '3 weeks', '-1 days'])('`%s` is no length', (after) => {
  expect(retentionSchema.safeParse({ after }).success).toBe(false);
});

test.each<[string, Stream, string]>([
  ['when an order last changed', orders as Stream, 'updated_at'],
  ['when a line came into a cart', carts as Stream, 'added_at'],
  ['the day of an event', events as Stream, 'event_date'],
])('the age is told by %s', (_about, stream, by) => {
  expect(retentionOf(stream, { after: '1 year', action: 'delete' })).toMatchObject({ by });
});

test.each<[string, Stream, object, string]>([
  [
    'a column that is not there',
    orders as Stream,
    { by: 'born_at' },
    '`orders` has no column `born_at`',
  ],
  [
    'a column without a date',
    orders as Stream,
    { by: 'total' },
    '`total` is `decimal(18,4)`, and tells no date',
  ],
  [
    'a key that is personal',
    events as Stream,
    {},
    'personal data is in the key of `events`: it can only be deleted',
  ],
])('%s is refused', (_about, stream, more, problem) => {
  expect(retentionOf(stream, { after: '1 year', action: 'drop', ...more })).toEqual({ problem });
});
