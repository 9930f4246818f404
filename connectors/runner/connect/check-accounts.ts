import type { Diagnostic } from '../../../cli/kernel/diagnostic.ts';
import { CortexError } from '../../../cli/kernel/errors.ts';
import type { AccountFacts } from '../../sdk/definition.ts';
import { ReadFailure } from '../../sdk/read-failure.ts';
import type { ConfiguredPlatform } from '../configured-platform.ts';
import type { HttpWorld } from '../http/http-world.ts';
import { readFailed, unknownZone } from '../messages.ts';
import { isTimeZone } from '../plan/calendar.ts';
import type { OpenAccountOptions } from '../sync/open-account.ts';
import { openAccount } from '../sync/open-account.ts';
import { probe } from '../sync/probe.ts';
import type { SyncEvent, SyncPlace } from '../sync/sync-event.ts';

/** What one cheap call to an account said, or why it failed. */
export type AccountCheck =
  | { readonly place: SyncPlace; readonly facts: AccountFacts }
  | { readonly place: SyncPlace; readonly problem: Diagnostic };

/**
 * `cortex sync --check`: proves the credentials of all accounts, side by side, without reading data. Waits, and what is
 * wrong with clocks and versions, are events.
 */
export async function checkAccounts(
  world: HttpWorld,
  platforms: readonly ConfiguredPlatform[],
  onEvent: (event: SyncEvent) => void,
): Promise<readonly AccountCheck[]> {
  const accounts = platforms.flatMap((platform) =>
    platform.accounts.map((account) => ({ platform, account })),
  );
  return Promise.all(
    accounts.map((account) => checkOne(world, { ...account, signals: [world.signal], onEvent })),
  );
}

async function checkOne(world: HttpWorld, options: OpenAccountOptions): Promise<AccountCheck> {
  using opened = openAccount(world, options);
  const { place } = opened;
  try {
    const facts = await probe(opened);
    return isTimeZone(facts.timeZone)
      ? { place, facts }
      : { place, problem: unknownZone(place, facts.timeZone) };
  } catch (error) {
    if (error instanceof ReadFailure) return { place, problem: readFailed(error.outcome, place) };
    const problem = error instanceof CortexError ? error.diagnostics[0] : undefined;
    if (problem === undefined) throw error;
    return { place, problem };
  }
}
