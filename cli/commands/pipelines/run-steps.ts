import { CancelledError } from '../../kernel/errors.ts';
import type { PipelineStep } from '../../project/pipelines/pipelines-schema.ts';
import type { Pipeline } from '../../project/pipelines/read-pipelines.ts';
import type { Project } from '../../project/project.ts';
import { valueOf } from '../../project/yaml.ts';
import type { PipelineState, StepRecord } from '../../warehouse/state/pipeline-state.ts';
import type { GivenFlags, World } from '../invocation.ts';
import type { ProjectSession } from '../session.ts';
import type { PipelineReport } from './pipeline-report.ts';
import type { ActiveRun } from './run-one-pipeline.ts';
import type { StepFacts } from './step-applies.ts';
import { reasonToSkip } from './step-applies.ts';
import { choosesNothing, stepCall } from './step-call.ts';
import type { StepTry } from './try-step.ts';
import { tryStep } from './try-step.ts';

export type PipelineStatus = 'success' | 'partial' | 'failed' | 'cancelled';

export interface StepsWork {
  readonly session: ProjectSession;
  readonly pipeline: Pipeline;
  readonly state: PipelineState;
  readonly run: ActiveRun;
  readonly report: PipelineReport;
  /** The flags of the pipeline's own call. */
  readonly given: GivenFlags;
  readonly world: World;
}

/** What a resumed run does not do again. */
const DONE: readonly string[] = ['success', 'partial'];

/** The steps one after the other; each result is written before the next begins. */
export async function runSteps(
  work: StepsWork,
): Promise<{ readonly status: PipelineStatus; readonly steps: readonly StepRecord[] }> {
  const steps: StepRecord[] = [];
  let soFar: StepFacts['soFar'] = 'good';
  for (const [position, step] of work.pipeline.steps.entries()) {
    const before = work.run.records[position];
    const record =
      before !== undefined && DONE.includes(before.status)
        ? before
        : await runStep(work, step, { position, soFar });
    steps.push(record);
    if (record.status === 'cancelled') return { status: 'cancelled', steps };
    if (record.status !== 'failed' && record.status !== 'timed_out') continue;
    if (soFar !== 'stopped') soFar = step.onFailure === 'stop' ? 'stopped' : 'failed';
  }
  if (soFar !== 'good') return { status: 'failed', steps };
  const isPartial = steps.some(({ status }) => status === 'partial');
  return { status: isPartial ? 'partial' : 'success', steps };
}

function hasRules({ alerts }: Project): boolean {
  const rules = valueOf(alerts?.yaml, 'rules');
  return rules?.kind === 'map' && rules.entries.length > 0;
}

interface StepPlace {
  readonly position: number;
  readonly soFar: StepFacts['soFar'];
}

async function runStep(
  work: StepsWork,
  step: PipelineStep,
  { position, soFar }: StepPlace,
): Promise<StepRecord> {
  const { session, state, run, report, world } = work;
  const { clock } = world;
  const save = async (record: StepRecord): Promise<StepRecord> => {
    if (!world.signal.aborted || session.world.signal.aborted) {
      await state.writeStep(run.runId, position, record);
    }
    report.stepFinished(record);
    return record;
  };
  const blank = {
    step: step.name,
    attempts: 0,
    exitCode: undefined,
    code: undefined,
    syncedRows: 0,
  };
  const never = { ...blank, startedAt: undefined, finishedAt: undefined };
  if (world.signal.aborted) return save({ ...never, status: 'cancelled' });
  const { project } = session;
  const has = {
    connectors: project.connectors !== undefined,
    conversions: project.conversions !== undefined,
    'metric rules': hasRules(project),
    'daily report': valueOf(project.alerts?.yaml, 'report') !== undefined,
  };
  const facts = { target: project.target.name, day: run.day, has, soFar };
  const firstDay = run.missed[0] ?? run.day;
  const skip = reasonToSkip(step, facts);
  const call = skip === undefined ? await stepCall(session, step, work.given, firstDay) : undefined;
  if (call === undefined || choosesNothing(session, step, call)) {
    report.skipped(step.name, skip ?? 'there is nothing for it');
    return save({ ...never, status: 'skipped' });
  }
  const startedAt = clock.now();
  const began: StepRecord = { ...blank, status: 'running', startedAt, finishedAt: undefined };
  let syncedRows = 0;
  for (let attempts = 1; ; attempts += 1) {
    await state.writeStep(run.runId, position, { ...began, attempts });
    report.stepStarted(step.name, attempts);
    const ended = await tryStep(step, call, quietWorld(session, world));
    syncedRows += ended.syncedRows;
    if (!isTriedAgain(ended, step, attempts) || !(await waited(world, step.retryDelayMs))) {
      const { status, exitCode, code } = ended;
      const finishedAt = clock.now();
      return save({
        step: step.name,
        status,
        attempts,
        exitCode,
        code,
        syncedRows,
        startedAt,
        finishedAt,
      });
    }
  }
}

function isTriedAgain({ status }: StepTry, { retries }: PipelineStep, attempts: number): boolean {
  return (status === 'failed' || status === 'timed_out') && attempts <= retries;
}

async function waited({ clock, signal }: World, ms: number): Promise<boolean> {
  try {
    await clock.sleep(ms, signal);
    return true;
  } catch (error) {
    if (error instanceof CancelledError || signal.aborted) return false;
    throw error;
  }
}

/** With `--json` the lines of standard output are those of the pipeline; reports still go to standard error. */
function quietWorld({ flags }: ProjectSession, world: World): World {
  return flags.json ? { ...world, stdout: { write: () => undefined } } : world;
}
