import { mix, unit } from '../random.ts';
import type { Random } from '../random.ts';
import type { Placement } from './placements.ts';
import type { AdClick, AdPlatform, Channel, Utm, Visit } from './journey-records.ts';
import { idText } from './person.ts';
import type { ShopBase } from './shop-base.ts';
import { TAG } from './tags.ts';

export type Device = Visit['device'];

export const DEVICES: readonly Device[] = ['mobile', 'desktop', 'tablet'];
export const DEVICE_WEIGHTS = [72, 25, 3];

const CHANNELS: readonly Channel[] = [
  'paid_social',
  'paid_search',
  'cross_network',
  'organic_search',
  'organic_social',
  'email',
  'referral',
  'direct',
];

/** How often a channel is the first of several, the last of several, and the only one. */
const WEIGHTS = {
  first: [40, 16, 9, 14, 10, 2, 5, 4],
  last: [14, 18, 7, 14, 4, 14, 3, 26],
  only: [30, 16, 8, 16, 6, 8, 4, 12],
} as const;

const REFERRERS: Readonly<Record<Channel, string>> = {
  paid_social: '',
  paid_search: 'https://www.google.com/',
  cross_network: 'https://www.google.com/',
  organic_search: 'https://www.google.com/',
  organic_social: 'https://l.instagram.com/',
  email: '',
  referral: 'https://blog.example.com.br/achados',
  direct: '',
};

/** Consent is refused, or a script is blocked. */
const UNMEASURED = 0.26;

export interface VisitPlace {
  /** What numbers the visit among all of its kind. */
  readonly number: number;
  readonly at: number;
  readonly person: number;
  readonly role: keyof typeof WEIGHTS;
}

/** A visit of a person: where it came from, and the address it began at. */
export function visitOf(base: ShopBase, place: VisitPlace, random: Random): Visit {
  const { at, person } = place;
  const device = DEVICES[random.weighted(DEVICE_WEIGHTS)] ?? 'mobile';
  const drawn = CHANNELS[random.weighted(WEIGHTS[place.role])] ?? 'direct';
  const placement = placementOf(base, drawn, at, random);
  const channel = isPaid(drawn) && placement === undefined ? 'direct' : drawn;
  const click = placement === undefined ? undefined : clickOf(base, placement, place);
  const clientId = clientOf(base.seed, person, device);
  const utm = utmOf(base, { channel, placement, at, random });
  return {
    at,
    channel,
    click,
    landingUrl: landingUrlOf(base, { utm, click, at, random }),
    referrer: REFERRERS[channel],
    utm,
    device,
    clientId,
    isMeasured: unit(base.seed, TAG.measure, person, DEVICES.indexOf(device)) >= UNMEASURED,
  };
}

function isPaid(channel: Channel): boolean {
  return channel === 'paid_social' || channel === 'paid_search' || channel === 'cross_network';
}

/** First-party cookie of a person's device: `1234567890.1700000000`. */
function clientOf(seed: number, person: number, device: Device): string {
  const number = mix(seed, TAG.visit, person, DEVICES.indexOf(device));
  return `${number}.${1_700_000_000 + (number % 50_000_000)}`;
}

/** The ad that was clicked: one that delivers at that moment, busy ones more often. */
function placementOf(
  base: ShopBase,
  channel: Channel,
  at: number,
  random: Random,
): Placement | undefined {
  if (!isPaid(channel)) return undefined;
  const platform = platformOf(channel, random);
  const isPerformanceMax = channel === 'cross_network';
  const candidates = base.campaigns
    .active(platform, at)
    .filter(
      ({ kind }) => platform !== 'google' || (kind === 'performance_max') === isPerformanceMax,
    );
  return candidates[random.weighted(candidates.map(({ weight }) => weight))];
}

function platformOf(channel: Channel, random: Random): AdPlatform {
  if (channel !== 'paid_social') return 'google';
  return random.chance(0.8) ? 'meta' : 'tiktok';
}

function clickOf(base: ShopBase, placement: Placement, place: VisitPlace): AdClick {
  const { platform, campaign, adSet, ad } = placement;
  return {
    platform,
    campaignId: campaign.id,
    adSetId: adSet.id,
    adId: ad?.id ?? '',
    clickId: clickIdOf(platform, base.seed, place.number, place.at),
    at: place.at,
  };
}

/** In the look of the platform, and unique. */
export function clickIdOf(platform: AdPlatform, seed: number, number: number, at: number): string {
  const text = idText(44, seed ^ TAG.click, number, Math.floor(at / 1000));
  switch (platform) {
    case 'meta':
      return `IwAR0${text}`;
    case 'google':
      return `Cj0KCQ${text}_BwE`;
    case 'tiktok':
      return `E.C.P.${text}`;
  }
}

function utmOf(
  base: ShopBase,
  visit: {
    readonly channel: Channel;
    readonly placement: Placement | undefined;
    readonly at: number;
    readonly random: Random;
  },
): Utm {
  const { channel, placement, at, random } = visit;
  if (placement !== undefined) return adUtm(base, placement, at, random);
  if (channel === 'email') {
    const campaign = `novidades-${base.calendar.dateOf(at).slice(0, 7)}`;
    return { source: 'newsletter', medium: 'email', campaign, content: '', id: '' };
  }
  return { source: '', medium: '', campaign: '', content: '', id: '' };
}

/** Meta and TikTok put ids and names in; Google tags by itself, and one link in three has UTM beside it. */
function adUtm(base: ShopBase, placement: Placement, at: number, random: Random): Utm {
  const { platform, campaign, ad } = placement;
  const name = base.campaigns.nameAt(campaign, at);
  const content = ad?.id ?? '';
  if (platform === 'google') {
    return random.chance(0.33)
      ? { source: 'google', medium: 'cpc', campaign: campaign.id, content, id: campaign.id }
      : { source: '', medium: '', campaign: '', content: '', id: '' };
  }
  const meta = random.chance(0.6) ? 'instagram' : 'facebook';
  const source = platform === 'meta' ? meta : 'tiktok';
  return { source, medium: 'paid_social', campaign: name, content, id: campaign.id };
}

function landingUrlOf(
  base: ShopBase,
  visit: {
    readonly utm: Utm;
    readonly click: AdClick | undefined;
    readonly at: number;
    readonly random: Random;
  },
): string {
  const { utm, click, at, random } = visit;
  const handle = base.catalog.pick(random, Math.max(at, base.start)).handle;
  const path = random.chance(0.6) ? `/produtos/${handle}/` : '/';
  let query = '';
  const add = (name: string, value: string) => {
    if (value !== '') query += `${query === '' ? '?' : '&'}${name}=${encodeURIComponent(value)}`;
  };
  add('utm_source', utm.source);
  add('utm_medium', utm.medium);
  add('utm_campaign', utm.campaign);
  add('utm_content', utm.content);
  add('utm_id', utm.id);
  if (click !== undefined) add(CLICK_PARAMETERS[click.platform], click.clickId);
  return `https://${base.store.domain}${path}${query}`;
}

const CLICK_PARAMETERS = { meta: 'fbclid', google: 'gclid', tiktok: 'ttclid' } as const;
