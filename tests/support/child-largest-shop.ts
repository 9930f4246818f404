import { ExportedEvents } from '../../connectors/simulators/ga4/exported-events.ts';
import { createWorld } from '../../connectors/simulators/shop/world.ts';

/** What a day of the largest shop comes to at Analytics: by its reports, and by the export of its events. */
export interface LargestShopDay {
  readonly sessions: number;
  readonly pageViews: number;
  readonly exported: number;
  readonly purchases: number;
  /** Instants of events on both sides of the middle of the export. */
  readonly middle: readonly number[];
}

const DATE = '2026-09-22';
const SETTLED = Date.parse('2026-10-01T09:00:00Z');

const world = createWorld({ seed: 7, orders: 5_000_000, days: 730, startDate: '2024-10-01' });
const reported = new Map(
  world.analytics.events(DATE, SETTLED).map(({ name, count }) => [name, count]),
);
const events = new ExportedEvents([
  { date: DATE, sessions: world.analytics.sessions(DATE, SETTLED) },
]);
const half = Math.floor(events.count / 2);
const day: LargestShopDay = {
  sessions: reported.get('session_start') ?? 0,
  pageViews: reported.get('page_view') ?? 0,
  purchases: reported.get('purchase') ?? 0,
  exported: events.count,
  middle: events.slice(half - 2000, half + 2000).map(({ at }) => at),
};
console.log(JSON.stringify(day));
