import type { TestRun } from './conversion-run.ts';
import { runConversions } from './conversion-run.ts';
import { jumpingClock } from './jumping-clock.ts';

/** What a process that is to be killed sends: everything that JSON holds. */
export interface ChildConversions extends Pick<
  TestRun,
  'destinations' | 'name' | 'worker' | 'limit'
> {
  readonly own: Pick<TestRun['own'], 'name' | 'target'>;
  readonly now: string;
}

const { own, now, ...run } = JSON.parse(process.argv[2] ?? '') as ChildConversions;

console.log('ready');
const { summary } = await runConversions({
  ...run,
  own: own as TestRun['own'],
  clock: jumpingClock(now),
});
console.log(JSON.stringify({ ...summary, warnings: [...summary.warnings] }));
