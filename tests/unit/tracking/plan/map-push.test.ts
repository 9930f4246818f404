import { expect, test } from 'vitest';
import type { Push } from '../../../../tracking/plan/map-push.ts';
import { mapPush } from '../../../../tracking/plan/map-push.ts';
import { shippedPlan } from '../../../../tracking/plan/read-plan.ts';
import { trackingFixture } from '../../../support/tracking-fixture.ts';

interface EventMap {
  /** GA4 → [Meta, TikTok], with remarks in parentheses. */
  readonly table: Readonly<Record<string, readonly (string | null)[]>>;
  readonly cases: readonly {
    readonly id: string;
    readonly datalayer: Push;
    readonly meta: { event_name: string; event_id: string; custom_data: object } | null;
    readonly tiktok: { event: string; event_id: string; properties: object } | null;
  }[];
}

const { table, cases } = trackingFixture<EventMap>('event_map');
const plan = shippedPlan();

test.each(cases.map((one) => [one.id, one] as const))('%s: Meta', (_, { datalayer, meta }) => {
  const mapped = mapPush(plan, datalayer, 'meta');

  if (meta === null) expect(mapped).toBeNull();
  else
    expect(mapped).toMatchObject({
      name: meta.event_name,
      eventId: meta.event_id,
      parameters: meta.custom_data,
    });
});

test.each(cases.map((one) => [one.id, one] as const))('%s: TikTok', (_, { datalayer, tiktok }) => {
  const mapped = mapPush(plan, datalayer, 'tiktok');

  if (tiktok === null) expect(mapped).toBeNull();
  else
    expect(mapped).toMatchObject({
      name: tiktok.event,
      eventId: tiktok.event_id,
      parameters: tiktok.properties,
    });
});

test.each(Object.entries(table))('%s has the names of the table', (event, [meta, tiktok]) => {
  const name = (text: string | null | undefined): string | undefined => text?.split(' ')[0];
  const planned = plan.events[event];

  expect(planned?.meta?.event).toBe(name(meta));
  expect(planned?.tiktok?.event).toBe(name(tiktok));
});

test('a search and an account carry what stands beside the event', () => {
  const search = { event: 'search', event_id: 's.1', search_term: 'tênis' };

  expect(mapPush(plan, search, 'meta')?.parameters).toEqual({ search_string: 'tênis' });
  expect(mapPush(plan, search, 'tiktok')?.parameters).toEqual({ query: 'tênis' });
  expect(mapPush(plan, { event: 'sign_up', method: 'Google' }, 'meta')).toEqual({
    name: 'CompleteRegistration',
    eventId: undefined,
    parameters: {},
  });
});

test('an item without a quantity counts once', () => {
  const push = {
    event: 'purchase',
    ecommerce: {
      items: [
        { item_id: 7, price: 2 },
        { item_id: 'B', quantity: 3 },
      ],
    },
  };

  expect(mapPush(plan, push, 'meta')?.parameters).toMatchObject({
    num_items: 4,
    content_ids: ['7', 'B'],
    contents: [
      { id: '7', quantity: 1, item_price: 2 },
      { id: 'B', quantity: 3 },
    ],
  });
});
