import { mix } from '../random.ts';
import type { Ad, AdAccount, AdEntity, AdSet, Campaign } from './advertising-records.ts';
import { DAY } from './calendar.ts';
import type { AdPlatform } from './journey-records.ts';
import { PLATFORM_NUMBER, placementsOf } from './placements.ts';
import type { CampaignOptions, Life, Placement } from './placements.ts';
import { TAG } from './tags.ts';

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
