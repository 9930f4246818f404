import { nextDue } from '../../project/pipelines/cron.ts';
import type { ScheduledPipeline } from './scheduled-pipeline.ts';

/** A pipeline and when it is due next, in milliseconds since the epoch. */
export interface DueAt {
  readonly pipeline: ScheduledPipeline;
  readonly at: number;
}

/**
 * When each pipeline is due, soonest first: the first moment of its schedule after its last start. All moments
 * between that start and now are made up for by one run.
 */
export function dueTimes(
  pipelines: readonly ScheduledPipeline[],
  startedAt: ReadonlyMap<string, number>,
): readonly DueAt[] {
  return pipelines
    .flatMap((pipeline) => {
      const after = startedAt.get(pipeline.name) ?? 0;
      const at = nextDue(pipeline.schedule, pipeline.timeZone, after);
      return at === undefined ? [] : [{ pipeline, at }];
    })
    .toSorted((one, other) => one.at - other.at);
}
