import { stringify } from 'yaml';
import type { World } from '../../cli/commands/invocation.ts';
import { runCommandLine } from '../../cli/start.ts';
import { metaAdsSimulator } from '../../connectors/simulators/meta-ads/simulator.ts';
import { nuvemshopSimulator } from '../../connectors/simulators/nuvemshop/simulator.ts';
import { startSimulator } from '../../connectors/simulators/start-simulator.ts';
import { createDirectory } from './command-line.ts';
import { jumpingClock } from './jumping-clock.ts';
import type { TestDatabase } from './server.ts';
import { SMALL_SHOP_NOW, smallShop } from './small-shop.ts';

const TOKEN = 'not-a-real-token';

export interface SimulatedProjectOptions {
  /** Of all platforms; a wrong one is refused by the simulators. */
  readonly token?: string;
  /** Added to the project file. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly files?: Readonly<Record<string, string>>;
}

/** A project with a shop at Nuvemshop and its Meta ads, both simulated, and the command line inside it. */
export async function simulatedProject(
  database: TestDatabase,
  options: SimulatedProjectOptions = {},
) {
  const world = smallShop();
  const clock = jumpingClock(SMALL_SHOP_NOW);
  const served = { clock, credentials: [TOKEN] };
  const shop = await startSimulator(nuvemshopSimulator, { world, ...served });
  const ads = await startSimulator(metaAdsSimulator, { world, ...served });
  const adAccount = world.advertising.account('meta').id;
  const directory = createDirectory({
    'cortex_project.yml': stringify(
      projectFile(database, { shop: shop.origin, ads: ads.origin, adAccount }, options),
    ),
    ...options.files,
  });
  const environment: Record<string, string> = {
    TEST_PASSWORD: database.target.password,
    SHOP_TOKEN: options.token ?? TOKEN,
    META_TOKEN: TOKEN,
  };
  const runWith = async (more: Partial<World>, ...args: string[]) => {
    let [stdout, stderr] = ['', ''];
    const exitCode = await runCommandLine(args, {
      commandLine: [],
      stdout: { write: (text) => (stdout += text) },
      stderr: { write: (text) => (stderr += text) },
      environment,
      directory: directory.path,
      clock,
      signal: new AbortController().signal,
      ...more,
    });
    return { exitCode, stdout, stderr };
  };
  return {
    directory,
    environment,
    clock,
    adAccount,
    shop,
    ads,
    runWith,
    run: (...args: string[]) => runWith({}, ...args),
    async [Symbol.asyncDispose]() {
      await shop[Symbol.asyncDispose]();
      await ads[Symbol.asyncDispose]();
    },
  };
}

function projectFile(
  database: TestDatabase,
  at: { readonly shop: string; readonly ads: string; readonly adAccount: string },
  { settings = {} }: SimulatedProjectOptions,
) {
  const { host, port, user } = database.target;
  const target = { type: 'mysql', host, port, user, password: '${TEST_PASSWORD:-}' };
  return {
    name: 'shop',
    targets: { test: { ...target, database: database.name } },
    connectors: {
      nuvemshop: {
        start_date: '2026-09-15',
        accounts: [
          {
            store_id: '2981734',
            access_token: '${SHOP_TOKEN}',
            contact_email: 'dados@exemplo.com.br',
            origin: at.shop,
          },
        ],
      },
      meta_ads: {
        start_date: '2026-09-15',
        accounts: [{ account_id: at.adAccount, access_token: '${META_TOKEN}', origin: at.ads }],
      },
    },
    ...settings,
  };
}
