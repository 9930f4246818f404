import { expect, test } from 'vitest';
import type { StepFacts } from '../../../../cli/commands/pipelines/step-applies.ts';
import { reasonToSkip } from '../../../../cli/commands/pipelines/step-applies.ts';
import type { PipelineStep } from '../../../../cli/project/pipelines/pipelines-schema.ts';

const STEP: PipelineStep = {
  kind: 'build',
  name: 'build',
  when: 'success',
  only: {},
  needs: undefined,
  timeoutMs: undefined,
  retries: 0,
  retryDelayMs: 0,
  onFailure: 'stop',
  options: {},
};
/** A Monday. */
const FACTS: StepFacts = {
  target: 'prod',
  day: '2026-03-02',
  has: { connectors: true, conversions: false, 'metric rules': false, 'daily report': false },
  soFar: 'good',
};

test.each<[string, Partial<PipelineStep>, Partial<StepFacts>, string | undefined]>([
  ['runs after good steps', {}, {}, undefined],
  ['runs after a failure that goes on', {}, { soFar: 'failed' }, undefined],
  ['does not run after a failure that stops', {}, { soFar: 'stopped' }, 'an earlier step failed'],
  ['always runs when told so', { when: 'always' }, { soFar: 'stopped' }, undefined],
  ['waits for a failure', { when: 'failure' }, {}, 'no earlier step failed'],
  ['runs after a failure', { when: 'failure' }, { soFar: 'stopped' }, undefined],
  ['needs what the project lacks', { needs: 'conversions' }, {}, 'the project has no conversions'],
  ['is for another target', { only: { targets: ['dev'] } }, {}, 'not for this target'],
  ['is for another weekday', { only: { weekdays: ['sun'] } }, {}, 'not on this weekday'],
  ['is for this weekday', { only: { weekdays: ['mon'] } }, {}, undefined],
])('a step %s', (_, step, facts, reason) => {
  expect(reasonToSkip({ ...STEP, ...step }, { ...FACTS, ...facts })).toBe(reason);
});
