import { generateKeyPairSync } from 'node:crypto';
import { shopGroup } from '../../connectors/simulators/shop-group.ts';
import type { Touch } from '../../connectors/simulators/shop/journey-records.ts';
import type { OrderAt } from '../../connectors/simulators/shop/order-records.ts';
import type { ShopWorld } from '../../connectors/simulators/shop/world-records.ts';
import { SIMULATED_PLATFORMS } from '../../connectors/simulators/simulated-platforms.ts';
import { manualClock } from '../../connectors/simulators/simulated-clock.ts';
import type { Simulator } from '../../connectors/simulators/start-simulator.ts';
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

/** Settings of the project file, and the clock of the syncs, to read a group of three generated shops. */
export interface GeneratedShop extends AsyncDisposable {
  readonly worldOf: (platform: string) => ShopWorld;
  readonly clock: ReturnType<typeof jumpingClock>;
  readonly settings: { readonly connectors: Readonly<Record<string, object>> };
}

/** All seven platforms with shops of 400 orders in 36 days behind them, until it is disposed of. */
export async function generatedShop(): Promise<GeneratedShop> {
  const worldOf = shopGroup({ seed: 7, orders: 400, days: 36, startDate: FIRST_DATE });
  const clock = jumpingClock(SYNCED_AT);
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const simulators: Simulator[] = [];
  const connectors: Record<string, object> = {};
  for (const { name, account, optionalStreams = [], start } of SIMULATED_PLATFORMS) {
    const world = worldOf(name);
    const simulator = await start({ world, clock, shopClock: manualClock(LOOKED_AT) });
    simulators.push(simulator);
    connectors[name] = {
      start_date: FIRST_DATE,
      streams: Object.fromEntries(optionalStreams.map((stream) => [stream, true])),
      accounts: [{ ...account(world, { privateKey }), origin: simulator.origin }],
    };
  }
  return {
    worldOf,
    clock,
    settings: { connectors },
    async [Symbol.asyncDispose]() {
      await Promise.all(simulators.map(async (simulator) => simulator.close()));
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
