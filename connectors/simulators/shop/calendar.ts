import type { ShopCalendar } from './world-records.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The calendar of a zone. Offsets are looked up once for each hour that somebody asks about. */
export function shopCalendar(timeZone: string): ShopCalendar {
  const offsets = offsetsOf(timeZone);
  const wallClock = (instant: number) =>
    new Date(instant + offsets(instant)).toISOString().slice(0, 19).replace('T', ' ');
  return {
    timeZone,
    wallClock,
    dateOf: (instant) => wallClock(instant).slice(0, 10),
    startOf(date) {
      const midnight = Date.parse(`${date}T00:00:00Z`);
      const guess = midnight - offsets(midnight);
      const corrected = midnight - offsets(guess);
      // Where clocks go forward at midnight, the day begins an hour later on the wall.
      return wallClock(corrected).slice(0, 10) < date ? guess : corrected;
    },
    addDays: (date, days) =>
      new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10),
  };
}

/** Milliseconds by which the wall clock of a zone is ahead of UTC at an instant. */
function offsetsOf(timeZone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const known = new Map<number, number>();
  return (instant) => {
    const hour = Math.floor(instant / HOUR);
    const found = known.get(hour);
    if (found !== undefined) return found;
    const parts = format.formatToParts(hour * HOUR);
    const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
    const wall = Date.UTC(
      part('year'),
      part('month') - 1,
      part('day'),
      part('hour'),
      part('minute'),
      part('second'),
    );
    const offset = wall - hour * HOUR;
    if (known.size > 50_000) known.clear();
    known.set(hour, offset);
    return offset;
  };
}
