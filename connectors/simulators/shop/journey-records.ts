export type AdPlatform = 'meta' | 'google' | 'tiktok';

/** A visit to the shop's site. */
export interface Visit {
  readonly at: number;
  readonly channel: Channel;
  /** The ad that was clicked, for paid channels. */
  readonly click: AdClick | undefined;
  /** Address that the visit began at, with its UTM and click ids. */
  readonly landingUrl: string;
  /** Page that led here; empty for none. */
  readonly referrer: string;
  readonly utm: Utm;
  readonly device: 'mobile' | 'desktop' | 'tablet';
  readonly clientId: string;
  /** Whether the site's analytics saw it: consent was given and nothing blocked the script. */
  readonly isMeasured: boolean;
}

/** A visit of somebody who ordered later. */
export interface Touch extends Visit {
  readonly orderIndex: number;
  /** From 0, in order of time; the last one ordered. */
  readonly position: number;
  readonly isLast: boolean;
}

export type Channel =
  | 'paid_social'
  | 'paid_search'
  | 'cross_network'
  | 'organic_search'
  | 'organic_social'
  | 'email'
  | 'referral'
  | 'direct';

export interface Utm {
  readonly source: string;
  readonly medium: string;
  readonly campaign: string;
  readonly content: string;
  readonly id: string;
}

export interface AdClick {
  readonly platform: AdPlatform;
  readonly campaignId: string;
  readonly adSetId: string;
  /** Empty for Performance Max, which has no ads to point at. */
  readonly adId: string;
  /** `fbclid`, `gclid` or `ttclid`. */
  readonly clickId: string;
  readonly at: number;
}

/** What really happened, which no platform knows. */
export interface ShopTruth {
  /** The visits that led to an order, oldest first, its own included. */
  journeyOf(orderIndex: number): readonly Touch[];
  /** The last ad click before an order, within 28 days; `undefined` where no ad had a part in it. */
  causeOf(orderIndex: number): AdClick | undefined;
  /** The person who placed it, whichever account, address or device was used; the same in all shops of a group. */
  personOf(orderIndex: number): number;
  /** Orders of a person, oldest first. */
  ordersOf(personId: number): readonly number[];
}
