import type { RunEvent } from '../../events/run-event.ts';
import type { PipelineStep } from '../../project/pipelines/pipelines-schema.ts';
import type { Invocation, World } from '../invocation.ts';
import { EXIT } from '../invocation.ts';
import type { StepCall } from './step-call.ts';

/** How one try of a step ended. */
export interface StepTry {
  readonly status: 'success' | 'partial' | 'failed' | 'timed_out' | 'cancelled';
  readonly exitCode: number;
  /** The first error that was reported. */
  readonly code: string | undefined;
  readonly syncedRows: number;
}

/** Calls the function of the step's command. When its time is up, what it does is cancelled as by a person. */
export async function tryStep(step: PipelineStep, call: StepCall, world: World): Promise<StepTry> {
  const deadline = new AbortController();
  const timer =
    step.timeoutMs === undefined
      ? undefined
      : setTimeout(() => deadline.abort(new Error('the time of the step is up')), step.timeoutMs);
  let code: string | undefined;
  let syncedRows = 0;
  const observe = (event: RunEvent): void => {
    if (event.type === 'nodeFinished') syncedRows += changedRows(event.result);
    if (event.type !== 'diagnostic' || event.diagnostic.severity !== 'error') return;
    code ??= event.diagnostic.code;
  };
  const invocation: Invocation = {
    ...call,
    world: { ...world, signal: AbortSignal.any([world.signal, deadline.signal]) },
    observe,
  };
  try {
    const body = await call.command.load();
    const exitCode = await body(invocation);
    const cut = world.signal.aborted
      ? 'cancelled'
      : deadline.signal.aborted
        ? 'timed_out'
        : undefined;
    const status = exitCode === EXIT.good ? 'success' : (cut ?? statusOf(exitCode));
    return { status, exitCode, code, syncedRows };
  } finally {
    clearTimeout(timer);
  }
}

function statusOf(exitCode: number): 'partial' | 'failed' | 'cancelled' {
  if (exitCode === EXIT.partial) return 'partial';
  return exitCode === EXIT.interrupted ? 'cancelled' : 'failed';
}

function changedRows({ synced, rows }: Extract<RunEvent, { type: 'nodeFinished' }>['result']) {
  return synced === undefined
    ? (rows ?? 0)
    : synced.added + synced.updated + synced.restated + synced.deleted;
}
