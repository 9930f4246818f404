import type { MeasuredSession } from './analytics-records.ts';
import { DistinctClients } from './distinct-clients.ts';
import { orderOf } from './orders.ts';
import type { ShopBase } from './shop-base.ts';

/** A session of so many seconds is an engaged one. */
const ENGAGED_SECONDS = 10;

export function isEngaged({ engagementSeconds }: MeasuredSession): boolean {
  return engagementSeconds >= ENGAGED_SECONDS;
}

/** Sums over sessions, which are added one by one and not kept. */
export class SessionTotals {
  sessions = 0;
  newUsers = 0;
  engagedSessions = 0;
  events = 0;
  engagementSeconds = 0;
  purchases = 0;
  revenue = 0;
  readonly #base: ShopBase;
  readonly #clients = new DistinctClients();

  constructor(base: ShopBase) {
    this.#base = base;
  }

  add(session: MeasuredSession): void {
    const { pageViews, purchaseEvents, orderIndex } = session;
    this.sessions += 1;
    if (session.isNewUser) this.newUsers += 1;
    if (isEngaged(session)) this.engagedSessions += 1;
    this.events += pageViews * 2 + purchaseEvents + 2;
    this.engagementSeconds += session.engagementSeconds;
    this.purchases += purchaseEvents;
    if (orderIndex !== undefined) {
      this.revenue += orderOf(this.#base, orderIndex).totals.total * purchaseEvents;
    }
    this.#clients.add(session.clientId);
  }

  get users(): number {
    return this.#clients.count();
  }
}
