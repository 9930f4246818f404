import { dataManagerSimulator } from '../../connectors/simulators/conversions/google-data-manager.ts';
import { googleAdsUploadsSimulator } from '../../connectors/simulators/conversions/google-ads.ts';
import { metaConversionsSimulator } from '../../connectors/simulators/conversions/meta.ts';
import { tikTokEventsSimulator } from '../../connectors/simulators/conversions/tiktok.ts';
import type { SimulatorClock } from '../../connectors/simulators/simulated-clock.ts';
import { startSimulator } from '../../connectors/simulators/start-simulator.ts';
import { GOOGLE_ACCESS, TOKEN } from './conversion-run.ts';

const google = { conversion_action_id: '555', ...GOOGLE_ACCESS };
const googleWorld = { accountId: '1234567890', customerId: '1234567890' };

/** Each kind of destination: its settings without an origin, and the platform that takes its events. */
export const SMALL_DESTINATIONS = [
  {
    name: 'meta',
    settings: { type: 'meta-capi', pixel_id: '77', access_token: TOKEN },
    start: (clock: SimulatorClock) =>
      startSimulator(metaConversionsSimulator, {
        world: { pixelId: '77' },
        clock,
        credentials: [TOKEN],
      }),
  },
  {
    name: 'data_manager',
    settings: { type: 'google-data-manager', operating_account_id: '1234567890', ...google },
    start: (clock: SimulatorClock) =>
      startSimulator(dataManagerSimulator, {
        world: { ...googleWorld, conversionActionId: '555' },
        clock,
        credentials: [TOKEN],
      }),
  },
  {
    name: 'google_ads',
    settings: { type: 'google-ads', customer_id: '1234567890', ...google },
    start: (clock: SimulatorClock) =>
      startSimulator(googleAdsUploadsSimulator, {
        world: { ...googleWorld, conversionActionId: '555' },
        clock,
        credentials: [TOKEN],
      }),
  },
  {
    name: 'tiktok',
    settings: { type: 'tiktok-events', pixel_code: 'C0ABC', access_token: TOKEN },
    start: (clock: SimulatorClock) =>
      startSimulator(tikTokEventsSimulator, {
        world: { pixelCode: 'C0ABC' },
        clock,
        credentials: [TOKEN],
      }),
  },
] as const;
