import type { CampaignKind } from './advertising-records.ts';
import type { TrafficSource } from './analytics-records.ts';
import type { Placement } from './placements.ts';
import type { Visit } from './journey-records.ts';
import type { ShopBase } from './shop-base.ts';

/** How GA4 names the source of visits that no campaign brought. */
export const FREE_SOURCES = {
  organic_search: sourceOf('google', 'organic', '(organic)', 'Organic Search'),
  organic_social: sourceOf('l.instagram.com', 'referral', '(referral)', 'Organic Social'),
  referral: sourceOf('blog.example.com.br', 'referral', '(referral)', 'Referral'),
  direct: sourceOf('(direct)', '(none)', '(direct)', 'Direct'),
} as const;

/** Of Google campaigns, by kind. */
const GOOGLE_GROUPS: Readonly<Record<CampaignKind, string>> = {
  sales: 'Paid Search',
  remarketing: 'Paid Search',
  search: 'Paid Search',
  search_brand: 'Paid Search',
  shopping: 'Paid Shopping',
  performance_max: 'Cross-network',
};

/** How GA4 names the source of a visit: by its UTM, else by the click that Google tagged, else by referrer. */
export function trafficSourceOf(base: ShopBase, visit: Visit): TrafficSource {
  const { utm, click, channel, at } = visit;
  if (channel === 'email') return sourceOf(utm.source, utm.medium, utm.campaign, 'Email');
  if (click?.platform === 'google') {
    const placement = base.campaigns
      .placements('google')
      .find(({ campaign }) => campaign.id === click.campaignId);
    if (placement === undefined) throw new RangeError('a click on no campaign');
    const name = utm.campaign === '' ? base.campaigns.nameAt(placement.campaign, at) : utm.campaign;
    return sourceOf('google', 'cpc', name, GOOGLE_GROUPS[placement.kind]);
  }
  if (click !== undefined) return sourceOf(utm.source, utm.medium, utm.campaign, 'Paid Social');
  if (channel === 'organic_search' || channel === 'organic_social' || channel === 'referral') {
    return FREE_SOURCES[channel];
  }
  return FREE_SOURCES.direct;
}

/** The source of visits from a placement by people who buy nothing. */
export function placementSourceOf(base: ShopBase, placement: Placement, at: number): TrafficSource {
  const name = base.campaigns.nameAt(placement.campaign, at);
  if (placement.platform === 'google') {
    return sourceOf('google', 'cpc', name, GOOGLE_GROUPS[placement.kind]);
  }
  const source = placement.platform === 'meta' ? 'instagram' : 'tiktok';
  return sourceOf(source, 'paid_social', name, 'Paid Social');
}

export function sourceOf(
  source: string,
  medium: string,
  campaign: string,
  channelGroup: string,
): TrafficSource {
  return { source, medium, campaign, channelGroup };
}

/** Names a source in maps. */
export function keyOfSource(source: TrafficSource): string {
  return [source.source, source.medium, source.campaign, source.channelGroup].join('\n');
}
