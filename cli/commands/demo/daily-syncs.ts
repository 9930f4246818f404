import { EXIT } from '../invocation.ts';
import { keepLog } from '../keep-log.ts';
import { openDatabase } from '../open-database.ts';
import type { Session } from '../session.ts';
import { chooseStreams } from '../sync/choose-streams.ts';
import { runSync } from '../sync/run-sync.ts';
import { syncOrder } from '../sync/sync-order.ts';
import { writeSourceFiles } from '../sync/write-sources.ts';
import type { DemoClock } from './demo-clock.ts';
import type { DemoDay } from './demo-schedule.ts';
import type { TypedCommands } from '../typed-commands.ts';

export interface DailySyncs {
  readonly session: Session;
  readonly steps: TypedCommands;
  /** The mornings that are still to come, the one that was begun included. */
  readonly left: readonly DemoDay[];
  readonly clock: DemoClock;
  readonly shopClock: DemoClock;
  /** Told each morning before it begins. */
  readonly onBegin: (day: DemoDay) => void;
}

/** `sources/*.yml` of the seven platforms, as `cortex sync --write-sources` writes them. */
export async function writeSources(steps: TypedCommands): Promise<number> {
  return steps.inProject('sync', {}, async (session) => {
    const chosen = await chooseStreams(session, [], { withoutCredentials: true });
    return writeSourceFiles(session, chosen);
  });
}

/** One sync each morning, the first with a line for each stream. The exit code of the one that was the last. */
export async function syncDaily(daily: DailySyncs): Promise<number> {
  const { session, left, clock, shopClock, onBegin } = daily;
  for (const day of left) {
    onBegin(day);
    shopClock.moveTo(day.shopAt);
    clock.moveTo(day.syncAt);
    session.note(`\n$ cortex sync    # on the morning of ${day.date}`);
    const exitCode = await syncOnce(daily, day.index > 0);
    if (exitCode !== EXIT.good) return exitCode;
  }
  return EXIT.good;
}

async function syncOnce({ session, steps }: DailySyncs, isShort: boolean): Promise<number> {
  const given = isShort ? { quiet: true } : {};
  return steps.inProject('sync', given, async (project) => {
    const chosen = await chooseStreams(project, []);
    await keepLog(project);
    await using database = await openDatabase(project);
    const request = { order: syncOrder(project.flags, 'sync') };
    const { exitCode, changes } = await runSync(project, database, chosen, request);
    if (isShort) session.note(`    Landed  ${changes}`);
    return exitCode;
  });
}
