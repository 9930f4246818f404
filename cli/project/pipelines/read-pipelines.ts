import type { Outcome } from '../../kernel/outcome.ts';
import { outcome } from '../../kernel/outcome.ts';
import { interpolate } from '../interpolate.ts';
import type { Project } from '../project.ts';
import { validate } from '../validate.ts';
import { DEFAULT_PIPELINES } from './default-pipelines.ts';
import type { PipelineStep, WrittenPipeline } from './pipelines-schema.ts';
import { pipelinesSchema } from './pipelines-schema.ts';

export interface Pipeline {
  readonly name: string;
  readonly description: string;
  /** Five cron fields; absent for one that only people start. */
  readonly schedule: string | undefined;
  /** IANA zone of the schedule and of the pipeline's days. */
  readonly timeZone: string;
  readonly steps: readonly PipelineStep[];
}

const CODES = { invalid: 'CX7701', unknownKey: 'CX7701' } as const;

/** The pipelines of the project: the built-in ones under what the project file says, then its own. */
export function readPipelines(
  project: Pick<Project, 'pipelines' | 'environment' | 'client'>,
): Outcome<readonly Pipeline[]> {
  const defaults = pipelinesSchema.parse(DEFAULT_PIPELINES);
  const section = project.pipelines;
  if (section === undefined) return outcome(merged(defaults, {}, project.client.timezone));
  const filled = interpolate(section.yaml, project.environment, section.file);
  const checked = validate(pipelinesSchema, filled.value, section.file, CODES);
  const own = checked.value ?? {};
  return outcome(merged(defaults, own, project.client.timezone), [
    ...filled.diagnostics,
    ...checked.diagnostics,
  ]);
}

type Written = Readonly<Record<string, WrittenPipeline>>;

function merged(defaults: Written, own: Written, clientZone: string): Pipeline[] {
  return [...new Set([...Object.keys(defaults), ...Object.keys(own)])].map((name) => {
    const { description, schedule, timezone, steps } = { ...defaults[name], ...own[name] };
    return {
      name,
      description: description ?? '',
      schedule: schedule ?? undefined,
      timeZone: timezone ?? clientZone,
      steps: steps ?? [],
    };
  });
}
