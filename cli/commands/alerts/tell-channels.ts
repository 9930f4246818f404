import type { AlertsConfig } from '../../project/alerts-config.ts';
import type { Database } from '../../warehouse/database.ts';
import { AlertStore } from '../../warehouse/state/alert-store.ts';
import type { ProjectSession } from '../session.ts';
import type { AlertMessage } from './message.ts';
import { NotSent } from './not-sent.ts';
import { sendMessage } from './send.ts';

const HOUR_MS = 3_600_000;
/** A notification is given up after this many attempts, more than two days apart in all. */
const MOST_ATTEMPTS = 12;
const FIRST_WAIT_MS = 60_000;
const LONGEST_WAIT_MS = 6 * HOUR_MS;

/**
 * Queues messages and sends what is due, that of earlier runs too. Never fails the run: what a channel does not take
 * waits for a later one, and what goes wrong beside that is a note.
 */
export async function tellChannels(
  session: ProjectSession,
  database: Database,
  config: AlertsConfig,
  compose: (store: AlertStore) => Promise<readonly AlertMessage[]>,
): Promise<void> {
  try {
    const store = await AlertStore.open(database.control);
    await queueAll(session, store, config, await compose(store));
    await sendDue(session, store, config);
  } catch (error) {
    if (session.world.signal.aborted) return;
    session.note(`alerts could not be kept: ${error instanceof Error ? error.name : 'unknown'}`);
  }
}

async function queueAll(
  { world }: ProjectSession,
  store: AlertStore,
  config: AlertsConfig,
  messages: readonly AlertMessage[],
): Promise<void> {
  const now = world.clock.now();
  for (const { channels = Object.keys(config.channels), ...message } of messages) {
    await store.queue(channels, JSON.stringify(message), {
      now,
      maxPerHour: config.max_per_hour,
    });
  }
}

/** Sends what is due, that of earlier runs too; what a channel does not take waits for a later run. */
async function sendDue(
  session: ProjectSession,
  store: AlertStore,
  config: AlertsConfig,
): Promise<void> {
  const { clock, signal } = session.world;
  await store.forgetOld(clock.now());
  for (const { id, channel: name, attempts: before, message } of await store.claim(
    session.runId,
    clock.now(),
  )) {
    const channel = config.channels[name];
    const attempts = before + 1;
    if (channel === undefined) {
      await store.settle(id, { status: 'dead', attempts: before, dueAt: clock.now() });
      continue;
    }
    try {
      // It was written by `queueAll`.
      const remark = await sendMessage(channel, JSON.parse(message) as AlertMessage, signal);
      if (remark !== undefined) session.note(`the channel \`${name}\`: ${remark}`);
      await store.settle(id, { status: 'sent', attempts, dueAt: clock.now() });
    } catch (error) {
      if (!(error instanceof NotSent)) throw error;
      const isLast = attempts >= MOST_ATTEMPTS;
      const wait = Math.min(FIRST_WAIT_MS * 2 ** before, LONGEST_WAIT_MS);
      const change = {
        status: isLast ? 'dead' : 'due',
        attempts,
        dueAt: clock.now() + wait,
      } as const;
      await store.settle(id, change);
      session.note(`the channel \`${name}\` did not take a notification: ${error.message}`);
    }
  }
}
