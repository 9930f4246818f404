import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ga4 } from '../../../connectors/ga4/platform.ts';
import { googleAds } from '../../../connectors/google-ads/platform.ts';
import { metaAds } from '../../../connectors/meta-ads/platform.ts';
import { nuvemshop } from '../../../connectors/nuvemshop/platform.ts';
import type { PlatformDefinition } from '../../../connectors/sdk/definition.ts';
import { ga4Simulator } from '../../../connectors/simulators/ga4/simulator.ts';
import { PROPERTY_ID } from '../../../connectors/simulators/ga4/world.ts';
import { googleAdsSimulator } from '../../../connectors/simulators/google-ads/simulator.ts';
import { metaAdsSimulator } from '../../../connectors/simulators/meta-ads/simulator.ts';
import { nuvemshopSimulator } from '../../../connectors/simulators/nuvemshop/simulator.ts';
import { shopify } from '../../../connectors/shopify/platform.ts';
import { shopifySimulator } from '../../../connectors/simulators/shopify/simulator.ts';
import { startSimulator } from '../../../connectors/simulators/start-simulator.ts';
import { tiktokAdsSimulator } from '../../../connectors/simulators/tiktok-ads/simulator.ts';
import { traySimulator } from '../../../connectors/simulators/tray/simulator.ts';
import { tiktokAds } from '../../../connectors/tiktok-ads/platform.ts';
import { tray } from '../../../connectors/tray/platform.ts';
import { jumpingClock } from '../../support/jumping-clock.ts';
import { servers } from '../../support/server.ts';
import { SMALL_SHOP_NOW, smallShop } from '../../support/small-shop.ts';
import { runSync } from '../../support/sync-run.ts';

const world = smallShop();
const TOKEN = 'not-a-real-token';
const READER = 'leitor@loja.iam.gserviceaccount.com';

const PLATFORMS = [
  {
    platform: nuvemshop as PlatformDefinition,
    simulator: nuvemshopSimulator,
    settings: { store_id: '2981734', access_token: TOKEN, contact_email: 'dados@exemplo.com.br' },
  },
  {
    platform: tray as PlatformDefinition,
    simulator: traySimulator,
    settings: {
      store_id: '1104532',
      api_address: 'https://lojaaurora.commercesuite.com.br/web_api',
      consumer_key: 'simulated-key',
      consumer_secret: 'simulated-secret',
      code: 'simulated-code',
    },
  },
  {
    platform: metaAds as PlatformDefinition,
    simulator: metaAdsSimulator,
    settings: { account_id: world.advertising.account('meta').id, access_token: TOKEN },
  },
  {
    platform: tiktokAds as PlatformDefinition,
    simulator: tiktokAdsSimulator,
    settings: { advertiser_id: world.advertising.account('tiktok').id, access_token: TOKEN },
  },
  {
    platform: shopify as PlatformDefinition,
    simulator: shopifySimulator,
    settings: { shop: 'loja-gerada.myshopify.com', client_id: 'id', client_secret: TOKEN },
  },
  {
    platform: googleAds as PlatformDefinition,
    simulator: googleAdsSimulator,
    settings: {
      customer_id: world.advertising.account('google').id,
      developer_token: 'developer-0123456789',
      client_id: 'client',
      client_secret: 'secret-0123456789',
      refresh_token: TOKEN,
    },
  },
  {
    platform: ga4 as PlatformDefinition,
    simulator: ga4Simulator,
    settings: {
      property_id: PROPERTY_ID,
      client_email: READER,
      private_key: generateKeyPairSync('rsa', {
        modulusLength: 2048,
        privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
        publicKeyEncoding: { type: 'spki', format: 'pem' },
      }).privateKey,
    },
  },
] as const;

describe.each(servers.slice(0, 1))('$name', (server) => {
  test.each(PLATFORMS)(
    '$platform.label lands whole, and a second sync writes no row',
    async ({ platform, simulator: definition, settings }) => {
      const own = await server.database();
      const clock = jumpingClock(SMALL_SHOP_NOW);
      await using simulator = await startSimulator(definition as never, {
        world: world as never,
        clock,
        credentials: [TOKEN, READER],
      });
      const sync = {
        own,
        platform,
        clock,
        accounts: [{ settings, origin: simulator.origin }],
        startDate: '2026-09-15',
      };

      const first = await runSync(sync);
      const second = await runSync(sync);

      const problems = first.events.flatMap((event) =>
        event.type === 'problem' ? [event.diagnostic] : [],
      );
      expect(problems).toEqual([]);
      expect(new Set(Object.values(first.status))).toEqual(new Set(['success']));
      expect(first.results.reduce((sum, { changes }) => sum + changes.added, 0)).toBeGreaterThan(0);
      for (const { place, changes } of second.results) {
        expect({ place, ...changes }).toMatchObject({ added: 0, updated: 0, deleted: 0 });
      }
      expect(simulator.problems).toEqual([]);
    },
  );
});
