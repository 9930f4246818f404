import { plural } from '../../kernel/format.ts';
import type { AlertsConfig } from '../../project/alerts-config.ts';
import type { Database } from '../../warehouse/database.ts';
import { AlertStore } from '../../warehouse/state/alert-store.ts';
import type { ProjectSession } from '../session.ts';
import type { AlertMessage } from './message.ts';
import { readAlerts } from './read-alerts.ts';
import { NotSent, sendMessage } from './send.ts';
import type { Observation } from './watch-run.ts';
import { runWatcher } from './watch-run.ts';

const HOUR_MS = 3_600_000;
/** A notification is given up after this many attempts, more than two days apart in all. */
const MOST_ATTEMPTS = 12;
const FIRST_WAIT_MS = 60_000;
const LONGEST_WAIT_MS = 6 * HOUR_MS;

/** Tells the channels how a run ended. Never fails it. */
export interface RunAlerts {
  raise(database: Database, exitCode: number): Promise<void>;
}

/** Watches a run from here on; what is wrong with `alerts:` ends the command before it does anything. */
export function watchForAlerts(session: ProjectSession): RunAlerts | undefined {
  const config = readAlerts(session);
  if (config === undefined) return undefined;
  const watcher = runWatcher(session.texts);
  session.addReporter(watcher);
  return {
    async raise(database, exitCode) {
      try {
        const store = await AlertStore.open(database.control);
        const told = await toTell(session, store, config, watcher.observations());
        const done = exitCode === 0 && config.on.includes('succeeded') ? [succeeded(session)] : [];
        await queueAll(session, store, config, [...told, ...done]);
        await sendDue(session, store, config);
      } catch (error) {
        if (session.world.signal.aborted) return;
        session.note(
          `alerts could not be kept: ${error instanceof Error ? error.name : 'unknown'}`,
        );
      }
    },
  };
}

/** What is new, has changed, has lasted long enough to be told again, or is well again. */
async function toTell(
  session: ProjectSession,
  store: AlertStore,
  config: AlertsConfig,
  observations: readonly Observation[],
): Promise<readonly AlertMessage[]> {
  const now = session.world.clock.now();
  const failed: string[] = [];
  const recovered: string[] = [];
  for (const { key, isBad, fingerprint, line } of observations) {
    const open = await store.openAlert(key);
    if (!isBad) {
      if (open === undefined) continue;
      await store.close(key);
      recovered.push(`${line}, since ${new Date(open.openedAt).toISOString().slice(0, 16)}Z`);
      continue;
    }
    const isKnown =
      open?.fingerprint === fingerprint && now - open.notifiedAt < config.repeat_hours * HOUR_MS;
    if (isKnown) continue;
    failed.push(line);
    await store.keepOpen({ key, fingerprint, openedAt: open?.openedAt ?? now, notifiedAt: now });
  }
  const { command } = session;
  return [
    ...(failed.length > 0 && config.on.includes('failed')
      ? [
          messageOf(
            session,
            'failed',
            `cortex ${command}: ${plural(failed.length, 'failure')}`,
            failed,
          ),
        ]
      : []),
    ...(recovered.length > 0 && config.on.includes('recovered')
      ? [
          messageOf(
            session,
            'recovered',
            `cortex ${command}: ${recovered.length} well again`,
            recovered,
          ),
        ]
      : []),
  ];
}

function succeeded(session: ProjectSession): AlertMessage {
  return messageOf(session, 'succeeded', `cortex ${session.command} succeeded`, []);
}

/** A message about the session's run. */
export function messageOf(
  { project, command, runId, world }: ProjectSession,
  kind: AlertMessage['kind'],
  title: string,
  lines: readonly string[],
): AlertMessage {
  const who = project.client.name === '' ? project.name : project.client.name;
  return {
    kind,
    title: `[${who}] ${title}`,
    lines,
    project: project.name,
    client: project.client.code,
    target: project.target.name,
    command,
    run: runId,
    at: new Date(world.clock.now()).toISOString(),
  };
}

async function queueAll(
  { world }: ProjectSession,
  store: AlertStore,
  config: AlertsConfig,
  messages: readonly AlertMessage[],
): Promise<void> {
  const now = world.clock.now();
  for (const message of messages) {
    await store.queue(Object.keys(config.channels), JSON.stringify(message), {
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
      await sendMessage(channel, JSON.parse(message) as AlertMessage, signal);
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
