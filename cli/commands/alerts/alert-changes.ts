import type { AlertStore } from '../../warehouse/state/alert-store.ts';
import type { Observation } from './observation.ts';

export interface AlertChanges<O extends Observation> {
  /** What is new, has changed, or has lasted long enough to be told again. */
  readonly bad: readonly O[];
  /** What was bad, and since when (milliseconds since the Unix epoch). */
  readonly recovered: readonly { readonly observation: O; readonly since: number }[];
}

/** Compares observations with the alerts that are open, and keeps what has changed. */
export async function alertChanges<O extends Observation>(
  store: AlertStore,
  observations: readonly O[],
  { now, repeatMs }: { readonly now: number; readonly repeatMs: number },
): Promise<AlertChanges<O>> {
  const bad: O[] = [];
  const recovered: { observation: O; since: number }[] = [];
  for (const observation of observations) {
    const { key, isBad, fingerprint } = observation;
    const open = await store.openAlert(key);
    if (!isBad) {
      if (open === undefined) continue;
      await store.close(key);
      recovered.push({ observation, since: open.openedAt });
      continue;
    }
    if (open?.fingerprint === fingerprint && now - open.notifiedAt < repeatMs) continue;
    bad.push(observation);
    await store.keepOpen({ key, fingerprint, openedAt: open?.openedAt ?? now, notifiedAt: now });
  }
  return { bad, recovered };
}
