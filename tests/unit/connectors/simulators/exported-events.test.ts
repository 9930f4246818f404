import { expect, test } from 'vitest';
import { ExportedEvents } from '../../../../connectors/simulators/ga4/exported-events.ts';
import { createWorld } from '../../../../connectors/simulators/shop/world.ts';

const world = createWorld({ seed: 5, orders: 500, days: 30, startDate: '2026-09-01' });
const now = Date.parse('2026-10-05T12:00:00Z');
const days = ['2026-09-10', '2026-09-11'].map((date) => ({
  date,
  sessions: world.analytics.sessions(date, now),
}));

test('events come in order of time, and pages add up to the whole', () => {
  const events = new ExportedEvents(days);

  const whole = events.slice(0, events.count);
  const pages = Array.from({ length: Math.ceil(events.count / 7) }, (_, page) =>
    events.slice(page * 7, (page + 1) * 7),
  );

  expect(whole.length).toBeGreaterThan(100);
  expect(pages.flat()).toEqual(whole);
  expect(whole.map(({ at }) => at)).toEqual(whole.map(({ at }) => at).toSorted((a, b) => a - b));
});

test('a session is its start, its pages and its purchases', () => {
  const events = new ExportedEvents(days);
  const names = { session_start: 0, page_view: 0, purchase: 0 };

  for (const { name } of events.slice(0, events.count)) names[name] += 1;

  const expected = { session_start: 0, page_view: 0, purchase: 0 };
  for (const { sessions } of days) {
    for (const { pageViews, purchaseEvents } of sessions.between(0, Infinity)) {
      expected.session_start += 1;
      expected.page_view += pageViews;
      expected.purchase += purchaseEvents;
    }
  }
  expect(names).toEqual(expected);
  expect(names.purchase).toBeGreaterThan(0);
});
