import { shopGroup } from '../../../connectors/simulators/shop-group.ts';
import { SIMULATED_PLATFORMS } from '../../../connectors/simulators/simulated-platforms.ts';
import type { SimulatedPlatform } from '../../../connectors/simulators/simulated-platforms.ts';
import type { SimulatorClock } from '../../../connectors/simulators/simulated-clock.ts';
import type { Simulator } from '../../../connectors/simulators/start-simulator.ts';
import type { DemoOptions } from './demo-schedule.ts';
import { firstDate } from './demo-schedule.ts';

export interface DemoClocks {
  readonly clock: SimulatorClock;
  readonly shopClock: SimulatorClock;
}

/** What the project file says of a platform. */
export interface DemoAccount {
  /** Settings of its one account, its origin among them. The key of Analytics stays in the environment. */
  readonly settings: Readonly<Record<string, string>>;
  /** Streams to read beside the usual ones. */
  readonly streams: readonly string[];
}

/** All platforms of the demo, served by this process until they are disposed of. */
export interface DemoPlatforms extends AsyncDisposable {
  readonly ports: Readonly<Record<string, number>>;
  readonly accounts: ReadonlyMap<string, DemoAccount>;
}

/** @param ports where they listened before: taken again where nobody else has them */
export async function startDemoPlatforms(
  options: DemoOptions,
  clocks: DemoClocks,
  ports: Readonly<Record<string, number>>,
): Promise<DemoPlatforms> {
  const worldOf = shopGroup({ ...options, startDate: firstDate(options) });
  const started = new Map<string, Simulator>();
  const accounts = new Map<string, DemoAccount>();
  for (const platform of SIMULATED_PLATFORMS) {
    const world = worldOf(platform.name);
    const simulator = await startAt(platform, { world, ...clocks }, ports[platform.name]);
    const account = platform.account(world, { privateKey: '${DEMO_ANALYTICS_KEY}' });
    started.set(platform.name, simulator);
    accounts.set(platform.name, {
      settings: { ...account, origin: simulator.origin },
      streams: platform.optionalStreams ?? [],
    });
  }
  return {
    accounts,
    ports: Object.fromEntries(
      [...started].map(([name, { origin }]) => [name, Number(new URL(origin).port)]),
    ),
    async [Symbol.asyncDispose]() {
      await Promise.all([...started.values()].map(async (simulator) => simulator.close()));
    },
  };
}

type StartOptions = Parameters<SimulatedPlatform['start']>[0];

/** The same port as before, so that the project file stays as it is; any free one where it is taken. */
async function startAt(
  { start }: SimulatedPlatform,
  options: StartOptions,
  port: number | undefined,
): Promise<Simulator> {
  if (port === undefined) return start(options);
  try {
    return await start({ ...options, port });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return start(options);
  }
}
