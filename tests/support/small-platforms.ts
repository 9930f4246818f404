import { generateKeyPairSync } from 'node:crypto';
import { loadPlatform } from '../../connectors/registry.ts';
import type { PlatformDefinition } from '../../connectors/sdk/definition.ts';
import type { FaultPlan } from '../../connectors/simulators/faults.ts';
import type { ShopWorld } from '../../connectors/simulators/shop/world-records.ts';
import type { SimulatedPlatform } from '../../connectors/simulators/simulated-platforms.ts';
import { SIMULATED_PLATFORMS } from '../../connectors/simulators/simulated-platforms.ts';
import type { SimulatorClock } from '../../connectors/simulators/simulated-clock.ts';
import type { Simulator } from '../../connectors/simulators/start-simulator.ts';
import { smallShop } from './small-shop.ts';

const world = smallShop();
const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

/** A platform with the small generated shop behind it, which serves any number of calls. */
export interface SmallPlatform {
  readonly platform: PlatformDefinition;
  /** The account as in the project file. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Settings with which the platform does not let anybody in. */
  readonly wrongCredentials: Readonly<Record<string, unknown>>;
  /** Settings that mean an account which the platform does not have, or not for this credential. */
  readonly wrongAccount: Readonly<Record<string, unknown>>;
  start(clock: SimulatorClock, options?: StartOptions): Promise<Simulator>;
}

interface StartOptions {
  readonly faults?: FaultPlan | undefined;
  readonly world?: Partial<ShopWorld>;
  readonly isNobody?: boolean;
}

async function small(simulated: SimulatedPlatform): Promise<SmallPlatform> {
  const platform = await loadPlatform(simulated.name);
  if (platform === undefined) throw new Error(`there is no platform ${simulated.name}`);
  const settings = simulated.account(world, { privateKey });
  const { credential, accountSetting } = simulated;
  const id = settings[accountSetting] ?? '';
  return {
    platform,
    settings,
    wrongCredentials: { ...settings, [credential]: 'nobody@loja.iam.gserviceaccount.com' },
    wrongAccount: {
      ...settings,
      [accountSetting]: `${id.startsWith('9') ? '8' : '9'}${id.slice(1)}`,
    },
    start: (clock, { faults, world: changes, ...options } = {}) =>
      simulated.start({
        world: { ...world, ...changes },
        clock,
        isUnlimited: true,
        ...options,
        ...(faults === undefined ? {} : { faults }),
      }),
  };
}

/** All that ship. */
export const SMALL_PLATFORMS: readonly SmallPlatform[] = await Promise.all(
  SIMULATED_PLATFORMS.map(small),
);
