import { mix, unit } from '../random.ts';
import { DAY } from './calendar.ts';
import { splitWhole } from './money.ts';
import { TAG } from './tags.ts';
import type { ShopCalendar } from './world-records.ts';

/** Sunday first: quieter at the weekend, busiest on Mondays. */
const WEEKDAYS = [0.84, 1.18, 1.1, 1.07, 1.04, 1.0, 0.77];

/** Sales by hour of the day: asleep until six, a hump after lunch, the peak after dinner. */
const HOURS = [
  22, 12, 7, 4, 3, 4, 9, 18, 32, 48, 58, 60, 56, 52, 56, 58, 56, 52, 50, 55, 66, 72, 60, 40,
];

/** Share of a day's sales before each hour. */
const BEFORE_HOUR = HOURS.reduce<number[]>(
  (shares, weight) => [...shares, (shares.at(-1) ?? 0) + weight / total(HOURS)],
  [0],
);

/**
 * Things that happen in order of time, spread over days with growth, weekdays, hours and Black Friday: the
 * orders of a shop, its carts. Numbers grow with time, so that a window of time is a range of numbers.
 */
export class SalesDays {
  readonly count: number;
  readonly days: number;
  readonly #seed: number;
  readonly #starts: Float64Array;
  readonly #first: Float64Array;

  constructor(options: {
    readonly seed: number;
    readonly count: number;
    readonly days: number;
    readonly startDate: string;
    readonly calendar: ShopCalendar;
  }) {
    const { seed, count, days, startDate, calendar } = options;
    this.count = count;
    this.days = days;
    this.#seed = seed;
    const dates = Array.from({ length: days + 1 }, (_, day) => calendar.addDays(startDate, day));
    this.#starts = Float64Array.from(dates.map((date) => calendar.startOf(date)));
    const weights = dates.slice(0, days).map((date, day) => weightOf({ date, day, days, seed }));
    const counts = splitWhole(count, weights);
    this.#first = new Float64Array(days + 1);
    for (let day = 0; day < days; day += 1) {
      this.#first[day + 1] = this.firstOf(day) + (counts[day] ?? 0);
    }
  }

  /** Number of the first thing of a day; of the last day's end, the count of all. */
  firstOf(day: number): number {
    if (day < 0) return 0;
    return this.#first[Math.min(day, this.days)] ?? 0;
  }

  countOf(day: number): number {
    return this.firstOf(day + 1) - this.firstOf(day);
  }

  /** Midnight at which a day begins. Days before and after the shop's own have 24 hours. */
  startOf(day: number): number {
    if (day < 0) return (this.#starts[0] ?? 0) + day * DAY;
    if (day > this.days) return (this.#starts[this.days] ?? 0) + (day - this.days) * DAY;
    return this.#starts[day] ?? 0;
  }

  /** The day of an instant, from 0; below 0 before the first and `days` or more after the last. */
  dayAt(instant: number): number {
    if (instant < this.startOf(0)) return Math.floor((instant - this.startOf(0)) / DAY);
    if (instant >= this.startOf(this.days)) {
      return this.days + Math.floor((instant - this.startOf(this.days)) / DAY);
    }
    return lastAtMost(this.days + 1, instant, (day) => this.startOf(day));
  }

  /** The day of a number. */
  dayOf(index: number): number {
    return lastAtMost(this.days, index, (day) => this.firstOf(day));
  }

  /** When a thing happens, in whole seconds; never before the one with the number below. */
  instantOf(index: number, day = this.dayOf(index)): number {
    const place = index - this.firstOf(day) + unit(this.#seed, TAG.time, index);
    return this.instantAt(day, place / this.countOf(day));
  }

  /** When a share of a day's sales is over (from 0 to 1), in whole seconds. */
  instantAt(day: number, share: number): number {
    const start = this.startOf(day);
    const hour = lastAtMost(24, share, (candidate) => BEFORE_HOUR[candidate] ?? 1);
    const before = BEFORE_HOUR[hour] ?? 0;
    const within = (share - before) / ((BEFORE_HOUR[hour + 1] ?? 1) - before);
    const length = (this.startOf(day + 1) - start) / 24;
    return start + Math.floor(((hour + within) * length) / 1000) * 1000;
  }

  /** How many happen before an instant. */
  countBefore(instant: number): number {
    const day = this.dayAt(instant);
    if (day < 0) return 0;
    if (day >= this.days) return this.count;
    let low = this.firstOf(day);
    let high = this.firstOf(day + 1);
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.instantOf(middle, day) < instant) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Where a rhythm of `period` stands in a day, so that each period-th number is of one kind. */
  phaseOf(index: number, day: number, period: number): number {
    return (index - this.firstOf(day) + (mix(this.#seed, TAG.day, day, period) % period)) % period;
  }

  /** The part of a day's sales that is over at an instant, from 0 to 1. */
  shareBy(day: number, instant: number): number {
    const start = this.startOf(day);
    const hours = ((instant - start) / (this.startOf(day + 1) - start)) * 24;
    if (hours <= 0) return 0;
    if (hours >= 24) return 1;
    const hour = Math.floor(hours);
    const before = BEFORE_HOUR[hour] ?? 0;
    return before + (hours - hour) * ((BEFORE_HOUR[hour + 1] ?? 1) - before);
  }
}

function weightOf(place: {
  readonly date: string;
  readonly day: number;
  readonly days: number;
  readonly seed: number;
}): number {
  const { date, day, days, seed } = place;
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  const growth = 0.6 + (0.8 * day) / Math.max(1, days);
  const noise = 0.9 + 0.2 * unit(seed, TAG.day, day);
  return (WEEKDAYS[weekday] ?? 1) * growth * noise * seasonOf(date, weekday);
}

/** Black Friday (the fourth Friday of November) and the weekend after it, and December before Christmas. */
function seasonOf(date: string, weekday: number): number {
  const month = Number(date.slice(5, 7));
  const dayOfMonth = Number(date.slice(8, 10));
  if (month === 11 && weekday === 5 && dayOfMonth >= 22 && dayOfMonth <= 28) return 4.5;
  if (month === 11 && dayOfMonth >= 20) return 1.6;
  return month === 12 && dayOfMonth <= 20 ? 1.35 : 1;
}

/** The last of `count` growing values that is at most `limit`; 0 where none is. */
function lastAtMost(count: number, limit: number, valueOf: (index: number) => number): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (valueOf(middle) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}

function total(values: readonly number[]): number {
  return values.reduce((left, right) => left + right, 0);
}
