import type {
  EventDay,
  ItemDay,
  LandingPageDay,
  MeasuredSession,
  TrafficDay,
  TrafficSource,
  TransactionDay,
} from './analytics-records.ts';
import { DistinctClients } from './distinct-clients.ts';
import { orderOf } from './orders.ts';
import { isEngaged, SessionTotals } from './session-totals.ts';
import type { ShopBase } from './shop-base.ts';
import { keyOfSource, sourceOf } from './traffic-source.ts';

/** Until a day is settled, rows of so few sessions stand in `(other)`. */
const HIDDEN_SESSIONS = 1;

const OTHER = sourceOf('(other)', '(other)', '(other)', '(other)');

/** Sessions of a day as a report counts them, source by source; each is made when it is its turn. */
export interface Processed {
  readonly date: string;
  readonly bySource: Iterable<Iterable<MeasuredSession>>;
  readonly isSettled: boolean;
}

/** The rows of all reports of a day. */
export interface ReportedDay {
  readonly traffic: readonly TrafficDay[];
  readonly transactions: readonly TransactionDay[];
  readonly items: readonly ItemDay[];
  readonly events: readonly EventDay[];
  readonly landingPages: readonly LandingPageDay[];
}

/** Makes the reports of a day in one walk over its sessions, none of which is kept. */
export function reportedDay(base: ShopBase, { date, bySource, isSettled }: Processed): ReportedDay {
  const traffic = new TrafficRows(base, date, isSettled);
  const purchases = new PurchaseRows(base, date);
  const events = new EventRows(date);
  const landingPages = new LandingPageRows(base, date);
  for (const sessions of bySource) {
    for (const session of sessions) {
      traffic.add(session);
      purchases.add(session);
      events.add(session);
      landingPages.add(session);
    }
    traffic.endSource();
  }
  return {
    traffic: traffic.rows(),
    transactions: purchases.transactions(),
    items: purchases.items(),
    events: events.rows(),
    landingPages: landingPages.rows(),
  };
}

class TrafficRows {
  readonly #base: ShopBase;
  readonly #date: string;
  readonly #isSettled: boolean;
  readonly #rows: TrafficDay[] = [];
  readonly #hidden: SessionTotals;
  #first: MeasuredSession | undefined;
  #totals: SessionTotals;

  constructor(base: ShopBase, date: string, isSettled: boolean) {
    this.#base = base;
    this.#date = date;
    this.#isSettled = isSettled;
    this.#hidden = new SessionTotals(base);
    this.#totals = new SessionTotals(base);
  }

  add(session: MeasuredSession): void {
    this.#first ??= session;
    this.#totals.add(session);
  }

