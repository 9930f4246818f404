import type { ShopWorld } from './shop/world-records.ts';
import type { Simulator, SimulatorOptions } from './start-simulator.ts';
import { startSimulator } from './start-simulator.ts';

/** A token that every simulated platform takes. It opens nothing else. */
const TOKEN = 'simulated-token';
/** Service account that the simulated Analytics property knows. */
const READER = 'leitor@loja-gerada.iam.gserviceaccount.com';

interface PlatformOptions extends Omit<SimulatorOptions<ShopWorld>, 'credentials' | 'cassette'> {
  /** Lets any number of calls through: a clock that stands still never gives back what was used up. */
  readonly isUnlimited?: boolean;
  /** Nobody is at the address, for platforms where it is the only name of an account. */
  readonly isNobody?: boolean;
}

/** More calls than anybody makes. */
const MANY = 1_000_000_000;

/** A platform that can be simulated, and what a project says to read the one account that it has. */
export interface SimulatedPlatform {
  /** Its key under `connectors` of a project file. */
  readonly name: string;
  /** Settings of the account, but for its `origin`. */
  readonly account: (world: ShopWorld, keys: AccountKeys) => Readonly<Record<string, string>>;
  /** The setting that lets somebody in. */
  readonly credential: string;
  /** The setting that says which account is meant. */
  readonly accountSetting: string;
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
    credential: 'access_token',
    accountSetting: 'store_id',
    start: async (options) => {
      const { nuvemshopSimulator } = await import('./nuvemshop/simulator.ts');
      const started = await startSimulator(nuvemshopSimulator, accepting(options));
      if (options.isUnlimited === true) started.state.useBucket(MANY);
      return started;
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
    credential: 'code',
    accountSetting: 'store_id',
    start: async (options) => {
      const { traySimulator } = await import('./tray/simulator.ts');
      const started = await startSimulator(traySimulator, accepting(options));
      if (options.isUnlimited === true) started.state.useLimits({ perMinute: MANY, perDay: MANY });
      return started;
    },
  },
  {
    name: 'shopify',
    account: ({ shop }) => ({
      shop: `${shop.domain.split('.', 1)[0] ?? ''}.myshopify.com`,
      client_id: 'simulated-client',
      client_secret: TOKEN,
    }),
    credential: 'client_secret',
    accountSetting: 'shop',
    start: async (options) => {
      const { shopifySimulator } = await import('./shopify/simulator.ts');
      const started = await startSimulator(shopifySimulator, accepting(options));
      if (options.isUnlimited === true) started.state.usePoints(MANY);
      started.state.isNobody = options.isNobody === true;
      return started;
    },
  },
  {
    name: 'meta_ads',
    account: ({ advertising }) => ({
      account_id: advertising.account('meta').id,
      access_token: TOKEN,
    }),
    credential: 'access_token',
    accountSetting: 'account_id',
    start: async (options) => {
      const { metaAdsSimulator } = await import('./meta-ads/simulator.ts');
      const started = await startSimulator(metaAdsSimulator, accepting(options));
      if (options.isUnlimited === true)
        started.state.useLimits({ insightCalls: MANY, managementCalls: MANY, appCalls: MANY });
      return started;
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
    credential: 'refresh_token',
    accountSetting: 'customer_id',
    start: async (options) => {
      const { googleAdsSimulator } = await import('./google-ads/simulator.ts');
      const started = await startSimulator(googleAdsSimulator, accepting(options));
      if (options.isUnlimited === true) started.state.useRequestsASecond(MANY);
      return started;
    },
  },
  {
    name: 'tiktok_ads',
    account: ({ advertising }) => ({
      advertiser_id: advertising.account('tiktok').id,
      access_token: TOKEN,
    }),
    credential: 'access_token',
    accountSetting: 'advertiser_id',
    start: async (options) => {
      const { tiktokAdsSimulator } = await import('./tiktok-ads/simulator.ts');
      const started = await startSimulator(tiktokAdsSimulator, accepting(options));
      if (options.isUnlimited === true)
        started.state.useLimits({
          perSecond: MANY,
          perMinute: MANY,
          perDay: MANY,
          advertiserPerSecond: MANY,
        });
      return started;
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
    credential: 'client_email',
    accountSetting: 'property_id',
    start: async (options) => {
      const { ga4Simulator } = await import('./ga4/simulator.ts');
      return startSimulator(ga4Simulator, accepting(options));
    },
  },
];

function accepting({
  isUnlimited: _unlimited,
  isNobody: _nobody,
  ...options
}: PlatformOptions): SimulatorOptions<ShopWorld> {
  return { ...options, credentials: [TOKEN, READER] };
}
