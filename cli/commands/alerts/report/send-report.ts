import type { AlertsConfig } from '../../../project/alerts-config.ts';
import type { Database } from '../../../warehouse/database.ts';
import type { ProjectSession } from '../../session.ts';
import { alertChanges } from '../alert-changes.ts';
import type { AlertMessage } from '../message.ts';
import { tellChannels } from '../tell-channels.ts';

/** Tells all channels the report of a day, once for each day. Never fails the command. */
export async function sendReport(
  session: ProjectSession,
  database: Database,
  config: AlertsConfig,
  { day, message }: { readonly day: string; readonly message: AlertMessage },
): Promise<void> {
  await tellChannels(session, database, config, async (store) => {
    const sent = { key: 'report', isBad: true, fingerprint: day, line: day };
    const { bad } = await alertChanges(store, [sent], {
      now: session.world.clock.now(),
      repeatMs: Infinity,
    });
    if (bad.length === 0) session.note(`the report of ${day} was sent already`);
    return bad.length === 0 ? [] : [message];
  });
}
