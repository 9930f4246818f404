import { describe, expect, test } from 'vitest';
import { platformNames } from '../../../connectors/registry.ts';
import { emptyRawTables } from '../../support/empty-raw-tables.ts';
import { packProject } from '../../support/pack-project.ts';
import { servers } from '../../support/server.ts';

const MINUTES = 60_000;

/** Clients as they are: what they have switched on, and whose raw tables there are. */
const NOTHING = { ecommerce: [], ads: [], analytics: [], sessions: [] };
const SHOPS = [
  {
    name: 'a shop at Nuvemshop with Meta ads and no Analytics',
    platforms: ['nuvemshop', 'meta_ads'],
    vars: { ...NOTHING, ecommerce: ['nuvemshop'], ads: ['meta_ads'] },
  },
  {
    name: 'a shop at Tray with Google ads',
    platforms: ['tray', 'google_ads'],
    vars: { ...NOTHING, ecommerce: ['tray'], ads: ['google_ads'] },
  },
  {
    name: 'a shop at Shopify alone',
    platforms: ['shopify'],
    vars: { ...NOTHING, ecommerce: ['shopify'] },
  },
  {
    name: 'a shop at Nuvemshop with Analytics and no ads',
    platforms: ['nuvemshop', 'ga4'],
    vars: { ...NOTHING, ecommerce: ['nuvemshop'], analytics: ['ga4'], sessions: ['ga4'] },
  },
  {
    name: 'two shops with the ads of all and the daily traffic of Analytics',
    platforms: ['nuvemshop', 'shopify', 'meta_ads', 'google_ads', 'tiktok_ads', 'ga4'],
    vars: {
      ecommerce: ['nuvemshop', 'shopify'],
      ads: ['meta_ads', 'google_ads', 'tiktok_ads'],
      analytics: ['ga4'],
      sessions: [],
    },
  },
  { name: 'a client with nothing yet', platforms: [], vars: NOTHING },
];

describe.each(servers)('the model pack on $name', (server) => {
  test(
    'every model builds on the raw tables that the connectors make',
    async () => {
      const database = await server.database();
      await emptyRawTables(database, platformNames);

      using project = packProject(database);

      const built = await project.run('build');

      expect(built.exitCode, built.stderr).toBe(0);
    },
    10 * MINUTES,
  );

  test.each(SHOPS)(
    '$name builds without the tables of the others',
    async ({ platforms, vars }) => {
      const database = await server.database();
      await emptyRawTables(database, platforms);
      using project = packProject(database, { vars });

      const built = await project.run('build');

      expect(built.exitCode, built.stderr).toBe(0);
      const staged = (await database.relations())
        .filter((name) => name.startsWith('stg_'))
        .map((name) => /^stg_(.*)__/.exec(name)?.[1] ?? name);
      expect([...new Set(staged)].toSorted()).toEqual(platforms.toSorted());
    },
    10 * MINUTES,
  );
});

describe('combinations of platforms', () => {
  test(
    'every one compiles',
    async () => {
      const [server] = servers;
      if (server === undefined) throw new Error('no server takes part');
      using project = packProject(await server.database());
      const refused: string[] = [];
      const all = combinations();

      for (const vars of all) {
        const { exitCode, stderr } = await project.run('compile', '--vars', JSON.stringify(vars));
        if (exitCode !== 0) refused.push(`${JSON.stringify(vars)}\n${stderr}`);
      }

      expect(all).toHaveLength(8 * 8 * 4);
      expect(refused).toEqual([]);
    },
    20 * MINUTES,
  );
});

/** Every set of shops with every set of ad platforms and each of the four ways to have GA4. */
function combinations(): Readonly<Record<string, readonly string[]>>[] {
  const shops = subsets(['nuvemshop', 'tray', 'shopify']);
  const advertising = subsets(['meta_ads', 'google_ads', 'tiktok_ads']);
  const feeds = subsets(['analytics', 'sessions']);
  return shops.flatMap((ecommerce) =>
    advertising.flatMap((ads) =>
      feeds.map((fed) => ({
        ecommerce,
        ads,
        analytics: fed.includes('analytics') ? ['ga4'] : [],
        sessions: fed.includes('sessions') ? ['ga4'] : [],
      })),
    ),
  );
}

function subsets(names: readonly string[]): string[][] {
  return names.reduce<string[][]>(
    (found, name) => [...found, ...found.map((subset) => [...subset, name])],
    [[]],
  );
}
