import { mix, unit } from '../random.ts';
import type { AdDays } from './ad-days.ts';
import type { MeasuredSession, TrafficSource } from './analytics-records.ts';
import { HOUR } from './calendar.ts';
import type { AdPlatform, Touch } from './journey-records.ts';
import { Kept } from '../kept.ts';
import { isTestOrder } from './orders.ts';
import type { ShopBase } from './shop-base.ts';
import { TAG } from './tags.ts';
import type { TouchDays } from './touch-days.ts';
import {
  FREE_SOURCES,
  keyOfSource,
  placementSourceOf,
  sourceOf,
  trafficSourceOf,
} from './traffic-source.ts';

/** Measured visits of people who buy nothing, for each order of the day. */
const FREE_VISITS = [
  { source: FREE_SOURCES.organic_search, perOrder: 9 },
  { source: FREE_SOURCES.direct, perOrder: 8 },
  { source: FREE_SOURCES.organic_social, perOrder: 4 },
  { source: FREE_SOURCES.referral, perOrder: 1.2 },
] as const;

const EMAIL_PER_ORDER = 2.5;

/** Of ad clicks: the page loads, consent is given, nothing blocks the script. */
const MEASURED_CLICKS = 0.62;

/** Of the sessions of one source, each seventh is of somebody who was there just before. */
const SESSIONS_PER_SEVEN = 6;

/** All measured sessions of one source on a day. */
export interface SessionGroup {
  readonly source: TrafficSource;
  /** Visits of buyers, in order of time. */
  readonly touches: readonly Touch[];
  /** Sessions of everybody else. */
  readonly idle: number;
  /** Tells the groups of a day apart. */
  readonly number: number;
}

const KEPT = {
  most: 40,
  weightOf: (groups: readonly SessionGroup[]) =>
    groups.reduce((sum, { touches }) => sum + touches.length, 0),
  heaviest: 20_000,
};

/** What the site's analytics measured on each day of the sales calendar. */
export class SessionDays {
  readonly #base: ShopBase;
  readonly #touches: TouchDays;
  readonly #ads: AdDays;
  readonly #productPaths: readonly string[];
  readonly #kept = new Kept<number, readonly SessionGroup[]>(KEPT);

  constructor(base: ShopBase, touches: TouchDays, ads: AdDays) {
    this.#base = base;
    this.#touches = touches;
    this.#ads = ads;
    this.#productPaths = base.catalog
      .products(base.start)
      .slice(0, 10)
      .map(({ product }) => `/produtos/${product.handle}/`);
  }

  groups(day: number): readonly SessionGroup[] {
    return this.#kept.of(day, () => this.#make(day));
  }

  /** A session of a buyer; the order in it is known once it was placed. */
  buyerSession(group: SessionGroup, touch: Touch, now: number): MeasuredSession {
    const { seed, sales } = this.#base;
    const draw = (what: number) =>
      unit(seed, TAG.session, touch.orderIndex * 4 + touch.position, what);
    const hasOrdered = touch.isLast && sales.instantOf(touch.orderIndex) <= now;
    return {
      ...group.source,
      startedAt: touch.at,
      clientId: touch.clientId,
      sessionId: Math.floor(touch.at / 1000),
      isNewUser: touch.position === 0 && draw(1) < 0.5,
      device: touch.device,
      landingUrl: touch.landingUrl,
      referrer: touch.referrer,
      pageViews: 3 + Math.floor(draw(2) * 9),
      engagementSeconds: 40 + Math.floor(draw(3) * 500),
      orderIndex: hasOrdered ? touch.orderIndex : undefined,
      purchaseEvents: hasOrdered ? (draw(4) < 0.015 ? 2 : 1) : 0,
    };
  }

