import type { Finding } from '../doctor/finding.ts';
import { AREAS } from '../doctor/finding.ts';
import type { PipelineOutcome } from '../pipelines/run-one-pipeline.ts';

/** What a scheduler knows about its runs, for Prometheus: names, states, times and counts. */
export class ScheduleMetrics {
  /** The database answered when it was last asked. */
  isReady = false;
  readonly #samples = new Map<string, number>();

  #findings: readonly Finding[] | undefined;

  /** What `cortex doctor` last found, a line each, the worst first; `undefined` before the first look. */
  get summary(): { readonly isWell: boolean; readonly text: string } | undefined {
    if (this.#findings === undefined) return undefined;
    const bad = (['fail', 'warn'] as const).flatMap((status) =>
      (this.#findings ?? [])
        .filter((finding) => finding.status === status)
        .map(({ area, name }) => `${status} ${area}: ${name}\n`),
    );
    const isWell = this.#findings.every(({ status }) => status !== 'fail');
    return { isWell, text: bad.length === 0 ? 'nothing is wrong\n' : bad.join('') };
  }

  /** What `cortex doctor` found, and when, in seconds since the epoch. */
  found(findings: readonly Finding[], at: number): void {
    this.#findings = findings;
    for (const area of AREAS) {
      for (const status of ['ok', 'warn', 'fail'] as const) {
        const count = findings.filter((one) => one.area === area && one.status === status).length;
        this.#set('cortex_doctor_findings', { area, status }, count);
      }
    }
    this.#set('cortex_doctor_last_look_timestamp_seconds', {}, at);
  }

  /** Seconds since the epoch. */
  starts(pipeline: string, at: number): void {
    this.#set('cortex_pipeline_running', { pipeline }, 1);
    this.#set('cortex_pipeline_last_start_timestamp_seconds', { pipeline }, at);
  }

  ended(pipeline: string, { status, steps }: PipelineOutcome, at: number): void {
    this.#set('cortex_pipeline_running', { pipeline }, 0);
    const startKey = sampleKey('cortex_pipeline_last_start_timestamp_seconds', { pipeline });
    const seconds = at - (this.#samples.get(startKey) ?? at);
    this.#set('cortex_pipeline_last_duration_seconds', { pipeline }, seconds);
    for (const one of ['success', 'partial', 'failed', 'cancelled']) {
      const labels = { pipeline, status: one };
      this.#set('cortex_pipeline_last_outcome', labels, one === status ? 1 : 0);
    }
    for (const {
      step,
      status: ended,
      startedAt = 0,
      finishedAt = startedAt,
      syncedRows,
    } of steps) {
      const labels = { pipeline, step };
      this.#set('cortex_step_last_success', labels, ended === 'success' ? 1 : 0);
      this.#set('cortex_step_last_duration_seconds', labels, (finishedAt - startedAt) / 1000);
      this.#set('cortex_step_last_rows', labels, syncedRows);
    }
  }

  /** The text format of Prometheus, version 0.0.4. */
  text(): string {
    const lines: string[] = [];
    let family = '';
    for (const [key, value] of [...this.#samples].toSorted(([one], [other]) =>
      one < other ? -1 : 1,
    )) {
      const [name = key] = key.split('{', 1);
      if (name !== family) lines.push(`# TYPE ${name} gauge`);
      family = name;
      lines.push(`${key} ${value}`);
    }
    return `${lines.join('\n')}\n`;
  }

  #set(name: string, labels: Readonly<Record<string, string>>, value: number): void {
    this.#samples.set(sampleKey(name, labels), value);
  }
}

function sampleKey(name: string, labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${escaped(value)}"`);
  return pairs.length === 0 ? name : `${name}{${pairs.join(',')}}`;
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
