import type { LockHolder } from '../warehouse/run-lock.ts';

/** Who is waited for: `cortex build` of ana on laptop, since 09:12:30 UTC. */
export function waitingText({ run, threadId }: LockHolder): string {
  if (run === undefined) return `another run holds the target (connection ${threadId})`;
  const since = run.startedAt.slice(11, 19);
  return `\`${run.command}\` of ${run.user} on ${run.host} holds the target since ${since} UTC`;
}
