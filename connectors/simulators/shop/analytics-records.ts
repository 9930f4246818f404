/** What the site's analytics (GA4) counted; dates are the shop's, money is whole centavos. */

export interface TrafficSource {
  /** `(direct)` and `(not set)` are values. */
  readonly source: string;
  readonly medium: string;
  readonly campaign: string;
  /** GA4's default channel group: `Paid Social`. */
  readonly channelGroup: string;
}

export interface TrafficDay extends TrafficSource {
  readonly date: string;
  readonly sessions: number;
  readonly users: number;
  readonly newUsers: number;
  readonly engagedSessions: number;
  readonly events: number;
  readonly engagementSeconds: number;
  readonly purchases: number;
  readonly revenue: number;
}

export interface TransactionDay extends TrafficSource {
  readonly date: string;
  readonly orderIndex: number;
  /** 2 where the thank-you page was loaded twice. */
  readonly purchases: number;
  readonly revenue: number;
  readonly shipping: number;
}

export interface ItemDay {
  readonly date: string;
  readonly productId: number;
  readonly name: string;
  readonly category: string;
  readonly viewed: number;
  readonly addedToCart: number;
  readonly purchased: number;
  readonly revenue: number;
}

export interface EventDay {
  readonly date: string;
  readonly name: string;
  readonly count: number;
  readonly users: number;
}

export interface LandingPageDay {
  readonly date: string;
  readonly page: string;
  readonly sessions: number;
  readonly users: number;
  readonly purchases: number;
  readonly revenue: number;
}

/** Measured sessions of a day, of which the traffic rows are the sums (as of when all are processed). */
export interface SessionList {
  /** Those that began from an instant on and before another, each made when it is its turn; by source, not by time. */
  between(from: number, to: number): Iterable<MeasuredSession>;
}

export interface MeasuredSession extends TrafficSource {
  readonly startedAt: number;
  /** GA4's `user_pseudo_id`. */
  readonly clientId: string;
  readonly sessionId: number;
  readonly isNewUser: boolean;
  readonly device: 'mobile' | 'desktop' | 'tablet';
  readonly landingUrl: string;
  readonly referrer: string;
  readonly pageViews: number;
  readonly engagementSeconds: number;
  /** The order that was placed in it; its events are one `purchase`, or two. */
  readonly orderIndex: number | undefined;
  readonly purchaseEvents: number;
}
