import { CancelledError, CortexError } from '../../../cli/kernel/errors.ts';
import type { Diagnostic } from '../../../cli/kernel/diagnostic.ts';
import { ReadFailure } from '../../sdk/read-failure.ts';
import type { ConfiguredAccount, ConfiguredPlatform } from '../configured-platform.ts';
import { readFailed } from '../messages.ts';
import { Slots } from '../side-by-side.ts';
import { checkAccount } from './check-account.ts';
import { NO_CHANGES } from '../../../cli/load/raw/change-count.ts';
import type { CheckedAccount, OpenAccount } from './open-account.ts';
import { openAccount } from './open-account.ts';
import type { StreamResult, StreamStatus } from './sync-event.ts';
import type { SyncRun } from './sync-run.ts';
import { syncStream } from './sync-stream.ts';

/**
 * Reads platforms: accounts and streams side by side, each stream for itself. What goes wrong is reported as
 * events and in the results; the others go on. Throws only for mistakes of Cortex itself.
 */
export async function syncPlatforms(
  run: SyncRun,
  platforms: readonly ConfiguredPlatform[],
): Promise<readonly StreamResult[]> {
  const slots = new Slots(run.parallel);
  const accounts = platforms.flatMap((platform) =>
    platform.accounts.map((account) => ({ platform, account })),
  );
  const results = await Promise.all(
    accounts.map(({ platform, account }) => syncAccount(run, platform, account, slots)),
  );
  return results.flat();
}

async function syncAccount(
  run: SyncRun,
  platform: ConfiguredPlatform,
  account: ConfiguredAccount,
  slots: Slots,
): Promise<readonly StreamResult[]> {
  using opened = openAccount(run, {
    platform,
    account,
    signals: [run.signal, run.session.lost],
    onEvent: run.onEvent,
  });
  const checked = await slots.run(() => checkedOrReported(run, opened));
  if ('status' in checked) return allStreams(run, opened, checked);
  // Streams of one account share its limits: more of them at once than calls would only wait.
  const own = new Slots(platform.definition.http.rate.concurrency);
  return await Promise.all(
    platform.streams.map((stream) =>
      own.run(() =>
        slots.run(async () => {
          const result = await syncStream(run, checked, stream);
          run.onEvent({ type: 'streamFinished', result });
          return result;
        }),
      ),
    ),
  );
}

interface NotRead {
  readonly status: StreamStatus;
  readonly retryAfterMs?: number | undefined;
}

async function checkedOrReported(
  run: SyncRun,
  opened: OpenAccount,
): Promise<CheckedAccount | NotRead> {
  const report = (diagnostic: Diagnostic) =>
    run.onEvent({ type: 'problem', place: opened.place, diagnostic });
  try {
    return await checkAccount(run, opened);
  } catch (caught) {
    const error = await asRefusal(run, opened, caught);
    if (run.signal.aborted || error instanceof CancelledError) return { status: 'cancelled' };
    if (error instanceof ReadFailure) {
      const { outcome } = error;
      report(readFailed(outcome, opened.place));
      return outcome.action === 'stop_until_reset'
        ? { status: 'partial', retryAfterMs: outcome.waitMs }
        : { status: 'skipped' };
    }
    if (!(error instanceof CortexError)) throw error;
    for (const diagnostic of error.diagnostics) report(diagnostic);
    return { status: 'skipped' };
  }
}

/** The database that does not take what the platform says of an account is a person's to mend. */
async function asRefusal(run: SyncRun, { place }: OpenAccount, error: unknown): Promise<unknown> {
  const { DatabaseError } = await import('../../../cli/warehouse/database-error.ts');
  if (!(error instanceof DatabaseError)) return error;
  const { stateRefused } = await import('../../../cli/warehouse/messages.ts');
  return stateRefused(run.database, error, place);
}

function allStreams(
  run: SyncRun,
  { platform, place }: OpenAccount,
  { status, retryAfterMs }: NotRead,
): readonly StreamResult[] {
  return platform.streams.map(({ stream }) => {
    const result: StreamResult = {
      place: { ...place, stream: stream.name },
      status,
      changes: NO_CHANGES,
      windows: 0,
      pages: 0,
      records: 0,
      ms: 0,
      readUntil: undefined,
      retryAfterMs,
    };
    run.onEvent({ type: 'streamFinished', result });
    return result;
  });
}
