import type { IssueCode } from './issue.ts';

const DAY_MS = 86_400_000;
/** What clocks of shops and servers may differ. */
const AHEAD_MS = 60_000;

/** Whether an event may be sent now; both times in milliseconds, the limit in days. */
export function ageIssue(
  occurredAt: number,
  now: number,
  maxDays: number | undefined,
): IssueCode | undefined {
  if (occurredAt > now + AHEAD_MS) return 'in_future';
  return maxDays !== undefined && now - occurredAt > maxDays * DAY_MS ? 'too_old' : undefined;
}
