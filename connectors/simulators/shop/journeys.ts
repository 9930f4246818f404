import { randomOf } from '../random.ts';
import { DAY, HOUR, MINUTE } from './calendar.ts';
import type { AdClick, Touch } from './journey-records.ts';
import type { ShopBase } from './shop-base.ts';
import { TAG } from './tags.ts';
import { visitOf } from './visits.ts';

/** Of twenty orders, one is weeks in the making, five days, and the others hours. */
const RHYTHM = 20;
const MEDIUM_PHASES = 5;

/** Journeys are no longer; visits are numbered by it. */
const MOST_TOUCHES = 4;

/** Visits of an order begin at most this long before it, by the phase of the rhythm. */
const SHORT = 6 * HOUR;
const MEDIUM = 7 * DAY;
const LONG = 28 * DAY - HOUR;

/** The visits that led to an order, oldest first; the last one is on the day of the order. */
export function journeyOf(base: ShopBase, index: number): readonly Touch[] {
  const times = visitTimesOf(base, index);
  return times.map((_, position) => touchOf(base, index, position, times));
}

/** The visit in which an order was placed. */
export function lastTouchOf(base: ShopBase, index: number): Touch {
  const times = visitTimesOf(base, index);
  return touchOf(base, index, times.length - 1, times);
}

function visitTimesOf(base: ShopBase, index: number): readonly number[] {
  const { sales, seed } = base;
  const day = sales.dayOf(index);
  const placedAt = sales.instantOf(index, day);
  const random = randomOf(seed, TAG.journey, index);
  const lags = lagsOf(sales.phaseOf(index, day, RHYTHM), random);
  return lags.map((lag, position) => {
    const isLast = position === lags.length - 1;
    return isLast ? Math.max(sales.startOf(day), placedAt - lag) : placedAt - lag;
  });
}

/** One visit of a journey; made from its own number, whichever others are asked for. */
function touchOf(base: ShopBase, index: number, position: number, times: readonly number[]): Touch {
  const number = index * MOST_TOUCHES + position;
  const person = base.people.personOf(index);
  const isLast = position === times.length - 1;
  const role = isLast ? (times.length === 1 ? 'only' : 'last') : 'first';
  const at = times[position] ?? 0;
  const random = randomOf(base.seed, TAG.visit, number, 1);
  const visit = visitOf(base, { number, at, person, role }, random);
  return { ...visit, orderIndex: index, position, isLast };
}

/** The last ad click before an order. */
export function causeOf(journey: readonly Touch[]): AdClick | undefined {
  return journey.findLast(({ click }) => click !== undefined)?.click;
}

/** How long before the order each visit began, longest first: at most four. */
function lagsOf(phase: number, random: ReturnType<typeof randomOf>): number[] {
  const last = random.whole(2 * 60, 40 * 60) * 1000;
  if (phase > MEDIUM_PHASES) {
    return random.chance(0.15) ? [random.whole(60, SHORT / MINUTE) * MINUTE, last] : [last];
  }
  const longest =
    phase === 0
      ? 7 * DAY + Math.floor(random.next() * (LONG - 7 * DAY))
      : DAY + Math.floor(random.next() * (MEDIUM - DAY));
  const first = Math.floor(longest / 1000) * 1000;
  const between = random.whole(0, phase === 0 ? 2 : 1);
  const middle = Array.from({ length: between }, () => {
    return Math.floor((HOUR + random.next() * (first - HOUR)) / 1000) * 1000;
  }).toSorted((left, right) => right - left);
  return [first, ...middle, last];
}

/**
 * The visits that begin on a day of the sales calendar, of all orders that they led to. Only the orders that
 * can have one are looked at: all of the day and of the next morning, and the slow ones of four weeks.
 */
export function touchesOn(base: ShopBase, day: number): readonly Touch[] {
  const { sales } = base;
  const from = sales.startOf(day);
  const to = sales.startOf(day + 1);
  const touches: Touch[] = [];
  for (const index of ordersTouching(base, day)) {
    const times = visitTimesOf(base, index);
    times.forEach((at, position) => {
      if (at >= from && at < to) touches.push(touchOf(base, index, position, times));
    });
  }
  return touches;
}

function* ordersTouching(base: ShopBase, day: number): Generator<number> {
  const { sales } = base;
  const soon = sales.countBefore(sales.startOf(day + 1) + SHORT);
  for (let later = Math.max(0, day); later < Math.min(sales.days, day + 30); later += 1) {
    const end = sales.firstOf(later + 1);
    for (let index = sales.firstOf(later); index < end; index += 1) {
      const phase = sales.phaseOf(index, later, RHYTHM);
      const isNear = index < soon;
      const reach = later <= day + 8 ? MEDIUM_PHASES : 0;
      if (isNear || phase <= reach) yield index;
      else index += RHYTHM - 1 - phase;
    }
  }
}
