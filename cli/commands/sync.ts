import type { SyncOrder } from '../../connectors/runner/sync/sync-run.ts';
import { CortexError } from '../kernel/errors.ts';
import { openWatchedDatabase, watched } from './alerts/watched.ts';
import type { CommandBody } from './invocation.ts';
import { keepLog } from './keep-log.ts';
import { flagsExclude } from './messages.ts';
import { openDatabase } from './open-database.ts';
import type { ProjectSession } from './session.ts';
import { withProject } from './session.ts';
import type { ChosenStreams } from './sync/choose-streams.ts';
import { chooseStreams } from './sync/choose-streams.ts';
import { syncOrder } from './sync/sync-order.ts';

/** `cortex sync`: brings raw tables up to date, says what would be read, proves credentials, or writes sources or tables. */
export const sync: CommandBody = async (invocation) =>
  withProject(invocation, async (session) => {
    checkModes(session);
    const order = syncOrder(session.flags, 'sync');
    if (session.flags.writeSources) {
      const { writeSourceFiles } = await import('./sync/write-sources.ts');
      const chosen = await chooseStreams(session, invocation.arguments, { withoutAccounts: true });
      return writeSourceFiles(session, chosen);
    }
    if (session.flags.tablesOnly) {
      const { makeTables } = await import('./sync/make-tables.ts');
      const chosen = await chooseStreams(session, invocation.arguments, { withoutAccounts: true });
      await using database = await openDatabase(session);
      return await makeTables(session, database, chosen);
    }
    const chosen = await chooseStreams(session, invocation.arguments);
    if (session.flags.check) {
      const { checkPlatforms } = await import('./sync/check-accounts.ts');
      return await checkPlatforms(session, chosen.platforms);
    }
    return readStreams(session, chosen, order);
  });

async function readStreams(
  session: ProjectSession,
  chosen: ChosenStreams,
  order: SyncOrder,
): Promise<number> {
  await keepLog(session);
  const alerts = await watched(session);
  await using database = await openWatchedDatabase(session, alerts);
  if (session.flags.dryRun) {
    const { dryRun } = await import('./sync/dry-run.ts');
    return await dryRun(session, database, chosen, order);
  }
  const { runSync } = await import('./sync/run-sync.ts');
  const { exitCode, accounts } = await runSync(session, database, chosen, { order });
  await alerts?.raise(database, exitCode, accounts);
  return exitCode;
}

/** Each of these flags makes another thing of the command. */
function checkModes({ flags }: ProjectSession): void {
  const given = [
    ...(flags.check ? ['--check'] : []),
    ...(flags.dryRun ? ['--dry-run'] : []),
    ...(flags.writeSources ? ['--write-sources'] : []),
    ...(flags.tablesOnly ? ['--tables-only'] : []),
  ];
  const [one, other] = given;
  if (one !== undefined && other !== undefined) throw new CortexError([flagsExclude(one, other)]);
}
