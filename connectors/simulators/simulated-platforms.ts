import type { ShopWorld } from './shop/world-records.ts';
import type { Simulator, SimulatorOptions } from './start-simulator.ts';
import { startSimulator } from './start-simulator.ts';

/** A token that every simulated platform takes. It opens nothing else. */
const TOKEN = 'simulated-token';
/** Service account that the simulated Analytics property knows. */
const READER = 'leitor@loja-gerada.iam.gserviceaccount.com';

type PlatformOptions = Omit<SimulatorOptions<ShopWorld>, 'credentials' | 'cassette'>;

/** A platform that can be simulated, and what a project says to read the one account that it has. */
export interface SimulatedPlatform {
  /** Its key under `connectors` of a project file. */
  readonly name: string;
  /** Settings of the account, but for its `origin`. */
  readonly account: (world: ShopWorld, keys: AccountKeys) => Readonly<Record<string, string>>;
  /** Streams that are read only where a project asks for them, and that are served. */
  readonly optionalStreams?: readonly string[];
  readonly start: (options: PlatformOptions) => Promise<Simulator>;
}

interface AccountKeys {
  /** RSA, PEM (PKCS #8): Analytics wants signed requests for tokens, and its simulator takes any signature. */
  readonly privateKey: string;
}

/** All platforms in the order of the documentation. Each is loaded when it is started. */
export const SIMULATED_PLATFORMS: readonly SimulatedPlatform[] = [
  {
    name: 'nuvemshop',
    account: ({ shop }) => ({
      store_id: '2981734',
      access_token: TOKEN,
      contact_email: shop.email,
    }),
    start: async (options) => {
      const { nuvemshopSimulator } = await import('./nuvemshop/simulator.ts');
      return startSimulator(nuvemshopSimulator, accepting(options));
    },
  },
  {
    name: 'tray',
    account: ({ shop }) => ({
      store_id: '1104532',
      api_address: `https://${shop.domain}/web_api`,
      consumer_key: 'simulated-key',
      consumer_secret: 'simulated-secret',
      code: 'simulated-code',
    }),
    start: async (options) => {
      const { traySimulator } = await import('./tray/simulator.ts');
      return startSimulator(traySimulator, accepting(options));
    },
  },
  {
    name: 'shopify',
    account: ({ shop }) => ({
      shop: `${shop.domain.split('.', 1)[0] ?? ''}.myshopify.com`,
      client_id: 'simulated-client',
      client_secret: TOKEN,
    }),
    start: async (options) => {
      const { shopifySimulator } = await import('./shopify/simulator.ts');
      return startSimulator(shopifySimulator, accepting(options));
    },
  },
  {
    name: 'meta_ads',
    account: ({ advertising }) => ({
      account_id: advertising.account('meta').id,
      access_token: TOKEN,
    }),
    start: async (options) => {
      const { metaAdsSimulator } = await import('./meta-ads/simulator.ts');
      return startSimulator(metaAdsSimulator, accepting(options));
    },
  },
  {
    name: 'google_ads',
    account: ({ advertising }) => ({
      customer_id: advertising.account('google').id,
      developer_token: 'simulated-developer-token',
      client_id: 'simulated-client',
      client_secret: 'simulated-secret',
      refresh_token: TOKEN,
    }),
    start: async (options) => {
      const { googleAdsSimulator } = await import('./google-ads/simulator.ts');
      return startSimulator(googleAdsSimulator, accepting(options));
    },
  },
  {
    name: 'tiktok_ads',
    account: ({ advertising }) => ({
      advertiser_id: advertising.account('tiktok').id,
      access_token: TOKEN,
    }),
    start: async (options) => {
      const { tiktokAdsSimulator } = await import('./tiktok-ads/simulator.ts');
      return startSimulator(tiktokAdsSimulator, accepting(options));
    },
  },
  {
    name: 'ga4',
    account: (_, { privateKey }) => ({
      property_id: '398172645',
      client_email: READER,
      private_key: privateKey,
      bigquery_project: 'loja-gerada',
    }),
    optionalStreams: ['events'],
    start: async (options) => {
      const { ga4Simulator } = await import('./ga4/simulator.ts');
      return startSimulator(ga4Simulator, accepting(options));
    },
  },
];

function accepting(options: PlatformOptions): SimulatorOptions<ShopWorld> {
  return { ...options, credentials: [TOKEN, READER] };
}
