import { unit } from '../random.ts';
import type { AdDays } from './ad-days.ts';
import { reportedDay } from './analytics-rows.ts';
import type { ReportedDay } from './analytics-rows.ts';
import type { MeasuredSession, SessionList } from './analytics-records.ts';
import { HOUR } from './calendar.ts';
import { Kept } from '../kept.ts';
import { SessionDays } from './session-days.ts';
import type { SessionGroup } from './session-days.ts';
import type { Touch } from './journey-records.ts';
import type { ShopBase } from './shop-base.ts';
import { TAG } from './tags.ts';
import type { TouchDays } from './touch-days.ts';
import type { Analytics } from './world-records.ts';

/** A day is settled this long after its end. */
const SETTLED_AFTER = 48 * HOUR;

/** Reports of one day are asked for one after the other, page by page; what is kept are their rows. */
const KEPT = {
  most: 40,
  weightOf: (day: ReportedDay) =>
    Object.values(day).reduce((sum, rows) => sum + (rows as readonly unknown[]).length, 0),
  heaviest: 50_000,
};

/** What GA4 reports, as processed by an instant. */
export function shopAnalytics(base: ShopBase, touches: TouchDays, ads: AdDays): Analytics {
  const days = new SessionDays(base, touches, ads);
  const dayOf = (date: string) => base.sales.dayAt(base.calendar.startOf(date));
  const kept = new Kept<string, ReportedDay>(KEPT);
  const reported = (date: string, now: number): ReportedDay => {
    const day = dayOf(date);
    const isSettled = isSettledBy(base, day, now);
    return kept.of(`${date} ${isSettled ? 'settled' : now}`, () => {
      const bySource = processedSessions(base, days, { day, now, isSettled });
      return reportedDay(base, { date, bySource, isSettled });
    });
  };
  return {
    traffic: (date, now) => reported(date, now).traffic,
    transactions: (date, now) => reported(date, now).transactions,
    items: (date, now) => reported(date, now).items,
    events: (date, now) => reported(date, now).events,
    landingPages: (date, now) => reported(date, now).landingPages,
    sessions: (date, now) => sessionList(base, days, dayOf(date), now),
  };
}

function isSettledBy({ sales }: ShopBase, day: number, now: number): boolean {
  return now >= sales.startOf(day + 1) + SETTLED_AFTER;
}

/** The sessions of a day that a report counts by now: hours late at first, all of them in the end. */
function* processedSessions(
  base: ShopBase,
  days: SessionDays,
  at: { readonly day: number; readonly now: number; readonly isSettled: boolean },
): Generator<Iterable<MeasuredSession>> {
  const { seed, sales } = base;
  const { day, now, isSettled } = at;
  const share = isSettled ? 1 : sales.shareBy(day, now - 6 * HOUR) * 0.96;
  const isProcessed = ({ orderIndex, at: begun }: Touch) =>
    isSettled || begun + (2 + unit(seed, TAG.session, orderIndex, 77) * 44) * HOUR <= now;
  const sessionsOf = function* (group: SessionGroup): Generator<MeasuredSession> {
    for (const touch of group.touches) {
      if (isProcessed(touch)) yield days.buyerSession(group, touch, now);
    }
    const idle = Math.floor(group.idle * share);
    for (let place = 0; place < idle; place += 1) yield days.idleSession(group, day, place);
  };
  for (const group of days.groups(day)) yield sessionsOf(group);
}

/** Sessions that began by now, group by group; idle ones stand in order of time. */
function sessionList(base: ShopBase, days: SessionDays, day: number, now: number): SessionList {
  const share = base.sales.shareBy(day, now);
  const runs = days.groups(day).map((group) => ({
    group,
    touches: group.touches.filter(({ at }) => at <= now),
    idle: Math.floor(group.idle * share),
  }));
  return {
    *between(from, to) {
      for (const { group, touches, idle } of runs) {
        for (const touch of touches) {
          if (touch.at >= from && touch.at < to) yield days.buyerSession(group, touch, now);
        }
        const first = firstPlace(idle, (place) => days.idleStart(group, day, place) >= from);
        for (let place = first; place < idle; place += 1) {
          const session = days.idleSession(group, day, place);
          if (session.startedAt >= to) break;
          yield session;
        }
      }
    },
  };
}

/** The first of `count` places from which on something is so; `count` where it is so nowhere. */
function firstPlace(count: number, isSo: (place: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isSo(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
