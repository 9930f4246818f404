import { addDays, dayOf } from '../../connectors/runner/plan/calendar.ts';
import type { SyncOrder } from '../../connectors/runner/sync/sync-run.ts';
import { CortexError } from '../kernel/errors.ts';
import { openWatchedDatabase, watched } from './alerts/watched.ts';
import type { CommandBody } from './invocation.ts';
import { keepLog } from './keep-log.ts';
import { flagsExclude, nothingToBackfill } from './messages.ts';
import type { ProjectSession } from './session.ts';
import { withProject } from './session.ts';
import type { ChosenStreams } from './sync/choose-streams.ts';
import { chooseStreams } from './sync/choose-streams.ts';
import { syncOrder } from './sync/sync-order.ts';

/**
 * `cortex backfill`: reads what is missing of the past, oldest window first. It goes on where it was stopped, and
 * takes turns with a sync of the same streams.
 */
export const backfill: CommandBody = async (invocation) =>
  withProject(invocation, async (session) => {
    const order = backfillOrder(session);
    const chosen = withPast(await chooseStreams(session, invocation.arguments));
    await keepLog(session);
    const alerts = await watched(session);
    await using database = await openWatchedDatabase(session, alerts);
    if (session.flags.dryRun) {
      const { dryRun } = await import('./sync/dry-run.ts');
      return await dryRun(session, database, chosen, order);
    }
    const { backfillEstimates } = await import('./sync/backfill-estimate.ts');
    const { runSync } = await import('./sync/run-sync.ts');
    const estimates = await backfillEstimates(session, database, chosen.platforms, order);
    const request = { order, opening: estimates };
    const { exitCode, accounts } = await runSync(session, database, chosen, request);
    await alerts?.raise(database, exitCode, accounts);
    return exitCode;
  });

/** `--days 90`: today in the client's zone and the 89 days before it. */
function backfillOrder(session: ProjectSession): SyncOrder {
  const order = syncOrder(session.flags, 'backfill');
  const { days } = session.flags;
  if (days === undefined) return order;
  if (order.since !== undefined) throw new CortexError([flagsExclude('--days', '--since')]);
  const today = dayOf(session.world.clock.now(), session.project.client.timezone);
  return { ...order, since: addDays(today, 1 - days) };
}

/** Files, and streams that every sync reads as a whole, have no past that could be missing. */
function withPast({ platforms }: ChosenStreams): ChosenStreams {
  const dated = platforms
    .map((platform) => ({
      ...platform,
      streams: platform.streams.filter(({ stream }) => stream.cursor.kind !== 'none'),
    }))
    .filter(({ streams }) => streams.length > 0);
  if (dated.length === 0) throw new CortexError([nothingToBackfill()]);
  return { files: [], platforms: dated };
}
