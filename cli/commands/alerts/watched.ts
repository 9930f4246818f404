import type { ProjectSession } from '../session.ts';
import type { RunAlerts } from './raise-alerts.ts';

/** Watches a run from here on, where the project has `alerts:`. */
export async function watched(session: ProjectSession): Promise<RunAlerts | undefined> {
  if (session.project.alerts === undefined) return undefined;
  const { watchForAlerts } = await import('./raise-alerts.ts');
  return watchForAlerts(session);
}
