import type { Pipeline } from '../../project/pipelines/read-pipelines.ts';
import { readPipelines } from '../../project/pipelines/read-pipelines.ts';
import type { Check } from '../../warehouse/diagnosis/check.ts';
import { fail, ok, warn } from '../../warehouse/diagnosis/check.ts';
import { pipelineLockName } from '../../warehouse/pipeline-lock.ts';
import type { PipelineRun } from '../../warehouse/state/pipeline-state.ts';
import { PipelineState } from '../../warehouse/state/pipeline-state.ts';
import { lockThread } from '../../warehouse/used-lock.ts';
import { spanText } from '../freshness/measure-source.ts';
import { dueTimes } from '../schedule/due-pipelines.ts';
import { scheduledOnes } from '../schedule/scheduled-pipeline.ts';
import type { Patient } from './finding.ts';
import { DAY_MS, HOUR_MS, momentText } from './finding.ts';

/** One pipeline waits for another, and a scheduler that was off makes up for what it missed. */
const LATE_MS = 2 * HOUR_MS;
const LOST_MS = 2 * DAY_MS;

/** How the last run of each pipeline ended, and whether one is due that did not begin. Those that never ran say nothing. */
export async function* pipelineFindings({ session, database }: Patient): AsyncGenerator<Check> {
  const pipelines = session.check(readPipelines(session.project));
  const state = await PipelineState.open(database.control);
  const now = session.world.clock.now();
  const lock = pipelineLockName(database.database);
  const isHeld = (await lockThread(database.control, lock)) !== undefined;
  for (const pipeline of pipelines) {
    const last = await state.newest(pipeline.name);
    if (last === undefined) continue;
    yield endCheck(last, await failedStep(state, last), isHeld);
    const late = lateCheck(pipeline, last, now);
    if (late !== undefined) yield late;
  }
}

const ENDED_WELL: ReadonlySet<string> = new Set(['success', 'partial']);

function endCheck(run: PipelineRun, failed: string, isHeld: boolean): Check {
  const { pipeline, status, startedAt } = run;
  const began = momentText(startedAt);
  if (ENDED_WELL.has(status)) return ok(pipeline, `${status}, begun at ${began}`);
  if (status === 'running' && isHeld) return ok(pipeline, `runs since ${began}`);
  const how = status === 'running' ? 'crashed' : status;
  return fail(
    pipeline,
    `${how}, begun at ${began}${failed}`,
    `\`cortex run-pipeline ${pipeline} --resume\` goes on where it stopped`,
  );
}

/** `: step sync failed (CX7201)`; empty where no step did. */
async function failedStep(state: PipelineState, { runId }: PipelineRun): Promise<string> {
  const steps = await state.steps(runId);
  const step = steps.find(({ status }) => status === 'failed' || status === 'timed_out');
  if (step === undefined) return '';
  const code = step.code === undefined ? '' : ` (${step.code})`;
  return `: step \`${step.step}\` ${step.status.replace('_', ' ')}${code}`;
}

function lateCheck(pipeline: Pipeline, last: PipelineRun, now: number): Check | undefined {
  const [due] = dueTimes(scheduledOnes([pipeline]), new Map([[pipeline.name, last.startedAt]]));
  if (due === undefined || now - due.at < LATE_MS) return undefined;
  const detail = `was due at ${momentText(due.at)}, ${spanText(now - due.at)} ago, and has not begun`;
  const hint =
    'look whether its scheduler runs (`cortex schedule list`), or take its `schedule` off';
  const name = `${pipeline.name} schedule`;
  return now - due.at > LOST_MS ? fail(name, detail, hint) : warn(name, detail, hint);
}
