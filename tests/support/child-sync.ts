import { nuvemshop } from '../../connectors/nuvemshop/platform.ts';
import type { PlatformDefinition } from '../../connectors/sdk/definition.ts';
import { tray } from '../../connectors/tray/platform.ts';
import { jumpingClock } from './jumping-clock.ts';
import type { TestDatabase } from './server.ts';
import type { TestSync } from './sync-run.ts';
import { runSync } from './sync-run.ts';

/** What a process that is to be killed reads: everything that a structured clone of JSON holds. */
export interface ChildSync {
  readonly platform: 'nuvemshop' | 'tray';
  readonly own: Pick<TestDatabase, 'name' | 'target'>;
  readonly settings: unknown;
  readonly origin: string;
  readonly startDate: string;
  readonly now: string;
  /** Where the account's tokens stay from one process to the next. */
  readonly folder: string;
}

const PLATFORMS: Readonly<Record<ChildSync['platform'], PlatformDefinition>> = { nuvemshop, tray };

const { platform, own, settings, origin, startDate, now, folder } = JSON.parse(
  process.argv[2] ?? '',
) as ChildSync;

console.log('ready');
const { status } = await runSync({
  own: own as TestSync['own'],
  platform: PLATFORMS[platform],
  accounts: [{ settings, origin }],
  startDate,
  clock: jumpingClock(now),
  folder,
});
console.log(JSON.stringify(status));
