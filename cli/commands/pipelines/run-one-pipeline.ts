import { hostname } from 'node:os';
import { dayOf } from '../../../connectors/runner/plan/calendar.ts';
import { diagnostic } from '../../kernel/diagnostic.ts';
import { CortexError } from '../../kernel/errors.ts';
import { plural } from '../../kernel/format.ts';
import { randomId } from '../../platform/ids.ts';
import type { Pipeline } from '../../project/pipelines/read-pipelines.ts';
import { acquirePipelineLock } from '../../warehouse/pipeline-lock.ts';
import type { PipelineState, StepRecord } from '../../warehouse/state/pipeline-state.ts';
import type { Invocation } from '../invocation.ts';
import { openWatchedDatabase, watchedWithoutNodes } from '../alerts/watched.ts';
import { EXIT } from '../invocation.ts';
import type { ProjectSession } from '../session.ts';
import { missedDays } from './missed-days.ts';
import { pipelineObservations } from './pipeline-observations.ts';
import { PipelineReport } from './pipeline-report.ts';
import type { PipelineStatus } from './run-steps.ts';
import { runSteps } from './run-steps.ts';

export interface PipelineRequest {
  readonly invocation: Invocation;
  readonly resume: boolean;
  readonly wait: boolean;
}

export interface PipelineOutcome {
  readonly status: PipelineStatus;
  readonly exitCode: number;
  readonly steps: readonly StepRecord[];
}

/** How a run ended that is good: what it was due for is done. */
const GOOD: readonly string[] = ['success', 'partial'];
const HEARTBEAT_MS = 5000;

const EXIT_CODES: Readonly<Record<PipelineStatus, number>> = {
  success: EXIT.good,
  partial: EXIT.partial,
  failed: EXIT.failed,
  cancelled: EXIT.interrupted,
};

/** Runs a pipeline under the lock of its target, from its first step or from where its last run stopped. */
export async function runOnePipeline(
  session: ProjectSession,
  pipeline: Pipeline,
  { invocation, resume, wait }: PipelineRequest,
): Promise<PipelineOutcome> {
  const { clock, signal } = session.world;
  const alerts = await watchedWithoutNodes(session);
  await using database = await openWatchedDatabase(session, alerts);
  await using lock = await acquirePipelineLock(database, { wait, signal, now: () => clock.now() });
  const { state } = lock;
  const run = await beginRun(session, pipeline, state, resume);
  const lost = new AbortController();
  const timer = setInterval(() => {
    state.heartbeat(run.runId, clock.now()).catch((error: unknown) => lost.abort(error));
  }, HEARTBEAT_MS);
  timer.unref();
  const report = new PipelineReport(session, pipeline, run);
  report.started();
  try {
    const ended = await runSteps({
      session,
      pipeline,
      state,
      run,
      report,
      given: invocation.given,
      world: { ...session.world, signal: AbortSignal.any([signal, lost.signal]) },
    });
    if (!lost.signal.aborted) await state.finish(run.runId, ended.status, clock.now());
    report.finished(ended.status);
    const exitCode = EXIT_CODES[ended.status];
    await alerts?.raise(database, exitCode, pipelineObservations(pipeline.name, ended));
    return { ...ended, exitCode };
  } finally {
    clearInterval(timer);
  }
}

/** A run that works: the days it makes up for, and what an earlier try of it has done. */
export interface ActiveRun {
  readonly runId: string;
  readonly day: string;
  readonly missed: readonly string[];
  readonly isResumed: boolean;
  /** One per step. */
  readonly records: readonly StepRecord[];
}

async function beginRun(
  session: ProjectSession,
  pipeline: Pipeline,
  state: PipelineState,
  resume: boolean,
): Promise<ActiveRun> {
  const now = session.world.clock.now();
  const names = pipeline.steps.map(({ name }) => name);
  const lastGood = await state.newest(pipeline.name, GOOD);
  const last = resume ? await state.newest(pipeline.name) : undefined;
  if (last !== undefined && !GOOD.includes(last.status)) {
    const records = await state.steps(last.runId);
    if (records.map(({ step }) => step).join('\n') !== names.join('\n')) {
      throw new CortexError([stepsChanged(pipeline)]);
    }
    await state.reopen(last.runId, hostname(), process.pid);
    const missed = missedDays(lastGood?.businessDay, last.businessDay);
    return { runId: last.runId, day: last.businessDay, missed, isResumed: true, records };
  }
  if (resume) session.note(`nothing of \`${pipeline.name}\` is left to resume: it begins anew`);
  const day = dayOf(now, pipeline.timeZone);
  const runId = randomId();
  const target = session.project.target.name;
  const place = { host: hostname(), pid: process.pid };
  const run = { runId, pipeline: pipeline.name, businessDay: day, target, steps: names, ...place };
  await state.start(run, now);
  const missed = missedDays(lastGood?.businessDay, day);
  return { runId, day, missed, isResumed: false, records: await state.steps(runId) };
}

function stepsChanged({ name, steps }: Pipeline) {
  return diagnostic('CX7704', `the steps of \`${name}\` have changed since the run that stopped`, {
    notes: [`it has ${plural(steps.length, 'step')} now`],
    hint: `start it anew: \`cortex run-pipeline ${name}\``,
  });
}
