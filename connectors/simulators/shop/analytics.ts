import { unit } from '../random.ts';
import type { AdDays } from './ad-days.ts';
import type {
  EventDay,
  ItemDay,
  LandingPageDay,
  MeasuredSession,
  SessionList,
  TrafficDay,
  TrafficSource,
  TransactionDay,
} from './analytics-records.ts';
import { HOUR } from './calendar.ts';
import { orderOf } from './orders.ts';
import { SessionDays } from './session-days.ts';
import type { SessionGroup } from './session-days.ts';
import type { ShopBase } from './shop-base.ts';
import { TAG } from './tags.ts';
import type { TouchDays } from './touch-days.ts';
import { keyOfSource, sourceOf } from './traffic-source.ts';
import type { Analytics } from './world-records.ts';

/** A day is settled this long after its end. */
const SETTLED_AFTER = 48 * HOUR;

/** Until a day is settled, rows of so few sessions stand in `(other)`. */
const HIDDEN_SESSIONS = 1;

const OTHER = sourceOf('(other)', '(other)', '(other)', '(other)');

/** What GA4 reports, as processed by an instant. */
export function shopAnalytics(base: ShopBase, touches: TouchDays, ads: AdDays): Analytics {
  const days = new SessionDays(base, touches, ads);
  const dayOf = (date: string) => base.sales.dayAt(base.calendar.startOf(date));
  const processed = (date: string, now: number) => processedSessions(base, days, dayOf(date), now);
  return {
    traffic: (date, now) => trafficRows(base, date, processed(date, now)),
    transactions: (date, now) => transactionRows(base, date, processed(date, now).sessions),
    items: (date, now) => itemRows(base, date, processed(date, now).sessions),
    events: (date, now) => eventRows(date, processed(date, now).sessions),
    landingPages: (date, now) => landingPageRows(base, date, processed(date, now).sessions),
    sessions: (date, now) => sessionList(base, days, dayOf(date), now),
  };
}

interface Processed {
  readonly sessions: readonly MeasuredSession[];
  readonly isSettled: boolean;
}

/** The sessions of a day that a report counts by now: hours late at first, all of them in the end. */
function processedSessions(base: ShopBase, days: SessionDays, day: number, now: number): Processed {
  const { seed, sales } = base;
  const isSettled = now >= sales.startOf(day + 1) + SETTLED_AFTER;
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
      for (const { group, touches, idle } of runs) {
        if (left >= 0 && left < touches.length + idle)
          return sessionOf(days, { group, day, now }, left);
        left -= touches.length + idle;
      }
      throw new RangeError(`there is no session ${position}`);
    },
  };
}

function sessionOf(
  days: SessionDays,
  place: { readonly group: SessionGroup; readonly day: number; readonly now: number },
  position: number,
): MeasuredSession {
  const { group, day, now } = place;
  const touches = group.touches.filter(({ at }) => at <= now);
  const touch = touches[position];
  return touch === undefined
    ? days.idleSession(group, day, position - touches.length)
    : days.buyerSession(group, touch, now);
}

function trafficRows(
  base: ShopBase,
  date: string,
  { sessions, isSettled }: Processed,
): TrafficDay[] {
  const bySource = grouped(sessions, keyOfSource);
  const rows: TrafficDay[] = [];
  const hidden: MeasuredSession[] = [];
  for (const [first, ...rest] of bySource) {
    if (first === undefined) continue;
    const all = [first, ...rest];
    if (!isSettled && all.length <= HIDDEN_SESSIONS) hidden.push(...all);
    else rows.push(trafficRow(base, date, first, all));
  }
  if (hidden.length > 0) rows.push(trafficRow(base, date, OTHER, hidden));
  return rows.toSorted((left, right) => (keyOfSource(left) < keyOfSource(right) ? -1 : 1));
}

function trafficRow(
  base: ShopBase,
  date: string,
  named: TrafficSource,
  sessions: readonly MeasuredSession[],
): TrafficDay {
  const { source, medium, campaign, channelGroup } = named;
  return {
    date,
    source,
    medium,
    campaign,
    channelGroup,
    sessions: sessions.length,
    users: usersOf(sessions),
    newUsers: sessions.filter(({ isNewUser }) => isNewUser).length,
    engagedSessions: sessions.filter(({ engagementSeconds }) => engagementSeconds >= 10).length,
    events: sum(sessions, ({ pageViews, purchaseEvents }) => pageViews * 2 + purchaseEvents + 2),
    engagementSeconds: sum(sessions, ({ engagementSeconds }) => engagementSeconds),
    purchases: sum(sessions, ({ purchaseEvents }) => purchaseEvents),
    revenue: sum(sessions, (session) => revenueOf(base, session)),
  };
}

