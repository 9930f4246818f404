import type { AlertsConfig } from '../../project/alerts-config.ts';
import { plural } from '../../kernel/format.ts';
import type { Database } from '../../warehouse/database.ts';
import type { AlertStore } from '../../warehouse/state/alert-store.ts';
import type { ProjectSession } from '../session.ts';
import { alertChanges } from './alert-changes.ts';
import type { AlertMessage } from './message.ts';
import { messageOf } from './message-of.ts';
import type { Observation } from './observation.ts';
import { readAlerts } from './read-alerts.ts';
import { tellChannels } from './tell-channels.ts';
import { tellReached, tellUnreachable } from './unreachable.ts';
import { runWatcher } from './watch-run.ts';

const HOUR_MS = 3_600_000;

/** Tells the channels how a run ended. Never fails it. */
export interface RunAlerts {
  /** The database did not let the run in. */
  unreachable(error: unknown): Promise<void>;
  /** It did. */
  reached(database: Database): Promise<void>;
  /** The run has ended; `more` is what it has to say beside its nodes. */
  raise(database: Database, exitCode: number, more?: readonly Observation[]): Promise<void>;
}

/** Watches the nodes of a run from here on; what is wrong with `alerts:` ends the command before it does anything. */
export function watchForAlerts(session: ProjectSession): RunAlerts | undefined {
  const config = readAlerts(session);
  if (config === undefined) return undefined;
  const watcher = runWatcher(session.texts);
  session.addReporter(watcher);
  return runAlerts(session, config, () => watcher.observations());
}

/** The same for a run that has no nodes of its own. */
export function alertsWithoutNodes(session: ProjectSession): RunAlerts | undefined {
  const config = readAlerts(session);
  return config && runAlerts(session, config, () => []);
}

function runAlerts(
  session: ProjectSession,
  config: AlertsConfig,
  ofNodes: () => readonly Observation[],
): RunAlerts {
  return {
    unreachable: async (error) => tellUnreachable(session, config, error),
    reached: async (database) => tellReached(session, database, config),
    raise: async (database, exitCode, more = []) =>
      tellChannels(session, database, config, async (store) => {
        const told = await toTell(session, store, config, [...ofNodes(), ...more]);
        const hasSucceeded = exitCode === 0 && config.on.includes('succeeded');
        return hasSucceeded ? [...told, succeeded(session)] : told;
      }),
  };
}

/** The messages of what has changed: one of all failures, one of all that is well again. */
async function toTell(
  session: ProjectSession,
  store: AlertStore,
  config: AlertsConfig,
  observations: readonly Observation[],
): Promise<readonly AlertMessage[]> {
  const { bad, recovered } = await alertChanges(store, observations, {
    now: session.world.clock.now(),
    repeatMs: config.repeat_hours * HOUR_MS,
  });
  const { command } = session;
  const messages: AlertMessage[] = [];
  if (bad.length > 0 && config.on.includes('failed')) {
    const title = `cortex ${command}: ${plural(bad.length, 'failure')}`;
    const lines = bad.map(({ line }) => line);
    messages.push(messageOf(session, 'failed', title, lines));
  }
  if (recovered.length > 0 && config.on.includes('recovered')) {
    const title = `cortex ${command}: ${recovered.length} well again`;
    const lines = recovered.map(
      ({ observation, since }) =>
        `${observation.line}, since ${new Date(since).toISOString().slice(0, 16)}Z`,
    );
    messages.push(messageOf(session, 'recovered', title, lines));
  }
  return messages;
}

function succeeded(session: ProjectSession): AlertMessage {
  return messageOf(session, 'succeeded', `cortex ${session.command} succeeded`, []);
}
