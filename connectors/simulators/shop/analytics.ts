import { unit } from '../random.ts';
import type { AdDays } from './ad-days.ts';
import type { SessionList } from './analytics-records.ts';
import {
  eventRows,
  itemRows,
  landingPageRows,
  trafficRows,
  transactionRows,
} from './analytics-rows.ts';
import type { Processed } from './analytics-rows.ts';
import { HOUR } from './calendar.ts';
import { Kept } from '../kept.ts';
import { SessionDays } from './session-days.ts';
import type { ShopBase } from './shop-base.ts';
import { TAG } from './tags.ts';
import type { TouchDays } from './touch-days.ts';
import type { Analytics } from './world-records.ts';

/** A day is settled this long after its end. */
const SETTLED_AFTER = 48 * HOUR;

/** Reports of one day are asked for one after the other, page by page. */
const KEPT = {
  most: 4,
  weightOf: ({ sessions }: Processed) => sessions.length,
  heaviest: 100_000,
};

/** What GA4 reports, as processed by an instant. */
export function shopAnalytics(base: ShopBase, touches: TouchDays, ads: AdDays): Analytics {
  const days = new SessionDays(base, touches, ads);
  const dayOf = (date: string) => base.sales.dayAt(base.calendar.startOf(date));
  const kept = new Kept<string, Processed>(KEPT);
  const processed = (date: string, now: number): Processed => {
    const key = `${date} ${isSettledBy(base, dayOf(date), now) ? 'settled' : now}`;
    return kept.of(key, () => processedSessions(base, days, dayOf(date), now));
  };
  return {
    traffic: (date, now) => trafficRows(base, date, processed(date, now)),
    transactions: (date, now) => transactionRows(base, date, processed(date, now).sessions),
    items: (date, now) => itemRows(base, date, processed(date, now).sessions),
    events: (date, now) => eventRows(date, processed(date, now).sessions),
    landingPages: (date, now) => landingPageRows(base, date, processed(date, now).sessions),
    sessions: (date, now) => sessionList(base, days, dayOf(date), now),
  };
}

function isSettledBy({ sales }: ShopBase, day: number, now: number): boolean {
  return now >= sales.startOf(day + 1) + SETTLED_AFTER;
}

/** The sessions of a day that a report counts by now: hours late at first, all of them in the end. */
function processedSessions(base: ShopBase, days: SessionDays, day: number, now: number): Processed {
  const { seed, sales } = base;
  const isSettled = isSettledBy(base, day, now);
  const share = isSettled ? 1 : sales.shareBy(day, now - 6 * HOUR) * 0.96;
  const isProcessed = (index: number, at: number) =>
    isSettled || at + (2 + unit(seed, TAG.session, index, 77) * 44) * HOUR <= now;
  const sessions = days.groups(day).flatMap((group) => {
    const bought = group.touches
      .filter(({ orderIndex, at }) => isProcessed(orderIndex, at))
      .map((touch) => days.buyerSession(group, touch, now));
    const idle = Array.from({ length: Math.floor(group.idle * share) }, (_, place) =>
      days.idleSession(group, day, place),
    );
    return [...bought, ...idle];
  });
  return { sessions, isSettled };
}

/** Sessions that began by now, group by group. */
function sessionList(base: ShopBase, days: SessionDays, day: number, now: number): SessionList {
  const share = base.sales.shareBy(day, now);
  const runs = days.groups(day).map((group) => ({
    group,
    touches: group.touches.filter(({ at }) => at <= now),
    idle: Math.floor(group.idle * share),
  }));
  return {
    count: runs.reduce((sum, { touches, idle }) => sum + touches.length + idle, 0),
    at(position) {
      let left = position;
      if (left < 0) throw new RangeError(`there is no session ${position}`);
      for (const { group, touches, idle } of runs) {
        const touch = touches[left];
        if (touch !== undefined) return days.buyerSession(group, touch, now);
        left -= touches.length;
        if (left < idle) return days.idleSession(group, day, left);
        left -= idle;
      }
      throw new RangeError(`there is no session ${position}`);
    },
  };
}
