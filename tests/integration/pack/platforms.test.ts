import { describe, expect, test } from 'vitest';
import { platformNames } from '../../../connectors/registry.ts';
import { emptyRawTables } from '../../support/empty-raw-tables.ts';
import { packProject } from '../../support/pack-project.ts';
import { servers } from '../../support/server.ts';

const MINUTES = 60_000;

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

  test(
    'a shop with one platform and one ad platform builds without the tables of the others',
    async () => {
      const database = await server.database();
      await emptyRawTables(database, ['nuvemshop', 'meta_ads']);
      const vars = { ecommerce: ['nuvemshop'], ads: ['meta_ads'], analytics: [], sessions: [] };

      using project = packProject(database, { vars });

      const built = await project.run('build');

      expect(built.exitCode, built.stderr).toBe(0);
      expect(await database.relations()).not.toContain('stg_tray__orders');
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

      for (const vars of combinations()) {
        const { exitCode, stderr } = await project.run('compile', '--vars', JSON.stringify(vars));
        if (exitCode !== 0) refused.push(`${JSON.stringify(vars)}\n${stderr}`);
      }

      expect(refused).toEqual([]);
    },
    20 * MINUTES,
  );
});

/** Every set of shops with every set of ad platforms; the four ways to have GA4 take turns. */
function combinations(): Readonly<Record<string, readonly string[]>>[] {
  const ga4 = subsets(['ga4', 'ga4_export']);
  return subsets(['nuvemshop', 'tray', 'shopify'])
    .flatMap((ecommerce) =>
      subsets(['meta_ads', 'google_ads', 'tiktok_ads']).map((ads) => ({ ecommerce, ads })),
    )
    .map(({ ecommerce, ads }, index) => {
      const feeds = ga4[(index + Math.floor(index / 8)) % 4] ?? [];
      return {
        ecommerce,
        ads,
        analytics: feeds.includes('ga4') ? ['ga4'] : [],
        sessions: feeds.includes('ga4_export') ? ['ga4'] : [],
      };
    });
}

function subsets(names: readonly string[]): string[][] {
  return names.reduce<string[][]>(
    (found, name) => [...found, ...found.map((subset) => [...subset, name])],
    [[]],
  );
}
