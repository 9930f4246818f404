import { createWorld } from '../../../connectors/simulators/shop/world.ts';

/** What decides about the generated shop: the same options give the same tables. */
export interface DemoOptions {
  readonly orders: number;
  readonly days: number;
  readonly seed: number;
}

export interface DemoDay {
  /** Place in the schedule, from 0. */
  readonly index: number;
  /** `2026-09-28`: the day that begins when the sync runs. */
  readonly date: string;
  /** Instants in milliseconds since the Unix epoch: when the shop is looked at, and when the sync begins. */
  readonly shopAt: number;
  readonly syncAt: number;
}

/** The morning after the shop's last day. A date of its own, so that the demo gives the same tables for ever. */
const LAST_MORNING = '2026-10-01';
/** The shop's last day: what is built is as of it. */
export const LAST_DATE = '2026-09-30';
/** Mornings after the first sync on which the demo syncs again. */
const DAILY_SYNCS = 3;
const MORNING_MS = 6 * 3_600_000;
/** A sync leaves out the last minutes, which the platforms' indexes lag behind. */
const LATER_MS = 1_800_000;

/** The first day of the shop. */
export function firstDate({ days }: DemoOptions): string {
  const day = new Date(`${LAST_MORNING}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - days);
  return day.toISOString().slice(0, 10);
}

/** The mornings on which the demo syncs, oldest first. */
export function demoDays(options: DemoOptions): readonly DemoDay[] {
  const startDate = firstDate(options);
  const { calendar } = createWorld({ ...options, startDate });
  return Array.from({ length: DAILY_SYNCS + 1 }, (_, index) => {
    const date = calendar.addDays(LAST_MORNING, index - DAILY_SYNCS);
    const shopAt = calendar.startOf(date) + MORNING_MS;
    return { index, date, shopAt, syncAt: shopAt + LATER_MS };
  });
}
