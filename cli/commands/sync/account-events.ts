import type { SyncEvent, SyncPlace } from '../../../connectors/runner/sync/sync-event.ts';
import type { Diagnostic } from '../../kernel/diagnostic.ts';
import { formatDuration } from '../../kernel/format.ts';
import { sha256 } from '../../kernel/hash.ts';
import type { Observation } from '../alerts/observation.ts';
import type { ProjectSession } from '../session.ts';

/** Tells, for commands that read no stream, why a platform is waited for and what is wrong with clocks and versions. */
export function accountEvents(session: ProjectSession): (event: SyncEvent) => void {
  return (event) => {
    if (event.type === 'waiting') session.emit(accountWait(event));
    if (event.type === 'problem') session.report([event.diagnostic]);
  };
}

/** A wait of an account, which holds all of its calls. */
export function accountWait({ place, reason, ms }: Extract<SyncEvent, { type: 'waiting' }>) {
  const subject = `${place.platform} ${place.accountId}`.trim();
  return { type: 'waiting', reason: `${subject}: ${waitText(reason, ms)}`, ms } as const;
}

/** `15m00s: the shop’s points are used up` */
export function waitText(reason: string, ms: number): string {
  return ms > 0 ? `${formatDuration(ms).trim()}: ${reason}` : reason;
}

/** How an account stands, for alerts: good without a problem. */
export function accountObservation(place: SyncPlace, problem?: Diagnostic): Observation {
  const name = `${place.platform} ${place.accountId}`;
  return {
    key: `connector:${name}`,
    isBad: problem !== undefined,
    fingerprint: sha256(problem?.code ?? '').slice(0, 16),
    line:
      problem === undefined
        ? name
        : `${name}: ${problem.code} ${problem.message}; none of its streams is read`,
  };
}
