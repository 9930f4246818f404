import { nextDue } from '../../project/pipelines/cron.ts';
import { EXIT } from '../invocation.ts';
import type { ProjectSession } from '../session.ts';
import { printRows } from '../sync/print-rows.ts';
import type { ScheduledPipeline } from './scheduled-pipeline.ts';

/** When each pipeline is due next; the moment is UTC. */
export function listSchedule(
  session: ProjectSession,
  pipelines: readonly ScheduledPipeline[],
): number {
  const now = session.world.clock.now();
  const rows = pipelines.map(({ name, schedule, timeZone, steps }) => {
    const next = nextDue(schedule, timeZone, now);
    return {
      pipeline: name,
      schedule,
      timezone: timeZone,
      next: next === undefined ? '' : new Date(next).toISOString(),
      steps: steps.map((step) => step.name).join(', '),
    };
  });
  printRows(session, ['pipeline', 'schedule', 'timezone', 'next', 'steps'], rows);
  return EXIT.good;
}
