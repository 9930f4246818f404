import { diagnostic } from '../../kernel/diagnostic.ts';
import { formatDuration, plural } from '../../kernel/format.ts';
import type { Pipeline } from '../../project/pipelines/read-pipelines.ts';
import type { StepRecord } from '../../warehouse/state/pipeline-state.ts';
import type { ProjectSession } from '../session.ts';
import type { ActiveRun } from './run-one-pipeline.ts';

/** Tells what a pipeline does: lines for people, or one JSON object a line. */
export class PipelineReport {
  readonly #session: ProjectSession;
  readonly #pipeline: Pipeline;
  readonly #run: ActiveRun;
  readonly #start: number;

  constructor(session: ProjectSession, pipeline: Pipeline, run: ActiveRun) {
    this.#session = session;
    this.#pipeline = pipeline;
    this.#run = run;
    this.#start = session.world.clock.monotonic();
  }

  started(): void {
    const { day, missed, isResumed } = this.#run;
    const verb = isResumed ? 'resumes' : 'begins';
    this.#say('pipelineStarted', { day, missed, isResumed }, `${verb} for ${day}`);
    if (missed.length === 0) return;
    const [first = ''] = missed;
    this.#session.note(`it makes up for ${plural(missed.length, 'missed day')}, from ${first} on`);
  }

  stepStarted(step: string, attempt: number): void {
    const again = attempt === 1 ? '' : ` (try ${attempt})`;
    this.#say('stepStarted', { step, attempt }, `${step}${again}`);
  }

  skipped(step: string, reason: string): void {
    this.#session.note(`${this.#pipeline.name} · ${step}: left out, ${reason}`);
  }

  stepFinished(record: StepRecord): void {
    const { step, status, startedAt = 0, finishedAt = startedAt } = record;
    const ms = finishedAt - startedAt;
    const time = status === 'skipped' ? '' : ` in ${formatDuration(ms).trim()}`;
    const { attempts, exitCode, code, syncedRows } = record;
    const fields = { step, status, attempts, exitCode, code, syncedRows, ms };
    this.#say('stepFinished', fields, `${step}: ${status.replace('_', ' ')}${time}`);
    if (status === 'failed' || status === 'timed_out') this.#failed(record);
  }

  finished(status: string): void {
    const ms = Math.round(this.#session.world.clock.monotonic() - this.#start);
    this.#say('pipelineFinished', { status, ms }, `${status} in ${formatDuration(ms).trim()}`);
  }

  #failed({ step, status }: StepRecord): void {
    const { name } = this.#pipeline;
    const how = status === 'timed_out' ? 'took longer than its time-out' : 'did not succeed';
    const hint = `\`cortex run-pipeline ${name} --resume\` goes on there`;
    this.#session.report([
      diagnostic('CX7705', `the step \`${step}\` of \`${name}\` ${how}`, { hint }),
    ]);
  }

  #say(type: string, fields: Readonly<Record<string, unknown>>, text: string): void {
    const { name } = this.#pipeline;
    if (this.#session.flags.json) {
      const line = { type, pipeline: name, run: this.#run.runId, ...fields };
      this.#session.print(JSON.stringify(line));
    }
    this.#session.note(`${name} · ${text}`);
  }
}
