import type {
  Ad,
  AdClickList,
  AdDay,
  AdEntity,
  AdMetrics,
  AdSet,
  Campaign,
} from '../../connectors/simulators/shop/advertising-records.ts';
import type { AdPlatform } from '../../connectors/simulators/shop/journey-records.ts';
import type { ShopWorld } from '../../connectors/simulators/shop/world-records.ts';

const DAY_MS = 86_400_000;
/** São Paulo has had no summer time since 2019. */
const OFFSET_MS = -3 * 3_600_000;
const SETTLED_DAYS = 28;

/** Begin of the shop, and the instants at which something ends. */
const OPENED_AT = Date.parse('2026-08-01T12:00:00Z');
const ARCHIVED_AT = Date.parse('2026-09-20T12:00:00Z');
const DELETED_AT = Date.parse('2026-10-10T12:00:00Z');
/** An ad whose row of this day is taken back five days later. */
export const TAKEN_BACK = { date: '2026-10-02', after: Date.parse('2026-10-07T12:00:00Z') };

type SmallWorld = Pick<ShopWorld, 'shop' | 'calendar' | 'advertising'>;

/**
 * Two campaigns with five ads: one is archived, an ad is deleted, conversions grow for 28 days, and a row is
 * taken back. Small enough to know every number of.
 */
export function smallAdvertising(): SmallWorld {
  return { shop, calendar, advertising };
}

const shop: ShopWorld['shop'] = {
  name: 'Loja Aurora',
  domain: 'www.lojaaurora.com.br',
  email: 'contato@example.com',
  currency: 'BRL',
  timeZone: 'America/Sao_Paulo',
  country: 'BR',
  createdAt: OPENED_AT,
};

const calendar: ShopWorld['calendar'] = {
  timeZone: shop.timeZone,
  dateOf: (instant) => iso(instant + OFFSET_MS).slice(0, 10),
  startOf: (date) => Date.parse(`${date}T00:00:00Z`) - OFFSET_MS,
  addDays: (date, days) => iso(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).slice(0, 10),
  wallClock: (instant) =>
    iso(instant + OFFSET_MS)
      .slice(0, 19)
      .replace('T', ' '),
};

const advertising: ShopWorld['advertising'] = {
  account: (platform) => ({
    platform,
    id: platform === 'meta' ? '1038472956104733' : '7301482200915738626',
    name: 'Loja Aurora - BRL',
    currency: 'BRL',
    timeZone: shop.timeZone,
    createdAt: OPENED_AT,
  }),
  campaigns: (platform, now) =>
    ['1', '2'].map((number): Campaign => {
      const endsAt = number === '2' ? ARCHIVED_AT : undefined;
      const entity = entityOf(`${PREFIX[platform]}1${number}`, now, endsAt, 'archived');
      return { ...entity, platform, kind: 'sales', budget: 25_000 };
    }),
  adSets: (platform, now) =>
    ['1', '2'].map((number): AdSet => {
      const entity = entityOf(`${PREFIX[platform]}2${number}`, now);
      return { ...entity, campaignId: `${PREFIX[platform]}1${number}`, budget: 10_000 };
    }),
  ads: (platform, now) => [1, 2, 3, 4, 5].map((number) => adOf(platform, number, now)),
  days: (platform, date, now) => {
    if (now < calendar.startOf(date) || calendar.startOf(date) < OPENED_AT) return [];
    return [1, 2, 3, 4, 5]
      .filter((number) => delivers(number, date, now))
      .map((number) => dayOf(platform, number, date, now));
  },
  clicks: (): AdClickList => {
    throw new Error('nobody asks for clicks');
  },
  searchTerms: () => [],
};

const PREFIX: Readonly<Record<AdPlatform, string>> = {
  meta: '1202146873091204',
  google: '99',
  tiktok: '17855100238479',
};

function adOf(platform: AdPlatform, number: number, now: number): Ad {
  const ending = number === 4 ? DELETED_AT : undefined;
  const set = number <= 3 ? '1' : '2';
  return {
    ...entityOf(`${PREFIX[platform]}3${String(number)}`, now, ending, 'deleted'),
    campaignId: `${PREFIX[platform]}1${set}`,
    adSetId: `${PREFIX[platform]}2${set}`,
    headline: 'Coleção primavera',
    body: 'Coleção primavera ✨',
    landingUrl: 'https://www.lojaaurora.com.br/vestidos',
  };
}

function entityOf(
  id: string,
  now: number,
  endsAt?: number,
  ending: AdEntity['status'] = 'archived',
): AdEntity {
  const hasEnded = endsAt !== undefined && now >= endsAt;
  return {
    id,
    name: `[AUR] ${id} | "é"`,
    status: hasEnded ? ending : 'active',
    createdAt: OPENED_AT,
    updatedAt: hasEnded ? endsAt : OPENED_AT,
    startDate: '2026-08-01',
    endDate: undefined,
  };
}

/** The fifth ad never delivers; those of the second campaign stop with it; one row is taken back. */
function delivers(number: number, date: string, now: number): boolean {
  if (number === 5) return false;
  if (number === 4 && calendar.startOf(date) >= ARCHIVED_AT) return false;
  return !(number === 3 && date === TAKEN_BACK.date && now >= TAKEN_BACK.after);
}

function dayOf(platform: AdPlatform, number: number, date: string, now: number): AdDay {
  const age = Math.min(SETTLED_DAYS, Math.floor((now - calendar.startOf(date)) / DAY_MS));
  const set = number <= 3 ? '1' : '2';
  const metrics = metricsOf(number, age);
  return {
    date,
    campaignId: `${PREFIX[platform]}1${set}`,
    adSetId: `${PREFIX[platform]}2${set}`,
    adId: `${PREFIX[platform]}3${String(number)}`,
    metrics,
    byDevice: { mobile: metrics, desktop: metrics, tablet: metrics },
  };
}

/** The third ad is seen and nothing more. */
function metricsOf(number: number, age: number): AdMetrics {
  const isClicked = number !== 3;
  const purchases = isClicked ? Math.floor((age * number) / 4) : 0;
  return {
    impressions: 1000 * number + age,
    reach: 800 * number,
    clicks: isClicked ? 20 * number : 0,
    linkClicks: isClicked ? 15 * number : 0,
    spend: 1234 * number,
    purchases1d: Math.min(purchases, 1),
    purchases7d: purchases,
    purchases28d: purchases,
    revenue1d: Math.min(purchases, 1) * 21_990,
    revenue7d: purchases * 21_990,
    revenue28d: purchases * 21_990,
    viewPurchases1d: 0,
    viewRevenue1d: 0,
    addsToCart: purchases * 3,
    checkouts: purchases * 2,
  };
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
