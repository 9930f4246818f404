import { generateKeyPairSync } from 'node:crypto';
import { ga4 } from '../../connectors/ga4/platform.ts';
import { googleAds } from '../../connectors/google-ads/platform.ts';
import { metaAds } from '../../connectors/meta-ads/platform.ts';
import { nuvemshop } from '../../connectors/nuvemshop/platform.ts';
import type { PlatformDefinition } from '../../connectors/sdk/definition.ts';
import { shopify } from '../../connectors/shopify/platform.ts';
import type { FaultPlan } from '../../connectors/simulators/faults.ts';
import { ga4Simulator } from '../../connectors/simulators/ga4/simulator.ts';
import { PROPERTY_ID } from '../../connectors/simulators/ga4/world.ts';
import { googleAdsSimulator } from '../../connectors/simulators/google-ads/simulator.ts';
import { metaAdsSimulator } from '../../connectors/simulators/meta-ads/simulator.ts';
import { nuvemshopSimulator } from '../../connectors/simulators/nuvemshop/simulator.ts';
import type { ShopWorld } from '../../connectors/simulators/shop/world-records.ts';
import { shopifySimulator } from '../../connectors/simulators/shopify/simulator.ts';
import type { SimulatorClock } from '../../connectors/simulators/simulated-clock.ts';
import type { SimulatorDefinition } from '../../connectors/simulators/simulator.ts';
import type { Simulator } from '../../connectors/simulators/start-simulator.ts';
import { startSimulator } from '../../connectors/simulators/start-simulator.ts';
import { tiktokAdsSimulator } from '../../connectors/simulators/tiktok-ads/simulator.ts';
import { traySimulator } from '../../connectors/simulators/tray/simulator.ts';
import { tiktokAds } from '../../connectors/tiktok-ads/platform.ts';
import { tray } from '../../connectors/tray/platform.ts';
import { smallShop } from './small-shop.ts';

const TOKEN = 'not-a-real-token';
/** More calls than any test makes. */
const MANY = 1_000_000_000;
const READER = 'leitor@loja.iam.gserviceaccount.com';

const world = smallShop();
const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

/** A platform with the small generated shop behind it. */
export interface SimulatedPlatform {
  readonly platform: PlatformDefinition;
  /** The account as in the project file. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Settings with which the platform does not let anybody in. */
  readonly wrongCredentials: Readonly<Record<string, unknown>>;
  start(clock: SimulatorClock, options?: StartOptions): Promise<Simulator>;
}

interface StartOptions {
  readonly faults?: FaultPlan;
  readonly world?: Partial<ShopWorld>;
}

interface Parts<State> {
  readonly platform: unknown;
  readonly simulator: SimulatorDefinition<never, State>;
  readonly settings: Readonly<Record<string, unknown>>;
  /** The setting that lets somebody in. */
  readonly credential: string;
  /** Lets any number of calls through: a clock that stands still never gives back what was used up. */
  readonly unlimited?: (state: State) => void;
}

function simulated<State>(parts: Parts<State>): SimulatedPlatform {
  const { simulator, settings, credential, unlimited } = parts;
  return {
    platform: parts.platform as PlatformDefinition,
    settings,
    wrongCredentials: { ...settings, [credential]: 'nobody@loja.iam.gserviceaccount.com' },
    async start(clock, { faults, world: changes } = {}) {
      const started = await startSimulator(simulator, {
        world: { ...world, ...changes } as never,
        clock,
        credentials: [TOKEN, READER],
        ...(faults === undefined ? {} : { faults }),
      });
      unlimited?.(started.state);
      return started;
    },
  };
}

/** All seven. */
export const SIMULATED_PLATFORMS: readonly SimulatedPlatform[] = [
  simulated({
    platform: nuvemshop,
    simulator: nuvemshopSimulator,
    settings: { store_id: '2981734', access_token: TOKEN, contact_email: 'dados@exemplo.com.br' },
    credential: 'access_token',
    unlimited: (state) => state.useBucket(MANY),
  }),
  simulated({
    platform: tray,
    simulator: traySimulator,
    settings: {
      store_id: '1104532',
      api_address: 'https://lojaaurora.commercesuite.com.br/web_api',
      consumer_key: 'simulated-key',
      consumer_secret: 'simulated-secret',
      code: 'simulated-code',
    },
    credential: 'code',
    unlimited: (state) => state.useLimits({ perMinute: MANY, perDay: MANY }),
  }),
  simulated({
    platform: metaAds,
    simulator: metaAdsSimulator,
    settings: { account_id: world.advertising.account('meta').id, access_token: TOKEN },
    credential: 'access_token',
    unlimited: (state) =>
      state.useLimits({ insightCalls: MANY, managementCalls: MANY, appCalls: MANY }),
  }),
  simulated({
    platform: tiktokAds,
    simulator: tiktokAdsSimulator,
    settings: { advertiser_id: world.advertising.account('tiktok').id, access_token: TOKEN },
    credential: 'access_token',
    unlimited: (state) =>
      state.useLimits({
        perSecond: MANY,
        perMinute: MANY,
        perDay: MANY,
        advertiserPerSecond: MANY,
      }),
  }),
  simulated({
    platform: shopify,
    simulator: shopifySimulator,
    settings: { shop: 'loja-gerada.myshopify.com', client_id: 'id', client_secret: TOKEN },
    credential: 'client_secret',
    unlimited: (state) => state.usePoints(MANY),
  }),
  simulated({
    platform: googleAds,
    simulator: googleAdsSimulator,
    settings: {
      customer_id: world.advertising.account('google').id,
      developer_token: 'developer-0123456789',
      client_id: 'client',
      client_secret: 'secret-0123456789',
      refresh_token: TOKEN,
    },
    credential: 'refresh_token',
    unlimited: (state) => state.useRequestsASecond(MANY),
  }),
  simulated({
    platform: ga4,
    simulator: ga4Simulator,
    settings: { property_id: PROPERTY_ID, client_email: READER, private_key: privateKey },
    credential: 'client_email',
  }),
];