  /**
   * A session that led to nothing, by its place in the group: later places are later in the day. Made half a million
   * times a day in a large shop: `...group.source` would take eight times as long as naming its fields.
   */
  idleSession(group: SessionGroup, day: number, place: number): MeasuredSession {
    const { seed } = this.#base;
    const number = mix(day, group.number, place);
    const draw = (what: number) => unit(seed, TAG.session, number, what);
    const startedAt = this.idleStart(group, day, place);
    const client = Math.floor((place * SESSIONS_PER_SEVEN) / 7);
    const isFirst = Math.floor(((place - 1) * SESSIONS_PER_SEVEN) / 7) !== client;
    const clientNumber = mix(seed + 3, day, group.number, client);
    const isBounce = draw(2) < 0.42;
    const { source, medium, campaign, channelGroup } = group.source;
    return {
      source,
      medium,
      campaign,
      channelGroup,
      startedAt,
      clientId: `${clientNumber}.${1_700_000_000 + (clientNumber % 50_000_000)}`,
      sessionId: Math.floor(startedAt / 1000),
      isNewUser: isFirst && unit(seed, TAG.session, clientNumber, 9) < 0.7,
      device: draw(3) < 0.74 ? 'mobile' : 'desktop',
      landingUrl: `https://${this.#base.store.domain}${this.#idlePath(draw(4))}`,
      referrer: '',
      pageViews: isBounce ? 1 : 2 + Math.floor(draw(5) * 5),
      engagementSeconds: isBounce ? Math.floor(draw(6) * 9) : 12 + Math.floor(draw(6) * 160),
      orderIndex: undefined,
      purchaseEvents: 0,
    };
  }

  /** When an idle session begins: never before the one of the place below. */
  idleStart(group: SessionGroup, day: number, place: number): number {
    const { seed, sales } = this.#base;
    const draw = unit(seed, TAG.session, mix(day, group.number, place), 1);
    return sales.instantAt(day, (place + draw) / group.idle);
  }

  /** Half of them at the front door, the others at one of ten products. */
  #idlePath(share: number): string {
    return share < 0.5 ? '/' : (this.#productPaths[Math.floor((share - 0.5) * 20)] ?? '/');
  }

  #make(day: number): SessionGroup[] {
    if (day < 0 || day >= this.#base.sales.days) return [];
    const sources = new Map<string, { source: TrafficSource; touches: Touch[]; idle: number }>();
    const groupOf = (source: TrafficSource) => {
      const key = keyOfSource(source);
      const group = sources.get(key) ?? { source, touches: [], idle: 0 };
      sources.set(key, group);
      return group;
    };
    for (const { source, visits } of this.#idleVisits(day)) groupOf(source).idle += visits;
    for (const touch of this.#touches.on(day)) {
      if (!touch.isMeasured || isTestOrder(this.#base, touch.orderIndex)) continue;
      groupOf(trafficSourceOf(this.#base, touch)).touches.push(touch);
    }
    return [...sources.entries()]
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .map(([, { source, touches, idle }], number) => ({
        source,
        touches: touches.toSorted((left, right) => left.at - right.at),
        idle: Math.round(idle),
        number,
      }));
  }

  /** Visits of people who buy nothing: steady ones by the size of the day, and those that ads brought. */
  #idleVisits(day: number): { readonly source: TrafficSource; readonly visits: number }[] {
    const { seed, sales, calendar } = this.#base;
    const noon = sales.startOf(day) + 12 * HOUR;
    const month = calendar.dateOf(noon).slice(0, 7);
    const email = sourceOf('newsletter', 'email', `novidades-${month}`, 'Email');
    const steady = [...FREE_VISITS, { source: email, perOrder: EMAIL_PER_ORDER }];
    const free = steady.map(({ source, perOrder }, place) => {
      const noise = 0.85 + 0.3 * unit(seed, TAG.session, day, 1000 + place);
      return { source, visits: sales.countOf(day) * perOrder * noise };
    });
    const platforms: readonly AdPlatform[] = ['meta', 'google', 'tiktok'];
    const paid = platforms.flatMap((platform) =>
      this.#ads.clicked(platform, day).deliveries.map(({ placement, linkClicks }) => {
        const source = placementSourceOf(this.#base, placement, noon);
        return { source, visits: linkClicks * MEASURED_CLICKS };
      }),
    );
    return [...free, ...paid];
  }
}
