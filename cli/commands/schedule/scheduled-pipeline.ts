import type { Pipeline } from '../../project/pipelines/read-pipelines.ts';

export type ScheduledPipeline = Pipeline & { readonly schedule: string };

export function scheduledOnes(pipelines: readonly Pipeline[]): readonly ScheduledPipeline[] {
  return pipelines.flatMap((pipeline) =>
    pipeline.schedule === undefined ? [] : [{ ...pipeline, schedule: pipeline.schedule }],
  );
}
