import type { AccountFacts } from '../../sdk/definition.ts';
import { CortexError } from '../../../cli/kernel/errors.ts';
import { accountChanged, accountDiffers, unknownZone } from '../messages.ts';
import { isTimeZone } from '../plan/calendar.ts';
import type { CheckedAccount, OpenAccount } from './open-account.ts';
import { probe } from './probe.ts';
import type { SyncRun } from './sync-run.ts';

/**
 * Asks the platform what the account is, and compares it with what it was when its rows were read. Throws
 * ReadFailure or CortexError where nothing of it should be read.
 */
export async function checkAccount(run: SyncRun, opened: OpenAccount): Promise<CheckedAccount> {
  const { place } = opened;
  const facts = await probe(opened);
  run.onEvent({ type: 'accountChecked', place, facts });
  if (!isTimeZone(facts.timeZone)) throw new CortexError([unknownZone(place, facts.timeZone)]);
  const { state } = run.session;
  const before = await state.account(place.platform, place.accountId);
  if (before !== undefined && differ(before, facts) && !run.order.fullRefresh) {
    throw new CortexError([accountChanged(place, before, facts)]);
  }
  warnOfClient(run, opened, facts);
  const at = new Date(run.clock.now()).toISOString();
  await state.saveAccount({ ...place, ...facts }, at);
  return { ...opened, facts };
}

interface Compared {
  readonly currency: string;
  readonly timeZone: string;
}

function differ(left: Compared, right: Compared): boolean {
  return left.currency !== right.currency || left.timeZone !== right.timeZone;
}

/** A client that names no currency differs in none; its zone is UTC where the project names none. */
function warnOfClient(run: SyncRun, { place }: OpenAccount, facts: AccountFacts): void {
  const { currency, timezone } = run.client;
  const client = {
    currency: currency === '' ? facts.currency : currency,
    timeZone: timezone === '' ? facts.timeZone : timezone,
  };
  if (!differ(client, facts)) return;
  run.onEvent({ type: 'problem', place, diagnostic: accountDiffers(place, client, facts) });
}
