import { join, resolve } from 'node:path';
import { openLog } from '../platform/log.ts';
import { logReporter } from '../report/log-reporter.ts';
import type { ProjectSession } from './session.ts';

/** Writes the events to come to `target/logs/cortex.log`, unless `--log-level none`. */
export async function keepLog(session: ProjectSession): Promise<void> {
  const { logLevel, logPath } = session.flags;
  if (logLevel === 'none') return;
  const folder =
    logPath === undefined
      ? session.targetFile('logs')
      : resolve(session.world.directory, logPath, session.project.clientCode ?? '.');
  session.addReporter(
    logReporter(await openLog(join(folder, 'cortex.log'), logLevel), session.runId),
  );
}
