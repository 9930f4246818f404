import type { AccountCheck } from '../../../connectors/runner/connect/check-accounts.ts';
import type { ConfiguredPlatform } from '../../../connectors/runner/configured-platform.ts';
import { EXIT } from '../invocation.ts';
import type { ProjectSession } from '../session.ts';
import { accountEvents } from './account-events.ts';
import { printRows } from './print-rows.ts';

const MINUTE_MS = 60_000;

/** `cortex sync --check`: a table of all accounts and whether their credentials work; no data is read. */
export async function checkPlatforms(
  session: ProjectSession,
  platforms: readonly ConfiguredPlatform[],
): Promise<number> {
  const checks = await askAccounts(session, platforms);
  const columns = ['platform', 'account', 'name', 'time_zone', 'currency', 'status'];
  printRows(session, columns, checks.map(checkRow));
  const problems = checks.flatMap((check) => ('problem' in check ? [check.problem] : []));
  session.report(problems);
  return problems.length === 0 ? EXIT.good : EXIT.failed;
}

/** One cheap call to each account. */
export async function askAccounts(
  session: ProjectSession,
  platforms: readonly ConfiguredPlatform[],
): Promise<readonly AccountCheck[]> {
  const { checkAccounts } = await import('../../../connectors/runner/connect/check-accounts.ts');
  const { openHttpWorld } = await import('../../../connectors/runner/http/open-http-world.ts');
  const { clock, signal } = session.world;
  const maxWaitMs = session.flags.maxWait * MINUTE_MS;
  await using http = await openHttpWorld({ clock, signal, random: Math.random, maxWaitMs });
  return await checkAccounts(http, platforms, accountEvents(session));
}

function checkRow(check: AccountCheck): Readonly<Record<string, string>> {
  const { platform, accountId } = check.place;
  const facts = 'facts' in check ? check.facts : { name: '', timeZone: '', currency: '' };
  return {
    platform,
    account: accountId,
    name: facts.name,
    time_zone: facts.timeZone,
    currency: facts.currency,
    status: 'problem' in check ? check.problem.code : 'ok',
  };
}
