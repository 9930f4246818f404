import { readPipelines } from '../project/pipelines/read-pipelines.ts';
import type { CommandBody } from './invocation.ts';
import { scheduledOnes } from './schedule/scheduled-pipeline.ts';
import { withProject } from './session.ts';

/** `cortex schedule install|list|run`: the pipelines that have a schedule, started by the machine or by Cortex. */
export const schedule: CommandBody = async (invocation) =>
  withProject(invocation, async (session) => {
    const pipelines = scheduledOnes(session.check(readPipelines(session.project)));
    const [action] = invocation.arguments;
    if (action === 'install') {
      const { installSchedule } = await import('./schedule/install-schedule.ts');
      return installSchedule(session, pipelines);
    }
    if (action === 'run') {
      const { runSchedule } = await import('./schedule/run-schedule.ts');
      return await runSchedule(session, invocation, pipelines);
    }
    const { listSchedule } = await import('./schedule/list-schedule.ts');
    return listSchedule(session, pipelines);
  });