function transactionRows(
  base: ShopBase,
  date: string,
  sessions: readonly MeasuredSession[],
): TransactionDay[] {
  return sessions
    .flatMap((session): TransactionDay[] => {
      const { orderIndex, purchaseEvents, source, medium, campaign, channelGroup } = session;
      if (orderIndex === undefined) return [];
      const { totals } = orderOf(base, orderIndex);
      const money = {
        revenue: totals.total * purchaseEvents,
        shipping: totals.shipping * purchaseEvents,
      };
      const named = { source, medium, campaign, channelGroup };
      return [{ date, orderIndex, purchases: purchaseEvents, ...money, ...named }];
    })
    .toSorted((left, right) => left.orderIndex - right.orderIndex);
}

function itemRows(base: ShopBase, date: string, sessions: readonly MeasuredSession[]): ItemDay[] {
  const categories = new Map(base.catalog.categories(base.end).map(({ id, name }) => [id, name]));
  const rows = new Map<number, ItemDay>();
  for (const { orderIndex, purchaseEvents } of sessions) {
    if (orderIndex === undefined) continue;
    for (const { product, name, quantity, unitPrice } of orderOf(base, orderIndex).lines) {
      const row = rows.get(product.id);
      const purchased = (row?.purchased ?? 0) + quantity * purchaseEvents;
      rows.set(product.id, {
        date,
        productId: product.id,
        name,
        category: categories.get(product.categoryIds.at(-1) ?? 0) ?? '',
        viewed: purchased * 23 + (product.id % 17),
        addedToCart: purchased * 4 + (product.id % 3),
        purchased,
        revenue: (row?.revenue ?? 0) + quantity * unitPrice * purchaseEvents,
      });
    }
  }
  return [...rows.values()].toSorted((left, right) => left.productId - right.productId);
}

function eventRows(date: string, sessions: readonly MeasuredSession[]): EventDay[] {
  const engaged = sessions.filter(({ engagementSeconds }) => engagementSeconds >= 10);
  const buying = sessions.filter(({ orderIndex }) => orderIndex !== undefined);
  const fresh = sessions.filter(({ isNewUser }) => isNewUser);
  const row = (name: string, count: number, some: readonly MeasuredSession[]): EventDay => {
    return { date, name, count, users: usersOf(some) };
  };
  return [
    row('first_visit', fresh.length, fresh),
    row(
      'page_view',
      sum(sessions, ({ pageViews }) => pageViews),
      sessions,
    ),
    row(
      'purchase',
      sum(buying, ({ purchaseEvents }) => purchaseEvents),
      buying,
    ),
    row('session_start', sessions.length, sessions),
    row('user_engagement', engaged.length, engaged),
  ].filter(({ count }) => count > 0);
}

function landingPageRows(
  base: ShopBase,
  date: string,
  sessions: readonly MeasuredSession[],
): LandingPageDay[] {
  const byPage = grouped(sessions, ({ landingUrl }) => new URL(landingUrl).pathname);
  return byPage
    .map((some) => ({
      date,
      page: new URL(some[0]?.landingUrl ?? '').pathname,
      sessions: some.length,
      users: usersOf(some),
      purchases: sum(some, ({ purchaseEvents }) => purchaseEvents),
      revenue: sum(some, (session) => revenueOf(base, session)),
    }))
    .toSorted((left, right) => (left.page < right.page ? -1 : 1));
}

function revenueOf(base: ShopBase, { orderIndex, purchaseEvents }: MeasuredSession): number {
  return orderIndex === undefined ? 0 : orderOf(base, orderIndex).totals.total * purchaseEvents;
}

function usersOf(sessions: readonly MeasuredSession[]): number {
  return new Set(sessions.map(({ clientId }) => clientId)).size;
}

function sum<T>(values: readonly T[], of: (value: T) => number): number {
  return values.reduce((total, value) => total + of(value), 0);
}

function grouped<T>(values: readonly T[], keyOf: (value: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return [...groups.values()];
}
