import { sha256 } from '../../kernel/hash.ts';
import type { StepRecord } from '../../warehouse/state/pipeline-state.ts';
import type { Observation } from '../alerts/observation.ts';
import type { PipelineStatus } from './run-steps.ts';

/** How a pipeline ended, for alerts; one that was stopped says nothing. */
export function pipelineObservations(
  name: string,
  { status, steps }: { readonly status: PipelineStatus; readonly steps: readonly StepRecord[] },
): readonly Observation[] {
  if (status === 'cancelled') return [];
  const bad = steps.filter((step) => step.status === 'failed' || step.status === 'timed_out');
  const said = bad.map(({ step, status: ended, code }) => {
    const why = code === undefined ? '' : ` (${code})`;
    return `\`${step}\` ${ended.replace('_', ' ')}${why}`;
  });
  return [
    {
      key: `pipeline:${name}`,
      isBad: status === 'failed',
      fingerprint: sha256(said.join()).slice(0, 16),
      line: `pipeline ${name}${said.length === 0 ? '' : `: ${said.join(', ')}`}`,
    },
  ];
}
