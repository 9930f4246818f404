import { generateKeyPairSync } from 'node:crypto';
import { shopGroup } from '../../connectors/simulators/shop-group.ts';
import type { Touch } from '../../connectors/simulators/shop/journey-records.ts';
import type { OrderAt } from '../../connectors/simulators/shop/order-records.ts';
import type { ShopWorld } from '../../connectors/simulators/shop/world-records.ts';
import { SIMULATED_PLATFORMS } from '../../connectors/simulators/simulated-platforms.ts';
import type { SimulatorClock } from '../../connectors/simulators/simulated-clock.ts';
import { manualClock } from '../../connectors/simulators/simulated-clock.ts';
import type { Simulator } from '../../connectors/simulators/start-simulator.ts';
import type { JumpingClock } from './jumping-clock.ts';
import { jumpingClock } from './jumping-clock.ts';

/** The last day that counts. */
export const LAST_DATE = '2026-09-30';
const FIRST_DATE = '2026-08-26';
/** The morning after it, in the shop's zone. */
export const LOOKED_AT = Date.parse('2026-10-01T09:00:00Z');
/** `attribution_lookback_days` of the pack. */
const PATH_DAYS = 30;
/** A sync leaves out the last minutes, which the platforms' indexes lag behind. */
const SYNCED_AT = '2026-10-01T09:30:00Z';

interface GeneratedShopOptions {
  /** Of all three shops, placed within `days`. */
  readonly orders: number;
  readonly days: number;
  /** `2026-08-26`, the first day. */
  readonly startDate: string;
  /** Of the syncs and the platforms. */
  readonly clock: JumpingClock;
  /** What time it is in the shops, however long a sync waits. */
  readonly shopClock: SimulatorClock;
}

/** Settings of the project file, and the clock of the syncs, to read a group of three generated shops. */
export interface GeneratedShop extends AsyncDisposable {
  readonly worldOf: (platform: string) => ShopWorld;
  readonly clock: JumpingClock;
  readonly settings: { readonly connectors: Readonly<Record<string, ConnectorSettings>> };
  /** By the platform's name. */
  readonly simulators: ReadonlyMap<string, Simulator>;
}

interface ConnectorSettings {
  readonly start_date: string;
  readonly streams: Readonly<Record<string, boolean>>;
  readonly accounts: readonly Readonly<Record<string, string>>[];
}

/** All seven platforms, until they are disposed of: shops of 400 orders in 36 days that are over, unless said otherwise. */
export async function generatedShop(
  options: Partial<GeneratedShopOptions> = {},
): Promise<GeneratedShop> {
  const { orders = 400, days = 36, startDate = FIRST_DATE } = options;
  const { clock = jumpingClock(SYNCED_AT), shopClock = manualClock(LOOKED_AT) } = options;
  const worldOf = shopGroup({ seed: 7, orders, days, startDate });
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const simulators = new Map<string, Simulator>();
  const connectors: Record<string, ConnectorSettings> = {};
  for (const { name, account, optionalStreams = [], start } of SIMULATED_PLATFORMS) {
    const world = worldOf(name);
    const simulator = await start({ world, clock, shopClock });
    simulators.set(name, simulator);
    connectors[name] = {
      start_date: startDate,
      streams: Object.fromEntries(optionalStreams.map((stream) => [stream, true])),
      accounts: [{ ...account(world, { privateKey }), origin: simulator.origin }],
    };
  }
  return {
    worldOf,
    clock,
    settings: { connectors },
    simulators,
    async [Symbol.asyncDispose]() {
      await Promise.all([...simulators.values()].map(async (simulator) => simulator.close()));
    },
  };
}

/** Orders placed by the last day, as they stood when they were read. */
export function ordersOf({ orders, calendar, options }: ShopWorld): readonly OrderAt[] {
  const window = { from: calendar.startOf(options.startDate), to: calendar.startOf('2026-10-01') };
  return orders.placed(window, LOOKED_AT, { offset: 0, limit: 100_000 }).items;
}

/**
 * The visits of a journey that the shop can know of: its analytics measured them, in a browser in which they also
 * measured a purchase, and within the days that a path is long.
 */
export function observableVisits(world: ShopWorld, { order }: OrderAt): readonly Touch[] {
  const browsers = new Set(
    ordersOf(world)
      .map((at) => at.order.visit)
      .filter(({ isMeasured }) => isMeasured)
      .map(({ clientId }) => clientId),
  );
  return (
    world.truth
      .journeyOf(order.index)
      .filter(({ isMeasured, clientId }) => isMeasured && browsers.has(clientId))
      .filter(({ at }) => order.placedAt - at <= PATH_DAYS * 86_400_000)
      // What was before the first day is not read.
      .filter(({ at }) => at >= world.calendar.startOf(FIRST_DATE))
  );
}

/** Whether an order is a sale, as the shop itself would say. */
export function isSale({ order, paymentStatus, status }: OrderAt): boolean {
  const isPaid = ['paid', 'partially_refunded', 'refunded'].includes(paymentStatus);
  return isPaid && status !== 'cancelled' && !order.isTest;
}
