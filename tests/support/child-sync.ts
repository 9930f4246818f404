import { ga4 } from '../../connectors/ga4/platform.ts';
import { googleAds } from '../../connectors/google-ads/platform.ts';
import { metaAds } from '../../connectors/meta-ads/platform.ts';
import { nuvemshop } from '../../connectors/nuvemshop/platform.ts';
import type { PlatformDefinition } from '../../connectors/sdk/definition.ts';
import { shopify } from '../../connectors/shopify/platform.ts';
import { tiktokAds } from '../../connectors/tiktok-ads/platform.ts';
import { tray } from '../../connectors/tray/platform.ts';
import { jumpingClock } from './jumping-clock.ts';
import type { TestDatabase } from './server.ts';
import type { TestSync } from './sync-run.ts';
import { runSync } from './sync-run.ts';

/** What a process that is to be killed reads: everything that a structured clone of JSON holds. */
export interface ChildSync {
  readonly platform: string;
  readonly own: Pick<TestDatabase, 'name' | 'target'>;
  readonly settings: unknown;
  readonly origin: string;
  readonly startDate: string;
  readonly now: string;
  /** Where the account's tokens stay from one process to the next. */
  readonly folder: string;
}

const PLATFORMS = [nuvemshop, tray, metaAds, tiktokAds, shopify, googleAds, ga4];

const { platform, own, settings, origin, startDate, now, folder } = JSON.parse(
  process.argv[2] ?? '',
) as ChildSync;

const definition = PLATFORMS.find(({ name }) => name === platform);
if (definition === undefined) throw new Error(`there is no platform ${platform}`);

console.log('ready');
const { status } = await runSync({
  own: own as TestSync['own'],
  platform: definition as PlatformDefinition,
  accounts: [{ settings, origin }],
  startDate,
  clock: jumpingClock(now),
  folder,
});
console.log(JSON.stringify(status));
