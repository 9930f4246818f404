import { CancelledError } from '../../kernel/errors.ts';
import { examine } from '../doctor/examine.ts';
import type { Finding } from '../doctor/finding.ts';
import type { ProjectSession } from '../session.ts';
import type { ScheduleMetrics } from './schedule-metrics.ts';

/** How long what `cortex doctor` found stays as it is while no pipeline runs. */
const KEPT_MS = 15 * 60_000;

/** Looks for what `cortex doctor` finds, between pipelines and not when somebody asks. */
export class LookAround {
  readonly #session: ProjectSession;
  readonly #metrics: ScheduleMetrics;
  #nextAt = 0;

  constructor(session: ProjectSession, metrics: ScheduleMetrics) {
    this.#session = session;
    this.#metrics = metrics;
  }

  /** A pipeline ended: things are different now. */
  expire(): void {
    this.#nextAt = 0;
  }

  /** Looks where the last look is old. */
  async look(): Promise<void> {
    const { clock, signal } = this.#session.world;
    if (clock.now() < this.#nextAt) return;
    const findings: Finding[] = [];
    try {
      for await (const finding of examine(this.#session)) {
        if (signal.aborted) return;
        findings.push(finding);
      }
    } catch (error) {
      if (error instanceof CancelledError || signal.aborted) return;
      throw error;
    }
    const now = clock.now();
    this.#metrics.found(findings, now / 1000);
    this.#nextAt = now + KEPT_MS;
  }
}
