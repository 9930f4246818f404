import { ga4 } from '../../../connectors/ga4/platform.ts';
import { jumpingClock } from '../../support/jumping-clock.ts';
import type { TestDatabase } from '../../support/server.ts';
import type { TestSync } from '../../support/sync-run.ts';
import { runSync } from '../../support/sync-run.ts';

/** Syncs the exported events of one day as one process. Prints how many there were. */
const { own, account, now, since } = JSON.parse(process.argv[2] ?? '') as {
  own: Pick<TestDatabase, 'name' | 'target'>;
  account: TestSync['accounts'][number];
  now: string;
  since: string;
};

const { results, codes } = await runSync({
  own: own as TestDatabase,
  platform: ga4 as TestSync['platform'],
  accounts: [account],
  streams: ['events'],
  startDate: since,
  clock: jumpingClock(now),
});
if (results[0]?.status !== 'success') throw new Error(`the sync failed: ${codes.join(', ')}`);
console.log(results[0].changes.added);
