import type { CallEstimate } from '../../sdk/definition.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;

/**
 * Milliseconds that a platform's limits make the calls of one account last at least; 0 where it names none. The
 * streams of an account share its limits: the calls of a day are counted together.
 */
export function leastTimeOf(estimates: readonly CallEstimate[]): number {
  const minutes = estimates.reduce(
    (sum, { calls, perMinute }) => sum + (perMinute === undefined ? 0 : calls / perMinute),
    0,
  );
  // The calls of the first day come at once; each further day is waited for.
  const days = estimates.reduce(
    (sum, { calls, perDay }) => sum + (perDay === undefined ? 0 : calls / perDay),
    0,
  );
  const daysToWait = Math.max(0, Math.ceil(days) - 1);
  return Math.ceil(Math.max(minutes * MINUTE_MS, daysToWait * DAY_MS));
}
