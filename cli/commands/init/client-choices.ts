import { listOf } from '../../kernel/suggest.ts';
import type { Session } from '../session.ts';
import type { PlatformList } from './pack-platforms.ts';
import { PLATFORM_LISTS, namedPlatforms, packPlatforms, shortName } from './pack-platforms.ts';

const LANGUAGES = ['en', 'pt-BR'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What a project of the model pack is started with. */
export interface ClientChoices {
  /** Platforms by kind, in the order of the pack. */
  readonly platforms: Readonly<Record<PlatformList, readonly string[]>>;
  /** Of the guides that are copied, and of the client. */
  readonly language: Language;
}

/** Flags first; a person at a terminal who gave none is asked. `undefined`: no platform, a small example project. */
export async function clientChoices(session: Session): Promise<ClientChoices | undefined> {
  const { platform, ads, analytics, language } = session.flags;
  const known = packPlatforms();
  const given = { ecommerce: platform, ads, analytics };
  if (PLATFORM_LISTS.some((list) => given[list].length > 0)) {
    return {
      platforms: {
        ecommerce: namedPlatforms(platform, known.ecommerce),
        ads: namedPlatforms(ads, known.ads),
        analytics: namedPlatforms(analytics, known.analytics),
      },
      language,
    };
  }
  const { ask } = session.world;
  return ask === undefined ? undefined : askChoices(session, known, ask);
}

async function askChoices(
  { flags }: Session,
  known: ClientChoices['platforms'],
  ask: NonNullable<Session['world']['ask']>,
): Promise<ClientChoices | undefined> {
  const askFor = async (list: PlatformList, what: string, otherwise: string) => {
    const names = listOf(known[list].map(shortName), 'and');
    const answer = await ask(`${what}: ${names}; ${otherwise}: `, { isSecret: false });
    return namedPlatforms([answer], known[list]);
  };
  const ecommerce = await askFor(
    'ecommerce',
    'Platform of the shop',
    'nothing for a small example project',
  );
  if (ecommerce.length === 0) return undefined;
  const ads = await askFor('ads', 'Where it advertises, with commas', 'nothing for none');
  const analytics = await askFor('analytics', 'Analytics', 'nothing for none');
  const answer = await ask(`Language of the guides: ${listOf(LANGUAGES, 'or')}: `, {
    isSecret: false,
  });
  const language = LANGUAGES.find((name) => name.toLowerCase() === answer.toLowerCase());
  return { platforms: { ecommerce, ads, analytics }, language: language ?? flags.language };
}
