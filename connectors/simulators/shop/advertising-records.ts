import type { AdClick, AdPlatform } from './journey-records.ts';

/** Money is whole centavos, instants are milliseconds since the Unix epoch (UTC), dates are the shop's. */

export interface AdAccount {
  readonly platform: AdPlatform;
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly createdAt: number;
}

/** A campaign, ad set (ad group) or ad at an instant. */
export interface AdEntity {
  readonly id: string;
  /** As it is called by then: names change. */
  readonly name: string;
  readonly status: 'active' | 'paused' | 'archived' | 'deleted';
  readonly createdAt: number;
  readonly updatedAt: number;
  /** First and last day of delivery; the last is `undefined` while it is open. */
  readonly startDate: string;
  readonly endDate: string | undefined;
}

export interface Campaign extends AdEntity {
  readonly platform: AdPlatform;
  readonly kind: CampaignKind;
  /** A day. */
  readonly budget: number;
}

/** Meta and TikTok know the first two; Google the rest. */
export type CampaignKind =
  | 'sales'
  | 'remarketing'
  | 'search_brand'
  | 'search'
  | 'shopping'
  | 'performance_max';

export interface AdSet extends AdEntity {
  readonly campaignId: string;
  readonly budget: number;
}

export interface Ad extends AdEntity {
  readonly campaignId: string;
  readonly adSetId: string;
  readonly headline: string;
  readonly body: string;
  readonly landingUrl: string;
}

/** An ad on one day, as the platform reported it at an instant. Rows without delivery do not exist. */
export interface AdDay {
  readonly date: string;
  readonly campaignId: string;
  readonly adSetId: string;
  /** Empty for Performance Max. */
  readonly adId: string;
  readonly metrics: AdMetrics;
  /** The same by device; the parts add up to `metrics`. */
  readonly byDevice: Readonly<Record<'mobile' | 'desktop' | 'tablet', AdMetrics>>;
}

export interface AdMetrics {
  readonly impressions: number;
  readonly reach: number;
  readonly clicks: number;
  readonly linkClicks: number;
  readonly spend: number;
  /** Orders that followed a click of this day, counted on the day of the click, by how soon they came. */
  readonly purchases1d: number;
  readonly purchases7d: number;
  readonly purchases28d: number;
  readonly revenue1d: number;
  readonly revenue7d: number;
  readonly revenue28d: number;
  /** Orders of people who only saw the ad the day before: claimed by the platform, caused by nothing. */
  readonly viewPurchases1d: number;
  readonly viewRevenue1d: number;
  readonly addsToCart: number;
  readonly checkouts: number;
}

/** Clicks of a day, those that led to orders first; all others led to nothing. */
export interface AdClickList {
  readonly count: number;
  at(position: number): ListedClick;
}

export interface ListedClick extends AdClick {
  readonly device: 'mobile' | 'desktop' | 'tablet';
  readonly orderIndex: number | undefined;
}

export interface SearchTermDay {
  readonly date: string;
  readonly campaignId: string;
  readonly adSetId: string;
  readonly adId: string;
  readonly term: string;
  readonly impressions: number;
  readonly clicks: number;
  readonly spend: number;
}
