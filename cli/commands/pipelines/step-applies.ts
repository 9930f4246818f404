import type { PipelineStep } from '../../project/pipelines/pipelines-schema.ts';
import { WEEKDAYS } from '../../project/pipelines/pipelines-schema.ts';
import type { StepNeed } from '../../project/pipelines/step-kinds.ts';

export interface StepFacts {
  readonly target: string;
  /** The day of the run: `2026-10-01`. */
  readonly day: string;
  /** What the project file has. */
  readonly has: Readonly<Record<StepNeed, boolean>>;
  /** How it went so far: `stopped` after a failure that ends the pipeline. */
  readonly soFar: 'good' | 'failed' | 'stopped';
}

/** Why a step is left out; `undefined` when it runs. */
export function reasonToSkip(step: PipelineStep, facts: StepFacts): string | undefined {
  if (step.needs !== undefined && !facts.has[step.needs]) return `the project has no ${step.needs}`;
  const { targets, weekdays } = step.only;
  if (targets !== undefined && !targets.includes(facts.target)) return 'not for this target';
  const weekday = WEEKDAYS[(new Date(`${facts.day}T00:00:00Z`).getUTCDay() + 6) % 7];
  if (weekday !== undefined && weekdays?.includes(weekday) === false) return 'not on this weekday';
  if (step.when === 'success' && facts.soFar === 'stopped') return 'an earlier step failed';
  if (step.when === 'failure' && facts.soFar === 'good') return 'no earlier step failed';
  return undefined;
}