  /** The sessions that follow are of another source. */
  endSource(): void {
    if (this.#first === undefined) return;
    if (!this.#isSettled && this.#totals.sessions <= HIDDEN_SESSIONS) this.#hidden.add(this.#first);
    else this.#rows.push(trafficRow(this.#date, this.#first, this.#totals));
    this.#first = undefined;
    this.#totals = new SessionTotals(this.#base);
  }

  rows(): readonly TrafficDay[] {
    const { sessions } = this.#hidden;
    const hidden = sessions > 0 ? [trafficRow(this.#date, OTHER, this.#hidden)] : [];
    return [...this.#rows, ...hidden].toSorted((left, right) =>
      keyOfSource(left) < keyOfSource(right) ? -1 : 1,
    );
  }
}

function trafficRow(date: string, named: TrafficSource, totals: SessionTotals): TrafficDay {
  const { source, medium, campaign, channelGroup } = named;
  return {
    date,
    source,
    medium,
    campaign,
    channelGroup,
    sessions: totals.sessions,
    users: totals.users,
    newUsers: totals.newUsers,
    engagedSessions: totals.engagedSessions,
    events: totals.events,
    engagementSeconds: totals.engagementSeconds,
    purchases: totals.purchases,
    revenue: totals.revenue,
  };
}

/** Sessions in which something was bought: by order, and by product. */
class PurchaseRows {
  readonly #base: ShopBase;
  readonly #date: string;
  readonly #categories: ReadonlyMap<number, string>;
  readonly #transactions: TransactionDay[] = [];
  readonly #items = new Map<number, ItemDay>();

  constructor(base: ShopBase, date: string) {
    this.#base = base;
    this.#date = date;
    const categories = base.catalog.categories(base.end);
    this.#categories = new Map(categories.map(({ id, name }) => [id, name]));
  }

  add(session: MeasuredSession): void {
    const { orderIndex, purchaseEvents, source, medium, campaign, channelGroup } = session;
    if (orderIndex === undefined) return;
    const { totals, lines } = orderOf(this.#base, orderIndex);
    this.#transactions.push({
      date: this.#date,
      orderIndex,
      purchases: purchaseEvents,
      revenue: totals.total * purchaseEvents,
      shipping: totals.shipping * purchaseEvents,
      source,
      medium,
      campaign,
      channelGroup,
    });
    for (const { product, name, quantity, unitPrice } of lines) {
      const row = this.#items.get(product.id);
      const purchased = (row?.purchased ?? 0) + quantity * purchaseEvents;
      this.#items.set(product.id, {
        date: this.#date,
        productId: product.id,
        name,
        category: this.#categories.get(product.categoryIds.at(-1) ?? 0) ?? '',
        viewed: purchased * 23 + (product.id % 17),
        addedToCart: purchased * 4 + (product.id % 3),
        purchased,
        revenue: (row?.revenue ?? 0) + quantity * unitPrice * purchaseEvents,
      });
    }
  }

  transactions(): readonly TransactionDay[] {
    return this.#transactions.toSorted((left, right) => left.orderIndex - right.orderIndex);
  }

  items(): readonly ItemDay[] {
    return [...this.#items.values()].toSorted((left, right) => left.productId - right.productId);
  }
}

class EventRows {
  readonly #date: string;
  readonly #figures = new Map<string, { count: number; readonly clients: DistinctClients }>(
    ['first_visit', 'page_view', 'purchase', 'session_start', 'user_engagement'].map((name) => [
      name,
      { count: 0, clients: new DistinctClients() },
    ]),
  );

  constructor(date: string) {
    this.#date = date;
  }

  add(session: MeasuredSession): void {
    const { isNewUser, pageViews, orderIndex, purchaseEvents } = session;
    if (isNewUser) this.#count('first_visit', 1, session);
    this.#count('page_view', pageViews, session);
    if (orderIndex !== undefined) this.#count('purchase', purchaseEvents, session);
    this.#count('session_start', 1, session);
    if (isEngaged(session)) this.#count('user_engagement', 1, session);
  }

  rows(): readonly EventDay[] {
    return [...this.#figures]
      .filter(([, { count }]) => count > 0)
      .map(([name, { count, clients }]) => ({
        date: this.#date,
        name,
        count,
        users: clients.count(),
      }));
  }

  #count(name: string, count: number, { clientId }: MeasuredSession): void {
    const figures = this.#figures.get(name);
    if (figures === undefined) return;
    figures.count += count;
    figures.clients.add(clientId);
  }
}

class LandingPageRows {
  readonly #base: ShopBase;
  readonly #date: string;
  readonly #pages = new Map<string, SessionTotals>();

  constructor(base: ShopBase, date: string) {
    this.#base = base;
    this.#date = date;
  }

  add(session: MeasuredSession): void {
    const page = pathOf(session.landingUrl);
    const totals = this.#pages.get(page) ?? new SessionTotals(this.#base);
    this.#pages.set(page, totals);
    totals.add(session);
  }

  rows(): readonly LandingPageDay[] {
    return [...this.#pages]
      .map(([page, { sessions, users, purchases, revenue }]) => ({
        date: this.#date,
        page,
        sessions,
        users,
        purchases,
        revenue,
      }))
      .toSorted((left, right) => (left.page < right.page ? -1 : 1));
  }
}

/** `/produtos/vestido/` of `https://loja.example.com.br/produtos/vestido/?utm_source=…`, which the shop wrote itself. */
function pathOf(landingUrl: string): string {
  const [address = ''] = landingUrl.split('?', 1);
  return address.slice(address.indexOf('/', 'https://'.length));
}
