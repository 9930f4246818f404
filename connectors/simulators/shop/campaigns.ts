import { mix, randomOf, unit } from '../random.ts';
import type { Random } from '../random.ts';
import type {
  Ad,
  AdAccount,
  AdEntity,
  AdSet,
  Campaign,
  CampaignKind,
} from './advertising-records.ts';
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

const PLATFORM_NUMBER: Readonly<Record<AdPlatform, number>> = { meta: 1, google: 2, tiktok: 3 };

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

/** The shop's advertising, made once: a few dozen placements. */
export class Campaigns {
  readonly #options: CampaignOptions;
  readonly #placements: Readonly<Record<AdPlatform, readonly Placement[]>>;

  constructor(options: CampaignOptions) {
    this.#options = options;
    this.#placements = {
      meta: placementsOf('meta', options),
      google: placementsOf('google', options),
      tiktok: placementsOf('tiktok', options),
    };
  }

  account(platform: AdPlatform): AdAccount {
    const number = mix(this.#options.seed, TAG.campaign, PLATFORM_NUMBER[platform]) % 1_000_000_000;
    const base = {
      meta: 1_038_000_000_000_000n,
      google: 4_000_000_000n,
      tiktok: 7_301_000_000_000_000_000n,
    };
    return {
      platform,
      id: String(base[platform] + BigInt(number)),
      name: 'Loja Aurora',
      currency: 'BRL',
      timeZone: this.#options.calendar.timeZone,
      createdAt: this.#options.start - 200 * DAY,
    };
  }

  /** All that ever existed, in the order of their ids. */
  placements(platform: AdPlatform): readonly Placement[] {
    return this.#placements[platform];
  }

  /** What delivers at an instant. An ad never outlives its campaign, so that its own life decides. */
  active(platform: AdPlatform, at: number): readonly Placement[] {
    return this.#placements[platform].filter(({ adSet, ad = adSet }) => {
      return ad.createdAt <= at && at < ad.endsAt;
    });
  }

  campaigns(platform: AdPlatform, now: number): readonly Campaign[] {
    return unique(this.#placements[platform], now, ({ campaign }) => campaign).map((placement) => ({
      ...this.#entity(placement.campaign, now),
      platform,
      kind: placement.kind,
      budget: budgetOf(placement.campaign, 40_000),
    }));
  }

  adSets(platform: AdPlatform, now: number): readonly AdSet[] {
    return unique(this.#placements[platform], now, ({ adSet }) => adSet).map((placement) => ({
      ...this.#entity(placement.adSet, now),
      campaignId: placement.campaign.id,
      budget: budgetOf(placement.adSet, 15_000),
    }));
  }

  ads(platform: AdPlatform, now: number): readonly Ad[] {
    return unique(this.#placements[platform], now, ({ ad }) => ad).flatMap(
      ({ campaign, adSet, ad }) =>
        ad === undefined
          ? []
          : [
              {
                ...this.#entity(ad, now),
                campaignId: campaign.id,
                adSetId: adSet.id,
                headline: 'Nova coleção com frete grátis',
                body: 'Peças feitas no Brasil. Troca fácil em 30 dias.',
                landingUrl: 'https://lojaaurora.example.com/colecao-nova',
              },
            ],
    );
  }

  /** The name of a campaign, an ad set or an ad at an instant. */
  nameAt(life: Life, at: number): string {
    return life.newName !== undefined && life.renamedAt <= at ? life.newName : life.name;
  }

  #entity(life: Life, now: number): AdEntity {
    const { calendar } = this.#options;
    const hasEnded = life.endsAt <= now;
    const changes = [life.createdAt];
    if (life.newName !== undefined && life.renamedAt <= now) changes.push(life.renamedAt);
    if (hasEnded) changes.push(life.endsAt);
    return {
      id: life.id,
      name: this.nameAt(life, now),
      status: hasEnded ? life.end : 'active',
      createdAt: life.createdAt,
      updatedAt: Math.max(...changes),
      startDate: calendar.dateOf(life.createdAt),
      endDate: hasEnded ? calendar.dateOf(life.endsAt - 1) : undefined,
    };
  }
}

/** One placement for each thing that exists by now. */
function unique(
  placements: readonly Placement[],
  now: number,
  lifeOf: (placement: Placement) => Life | undefined,
): Placement[] {
  const seen = new Set<string>();
  return placements
    .filter((placement) => {
      const life = lifeOf(placement);
      if (life === undefined || life.createdAt > now || seen.has(life.id)) return false;
      seen.add(life.id);
      return true;
    })
    .toSorted((left, right) => compareIds(lifeOf(left)?.id ?? '', lifeOf(right)?.id ?? ''));
}

function compareIds(left: string, right: string): number {
  return left.length - right.length || (left < right ? -1 : 1);
}

function budgetOf(life: Life, usual: number): number {
  return usual + (Number(life.id.slice(-2)) % 10) * 1000;
}

function placementsOf(platform: AdPlatform, options: CampaignOptions): Placement[] {
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
