import { Cron } from 'croner';

/** True for five fields that croner understands and that are ever due. */
export function isCron(text: string): boolean {
  if (text.trim().split(/\s+/).length !== 5) return false;
  try {
    return new Cron(text, { timezone: 'UTC' }).nextRun() !== null;
  } catch {
    return false;
  }
}

/**
 * The first moment after another (both milliseconds since the epoch) that a schedule is due, by the wall clock of
 * the zone: what a change of the clock leaves out is due right after it, what comes twice is due once.
 */
export function nextDue(schedule: string, timeZone: string, after: number): number | undefined {
  return new Cron(schedule, { timezone: timeZone }).nextRun(new Date(after))?.getTime();
}
