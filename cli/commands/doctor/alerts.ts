import { plural } from '../../kernel/format.ts';
import type { Check } from '../../warehouse/diagnosis/check.ts';
import { fail, ok, warn } from '../../warehouse/diagnosis/check.ts';
import { AlertStore } from '../../warehouse/state/alert-store.ts';
import { readAlerts } from '../alerts/read-alerts.ts';
import type { Patient } from './finding.ts';
import { momentText } from './finding.ts';

/** Alerts that are told one by one; the rest is counted. */
const MOST_SHOWN = 20;

/** What alerts know to be wrong, and channels that do not take notifications. */
export async function* alertFindings({ session, database }: Patient): AsyncGenerator<Check> {
  const config = readAlerts(session);
  if (config === undefined) return;
  const store = await AlertStore.open(database.control);
  const open = await store.openAlerts();
  for (const { key, openedAt } of open.slice(0, MOST_SHOWN)) {
    const since = `wrong since ${momentText(openedAt)}`;
    yield fail(key, since, 'mend it; a run in which it is well closes the alert');
  }
  if (open.length > MOST_SHOWN) {
    const more = `${open.length - MOST_SHOWN} more are wrong`;
    yield fail('more', more, 'see `__cortex_alerts` in the target database');
  }
  const counts = await store.counts();
  for (const channel of Object.keys(config.channels)) {
    const own = counts.filter((count) => count.channel === channel);
    yield channelCheck(channel, own);
  }
}

function channelCheck(
  channel: string,
  counts: readonly {
    readonly status: string;
    readonly notifications: number;
    readonly attempts: number;
  }[],
): Check {
  const hint = '`cortex alerts test` sends a message through it, and says what comes back';
  const of = (status: string) => counts.find((count) => count.status === status);
  const [dead, due, sent] = [of('dead'), of('due'), of('sent')];
  if (dead !== undefined) {
    const count = plural(dead.notifications, 'notification');
    return fail(channel, `${count} of the last 30 days were given up`, hint);
  }
  if (due !== undefined && due.attempts > 0) {
    return warn(channel, `${plural(due.notifications, 'notification')} were not taken yet`, hint);
  }
  return ok(channel, `${plural(sent?.notifications ?? 0, 'notification')} sent in 30 days`);
}
