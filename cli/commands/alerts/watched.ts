import type { Database } from '../../warehouse/database.ts';
import { openDatabase } from '../open-database.ts';
import type { ProjectSession } from '../session.ts';
import type { RunAlerts } from './run-alerts.ts';

/** Watches a run from here on, where the project has `alerts:`. */
export async function watched(session: ProjectSession): Promise<RunAlerts | undefined> {
  if (session.project.alerts === undefined) return undefined;
  const { watchForAlerts } = await import('./run-alerts.ts');
  return watchForAlerts(session);
}

/** The same for a run that has no nodes of its own. */
export async function watchedWithoutNodes(session: ProjectSession): Promise<RunAlerts | undefined> {
  if (session.project.alerts === undefined) return undefined;
  const { alertsWithoutNodes } = await import('./run-alerts.ts');
  return alertsWithoutNodes(session);
}

/** Connects like `openDatabase`, and tells the channels when that fails, and when it works again. */
export async function openWatchedDatabase(
  session: ProjectSession,
  alerts: RunAlerts | undefined,
): Promise<Database> {
  if (alerts === undefined) return openDatabase(session);
  const database = await openDatabase(session).catch(async (error: unknown) => {
    await alerts.unreachable(error);
    throw error;
  });
  await alerts.reached(database);
  return database;
}
