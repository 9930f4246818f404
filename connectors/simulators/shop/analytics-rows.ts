import type {
  EventDay,
  ItemDay,
  LandingPageDay,
  MeasuredSession,
  TrafficDay,
  TrafficSource,
  TransactionDay,
} from './analytics-records.ts';
import { orderOf } from './orders.ts';
import type { ShopBase } from './shop-base.ts';
import { keyOfSource, sourceOf } from './traffic-source.ts';

/** Until a day is settled, rows of so few sessions stand in `(other)`. */
const HIDDEN_SESSIONS = 1;

const OTHER = sourceOf('(other)', '(other)', '(other)', '(other)');

/** Sessions of a day as a report counts them. */
export interface Processed {
  readonly sessions: readonly MeasuredSession[];
  readonly isSettled: boolean;
}

export function trafficRows(
  base: ShopBase,
  date: string,
  { sessions, isSettled }: Processed,
): TrafficDay[] {
  const bySource = grouped(sessions, keyOfSource);
  const rows: TrafficDay[] = [];
  const hidden: MeasuredSession[] = [];
  for (const all of bySource) {
    const [first] = all;
    if (first === undefined) continue;
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

export function transactionRows(
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

export function itemRows(
  base: ShopBase,
  date: string,
  sessions: readonly MeasuredSession[],
): ItemDay[] {
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

export function eventRows(date: string, sessions: readonly MeasuredSession[]): EventDay[] {
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

export function landingPageRows(
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
