import { rmSync } from 'node:fs';
import { CancelledError, CortexError } from '../../kernel/errors.ts';
import { readText, writeTexts } from '../../platform/fs.ts';
import type { AlertsConfig } from '../../project/alerts-config.ts';
import type { Database } from '../../warehouse/database.ts';
import type { ProjectSession } from '../session.ts';
import { messageOf } from './message-of.ts';
import { NotSent } from './not-sent.ts';
import { sendMessage } from './send.ts';
import { tellChannels } from './tell-channels.ts';

const HOUR_MS = 3_600_000;

/** What is kept below the target path while the database, where alerts are kept else, cannot be reached. */
interface Unreachable {
  readonly code: string;
  /** Milliseconds since the Unix epoch. */
  readonly since: number;
  /** When each channel was told last. */
  readonly told: Readonly<Record<string, number>>;
}

/**
 * Tells each channel that the database was not reached, again after `repeat_hours` or for another reason. A channel
 * that does not take it is tried by the next run. Never throws.
 */
export async function tellUnreachable(
  session: ProjectSession,
  config: AlertsConfig,
  error: unknown,
): Promise<void> {
  const { clock, signal } = session.world;
  if (signal.aborted || error instanceof CancelledError || !config.on.includes('failed')) return;
  const [problem] = error instanceof CortexError ? error.diagnostics : [];
  if (problem === undefined) return;
  const now = clock.now();
  const before = readState(session);
  const isSame = before?.code === problem.code;
  const told = { ...(isSame ? before.told : {}) };
  const title = `cortex ${session.command}: the database was not reached`;
  const message = messageOf(session, 'failed', title, [`${problem.code} ${problem.message}`]);
  for (const [name, channel] of Object.entries(config.channels)) {
    const last = told[name];
    if (last !== undefined && now - last < config.repeat_hours * HOUR_MS) continue;
    try {
      await sendMessage(channel, message, signal);
      told[name] = now;
    } catch (refused) {
      const why = refused instanceof NotSent ? refused.message : 'it failed';
      session.note(`the channel \`${name}\` did not take a notification: ${why}`);
    }
  }
  keepState(session, { code: problem.code, since: before?.since ?? now, told });
}

/** Tells the channels that were told so that the database is back. Never throws. */
export async function tellReached(
  session: ProjectSession,
  database: Database,
  config: AlertsConfig,
): Promise<void> {
  const state = readState(session);
  if (state === undefined) return;
  const told = Object.keys(state.told).filter((name) => name in config.channels);
  if (told.length > 0 && config.on.includes('recovered')) {
    const since = new Date(state.since).toISOString().slice(0, 16);
    const line = `it was not, since ${since}Z`;
    const message = messageOf(session, 'recovered', 'the database is reached again', [line]);
    await tellChannels(session, database, config, async () => [{ ...message, channels: told }]);
  }
  rmSync(stateFile(session), { force: true });
}

function stateFile(session: ProjectSession): string {
  return session.targetFile('alerts', `${session.project.target.name}.unreachable.json`);
}

function readState(session: ProjectSession): Unreachable | undefined {
  try {
    const text = readText(stateFile(session));
    // It was written by `keepState`.
    return text === undefined ? undefined : (JSON.parse(text) as Unreachable);
  } catch {
    return undefined;
  }
}

function keepState(session: ProjectSession, state: Unreachable): void {
  try {
    writeTexts([[stateFile(session), JSON.stringify(state)]]);
  } catch {
    session.note('alerts could not be kept below the target path');
  }
}
