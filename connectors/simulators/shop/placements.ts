import { mix, randomOf, unit } from '../random.ts';
import type { Random } from '../random.ts';
import type { CampaignKind } from './advertising-records.ts';
import { DAY, HOUR } from './calendar.ts';
import type { AdPlatform } from './journey-records.ts';
import { TAG } from './tags.ts';
import type { ShopCalendar } from './world-records.ts';

/** Where delivery happens: an ad, or an asset group of Performance Max, which has no ads. */
export interface Placement {
  readonly platform: AdPlatform;
  readonly kind: CampaignKind;
  readonly campaign: Life;
  readonly adSet: Life;
  /** `undefined` for Performance Max. */
  readonly ad: Life | undefined;
  /** How much of the platform's clicks it gets, relative to the others. */
  readonly weight: number;
}

/** A campaign, an ad set or an ad over time. */
export interface Life {
  readonly id: string;
  readonly name: string;
  readonly newName: string | undefined;
  readonly createdAt: number;
  readonly renamedAt: number;
  /** End of delivery, and what becomes of it then. */
  readonly endsAt: number;
  readonly end: 'paused' | 'archived' | 'deleted';
}

interface Plan {
  readonly kind: CampaignKind;
  readonly name: string;
  readonly adSets: readonly string[];
  readonly adsPerSet: number;
  readonly weight: number;
}

const PLANS: Readonly<Record<AdPlatform, readonly Plan[]>> = {
  meta: [
    {
      kind: 'sales',
      name: 'Vendas | Catálogo [Advantage+]',
      adSets: ['Aberto BR', 'Semelhantes 2%'],
      adsPerSet: 3,
      weight: 40,
    },
    {
      kind: 'remarketing',
      name: 'Remarketing | Carrinho 14d',
      adSets: ['Carrinho', 'Visitantes 30d'],
      adsPerSet: 2,
      weight: 20,
    },
    {
      kind: 'sales',
      name: 'Vendas | Coleção',
      adSets: ['Interesses moda', 'Mulheres 25-44'],
      adsPerSet: 3,
      weight: 20,
    },
    {
      kind: 'sales',
      name: 'Vendas | Campanha sazonal',
      adSets: ['Aberto BR'],
      adsPerSet: 3,
      weight: 20,
    },
  ],
  google: [
    {
      kind: 'search_brand',
      name: 'Pesquisa | Marca',
      adSets: ['Loja Aurora'],
      adsPerSet: 2,
      weight: 18,
    },
    {
      kind: 'performance_max',
      name: 'PMax | Todos os produtos',
      adSets: ['Grupo de recursos 1'],
      adsPerSet: 0,
      weight: 34,
    },
    {
      kind: 'search',
      name: 'Pesquisa | Genérica',
      adSets: ['Vestidos', 'Calçados', 'Bolsas'],
      adsPerSet: 2,
      weight: 26,
    },
    {
      kind: 'shopping',
      name: 'Shopping | Margem alta',
      adSets: ['Todos'],
      adsPerSet: 1,
      weight: 14,
    },
    {
      kind: 'search',
      name: 'Pesquisa | Presentes',
      adSets: ['Presentes'],
      adsPerSet: 2,
      weight: 8,
    },
  ],
  tiktok: [
    {
      kind: 'sales',
      name: 'Conversão | Vídeos de clientes',
      adSets: ['Aberto 18-34', 'Moda'],
      adsPerSet: 3,
      weight: 60,
    },
    {
      kind: 'remarketing',
      name: 'Remarketing | Visitantes',
      adSets: ['Visitantes 30d'],
      adsPerSet: 2,
      weight: 20,
    },
    {
      kind: 'sales',
      name: 'Spark Ads | Criadoras',
      adSets: ['Criadoras'],
      adsPerSet: 3,
      weight: 20,
    },
  ],
};

export const PLATFORM_NUMBER: Readonly<Record<AdPlatform, number>> = {
  meta: 1,
  google: 2,
  tiktok: 3,
};

