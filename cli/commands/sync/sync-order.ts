import type { SyncOrder } from '../../../connectors/runner/sync/sync-run.ts';
import { CortexError } from '../../kernel/errors.ts';
import type { Flags } from '../flags.ts';
import { badFlagValue, flagsExclude } from '../messages.ts';

/** What the flags ask a run to read. Throws CX1002 and CX1004 for flags that make no sense. */
export function syncOrder(flags: Flags, purpose: SyncOrder['purpose']): SyncOrder {
  const { since, until, fullRefresh, wait } = flags;
  if (since !== undefined) checkDay('--since', since);
  if (until !== undefined) checkDay('--until', until);
  if (since !== undefined && until !== undefined && until < since) {
    throw new CortexError([
      badFlagValue('--until', until, `a day from \`--since\` (\`${since}\`) on`),
    ]);
  }
  if (fullRefresh && since !== undefined) {
    throw new CortexError([flagsExclude('--full-refresh', '--since')]);
  }
  return { purpose, since, until, fullRefresh, wait };
}

function checkDay(flag: string, text: string): void {
  const isDay =
    /^\d{4}-\d{2}-\d{2}$/.test(text) &&
    new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;
  if (!isDay) throw new CortexError([badFlagValue(flag, text, 'a day such as `2026-10-01`')]);
}
