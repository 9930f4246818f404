import { CancelledError, CortexError } from '../../kernel/errors.ts';
import { plural } from '../../kernel/format.ts';
import type { NodeResult } from '../../manifest/run-result.ts';
import { SyncSession } from '../../warehouse/sync-session.ts';
import { fileStreamRun } from '../../warehouse/state/sync-key.ts';
import { NOTHING_CHANGED } from '../../warehouse/state/sync-state.ts';
import type { FileStreamOf } from './choose-streams.ts';
import { fileStreamId } from './stream-node.ts';
import type { SyncWork } from './sync-work.ts';
import { commandLine } from './sync-work.ts';

/** Loads streams of files, one after the other: each takes what the disk and the server give. */
export async function syncFileStreams(
  work: SyncWork,
  streams: readonly FileStreamOf[],
): Promise<void> {
  if (streams.length === 0) return;
  const { database, order, session } = work;
  const { clock } = session.world;
  await using locks = await SyncSession.open(database, { command: commandLine(order), clock });
  for (const file of streams) await syncOne(work, locks, file);
}

async function syncOne(work: SyncWork, locks: SyncSession, file: FileStreamOf): Promise<void> {
  const { session, reporting } = work;
  const { clock } = session.world;
  const startedAt = clock.now();
  const start = clock.monotonic();
  const ended = await attempt(work, locks, file);
  const times = { startedAt, finishedAt: clock.now(), ms: clock.monotonic() - start };
  reporting.end(fileStreamId(session.project.name, file), { ...ended, ...times });
}

type Ended = Pick<NodeResult, 'status' | 'message' | 'rows'>;

/** A problem that the user can mend is reported; the other streams go on. */
async function attempt(work: SyncWork, locks: SyncSession, file: FileStreamOf): Promise<Ended> {
  try {
    return await load(work, locks, file);
  } catch (error) {
    if (error instanceof CancelledError) return { status: 'cancelled', message: 'stopped' };
    if (!(error instanceof CortexError)) throw error;
    const node = fileStreamId(work.session.project.name, file);
    work.session.report(error.diagnostics.map((found) => ({ ...found, node })));
    return { status: 'error', message: error.message };
  }
}

async function load(
  { session, database, tableDefaults, order, reporting }: SyncWork,
  locks: SyncSession,
  { connector, stream }: FileStreamOf,
): Promise<Ended> {
  const { clock, signal } = session.world;
  if (signal.aborted) throw new CancelledError('stopped');
  const id = fileStreamId(session.project.name, { connector, stream });
  const run = fileStreamRun(stream.name, stream.relation);
  await using lock = await locks.lock(run, {
    wait: order.wait,
    signal,
    onWait: () => session.emit({ type: 'waiting', node: id, reason: 'another run loads it' }),
  });
  reporting.begin(id);
  const startedAt = clock.now();
  const synced = await stream.sync({
    database,
    tableDefaults,
    startedAt,
    signal,
    onProgress: ({ rows, detail }) =>
      session.emit({ type: 'nodeProgress', node: id, detail, rows }),
  });
  await locks.state.markSynced(run, new Date(startedAt).toISOString());
  await lock.release('success', { ...NOTHING_CHANGED, added: synced.rows });
  const message = `${plural(synced.rows, 'row')} of ${synced.detail}`;
  return { status: 'success', message, rows: synced.rows };
}
