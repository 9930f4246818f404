import { CancelledError, CortexError } from '../../kernel/errors.ts';
import { PipelineState } from '../../warehouse/state/pipeline-state.ts';
import type { Invocation } from '../invocation.ts';
import { EXIT } from '../invocation.ts';
import { openDatabase } from '../open-database.ts';
import { runOnePipeline } from '../pipelines/run-one-pipeline.ts';
import type { ProjectSession } from '../session.ts';
import { dueTimes } from './due-pipelines.ts';
import { serveHealth } from './health-server.ts';
import { LookAround } from './look-around.ts';
import { ScheduleMetrics } from './schedule-metrics.ts';
import type { ScheduledPipeline } from './scheduled-pipeline.ts';

/** Short, so that a machine that slept notices what it missed; also the wait after a run that could not start. */
const LONGEST_WAIT_MS = 60_000;

/** Starts pipelines when they are due, one at a time, until it is asked to stop. */
export async function runSchedule(
  session: ProjectSession,
  invocation: Invocation,
  pipelines: readonly ScheduledPipeline[],
): Promise<number> {
  const { clock, signal } = session.world;
  const metrics = new ScheduleMetrics();
  const { healthPort } = session.flags;
  await using _health =
    healthPort === undefined ? undefined : await serveHealth(healthPort, metrics);
  const { startedAt, crashed } = await readStarts(session, pipelines);
  metrics.isReady = true;
  const around = healthPort === undefined ? undefined : new LookAround(session, metrics);
  while (!signal.aborted) {
    const [due] = dueTimes(pipelines, startedAt);
    const now = clock.now();
    const resumed = [...crashed][0];
    const pipeline = resumed ?? (due !== undefined && due.at <= now ? due.pipeline : undefined);
    if (pipeline === undefined) {
      await around?.look();
      const left = (due?.at ?? Infinity) - clock.now();
      await pause(session, Math.max(0, Math.min(LONGEST_WAIT_MS, left)));
      continue;
    }
    crashed.delete(pipeline);
    around?.expire();
    try {
      metrics.starts(pipeline.name, now / 1000);
      const resume = resumed !== undefined;
      const outcome = await runOnePipeline(session, pipeline, {
        invocation,
        resume,
        wait: !resume,
      });
      metrics.ended(pipeline.name, outcome, clock.now() / 1000);
      metrics.isReady = true;
      startedAt.set(pipeline.name, Math.max(now, startedAt.get(pipeline.name) ?? 0));
    } catch (error) {
      if (error instanceof CancelledError || signal.aborted) break;
      if (!(error instanceof CortexError)) throw error;
      metrics.isReady = false;
      session.report(error.diagnostics);
      await pause(session, LONGEST_WAIT_MS);
    }
  }
  return EXIT.good;
}

async function pause({ world }: ProjectSession, ms: number): Promise<void> {
  try {
    await world.clock.sleep(ms, world.signal);
  } catch (error) {
    if (!world.signal.aborted) throw error;
  }
}

/** When each pipeline last began, and those whose last run died and was not due again since. */
async function readStarts(session: ProjectSession, pipelines: readonly ScheduledPipeline[]) {
  const now = session.world.clock.now();
  await using database = await openDatabase(session);
  const state = await PipelineState.open(database.control);
  const startedAt = new Map<string, number>();
  const crashed = new Set<ScheduledPipeline>();
  for (const pipeline of pipelines) {
    const last = await state.newest(pipeline.name);
    startedAt.set(pipeline.name, last?.startedAt ?? now);
    if (last?.status !== 'running' && last?.status !== 'crashed') continue;
    const [due] = dueTimes([pipeline], startedAt);
    if (due === undefined || due.at > now) crashed.add(pipeline);
  }
  return { startedAt, crashed };
}
