import type { ConfiguredPlatform } from '../configured-platform.ts';

/** What a backfill of one stream of one account takes, at the account's usual volume. */
export interface StreamEstimate {
  readonly stream: string;
  readonly calls: number;
  /** Milliseconds that the platform's limits make it last at least; 0 where it names none. */
  readonly leastMs: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;

/** Estimates of the streams of a platform that say what a number of days takes, for one account. */
export function estimateBackfill(
  { streams }: ConfiguredPlatform,
  days: number,
): readonly StreamEstimate[] {
  return streams.flatMap(({ stream }) => {
    const estimate = stream.estimate?.(days);
    if (estimate === undefined || stream.cursor.kind === 'none') return [];
    const { calls, perMinute, perDay } = estimate;
    const byMinute = perMinute === undefined ? 0 : (calls / perMinute) * MINUTE_MS;
    // The calls of the first day come at once; each further day is waited for.
    const byDay = perDay === undefined ? 0 : Math.max(0, Math.ceil(calls / perDay) - 1) * DAY_MS;
    return [{ stream: stream.name, calls, leastMs: Math.ceil(Math.max(byMinute, byDay)) }];
  });
}
