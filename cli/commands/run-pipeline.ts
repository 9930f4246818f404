import type { CommandBody } from './invocation.ts';
import { runOnePipeline } from './pipelines/run-one-pipeline.ts';
import { withProject } from './session.ts';

/** `cortex run-pipeline daily`: its steps in order, each kept in the state tables. */
export const runPipeline: CommandBody = async (invocation) =>
  withProject(invocation, async (session) => {
    const { findPipeline } = await import('./pipelines/find-pipeline.ts');
    const pipeline = findPipeline(session, invocation.arguments[0] ?? '');
    const { resume, wait } = session.flags;
    return (await runOnePipeline(session, pipeline, { invocation, resume, wait })).exitCode;
  });