/** Longer than a double's digits for Meta and TikTok, as theirs are. */
const ID_BASE: Readonly<Record<AdPlatform, bigint>> = {
  meta: 120_210_000_000_000_000n,
  google: 20_400_000_000n,
  tiktok: 1_790_000_000_000_000_000n,
};

/** What becomes of ads that end, in turn. */
const ENDS = ['paused', 'archived', 'paused', 'deleted'] as const;

export interface CampaignOptions {
  readonly seed: number;
  readonly start: number;
  readonly end: number;
  readonly calendar: ShopCalendar;
}

/** All placements that a platform ever has, in the order of their ids. */
export function placementsOf(platform: AdPlatform, options: CampaignOptions): Placement[] {
  const placements: Placement[] = [];
  let made = 0;
  const makeLife = (name: string, parent: Life | undefined, isEvergreen: boolean): Life => {
    made += 1;
    const random = randomOf(options.seed, TAG.campaign, PLATFORM_NUMBER[platform], made);
    return lifeOf({
      number: made,
      id: idOf(platform, options.seed, made),
      name,
      parent,
      isEvergreen,
      random,
      options,
    });
  };
  PLANS[platform].forEach((plan, place) => {
    const campaign = makeLife(plan.name, undefined, place < 2);
    plan.adSets.forEach((adSetName, adSetPlace) => {
      const isEvergreen = place < 2 && adSetPlace === 0;
      const adSet = makeLife(adSetName, campaign, isEvergreen);
      const base = { platform, kind: plan.kind, campaign, adSet };
      const share = plan.weight / plan.adSets.length;
      if (plan.adsPerSet === 0) placements.push({ ...base, ad: undefined, weight: share });
      for (let number = 1; number <= plan.adsPerSet; number += 1) {
        const ad = makeLife(`Anúncio ${number} | ${adSetName}`, adSet, isEvergreen && number === 1);
        const spread =
          0.5 + unit(options.seed, TAG.campaign, PLATFORM_NUMBER[platform], made + 500);
        placements.push({ ...base, ad, weight: (share / plan.adsPerSet) * spread });
      }
    });
  });
  return placements;
}

function idOf(platform: AdPlatform, seed: number, number: number): string {
  const step = BigInt(number) * 10_007n + BigInt(mix(seed, TAG.campaign, number) % 10_000);
  return String(ID_BASE[platform] + step);
}

/** Evergreen ones were there before the shop's first day and go on; others begin later, and some end. */
function lifeOf(parts: {
  readonly number: number;
  readonly id: string;
  readonly name: string;
  readonly parent: Life | undefined;
  readonly isEvergreen: boolean;
  readonly random: Random;
  readonly options: CampaignOptions;
}): Life {
  const { number, id, name, parent, isEvergreen, random, options } = parts;
  const span = options.end - options.start;
  const isEarly = isEvergreen || random.chance(0.5);
  const later = options.start + Math.floor(random.next() * 0.7 * span);
  const begin = isEarly ? options.start - random.whole(35, 60) * DAY : later;
  const createdAt = Math.max(wholeSeconds(begin), parent?.createdAt ?? 0);
  const lasts = wholeSeconds((0.2 + random.next() * 0.6) * span);
  const isEnding = !isEvergreen && random.chance(0.5);
  const isRenamed = random.chance(0.3);
  const own = isEnding ? Math.max(createdAt, options.start) + lasts : Number.POSITIVE_INFINITY;
  return {
    id,
    name,
    newName: isRenamed ? `${name} (v2)` : undefined,
    createdAt,
    renamedAt: Math.max(createdAt + HOUR, options.start + wholeSeconds(random.next() * span)),
    endsAt: Math.min(own, parent?.endsAt ?? Number.POSITIVE_INFINITY),
    end: ENDS[number % ENDS.length] ?? 'paused',
  };
}

function wholeSeconds(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}
