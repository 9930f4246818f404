import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent } from 'undici';
import { connectTarget } from '../../cli/warehouse/connect.ts';
import { SyncSession } from '../../cli/warehouse/sync-session.ts';
import type { ConfiguredPlatform } from '../../connectors/runner/configured-platform.ts';
import type { PiiMode } from '../../connectors/runner/pii/treatment.ts';
import type { SyncEvent, StreamResult } from '../../connectors/runner/sync/sync-event.ts';
import { syncPlatforms } from '../../connectors/runner/sync/sync-platforms.ts';
import type { SyncOrder, SyncRun } from '../../connectors/runner/sync/sync-run.ts';
import type { PlatformDefinition } from '../../connectors/sdk/definition.ts';
import type { JumpingClock } from './jumping-clock.ts';
import { jumpingClock } from './jumping-clock.ts';
import type { TestDatabase } from './server.ts';

export interface TestSync {
  readonly own: TestDatabase;
  readonly platform: PlatformDefinition;
  readonly accounts: readonly TestAccount[];
  /** Streams by name; all that are not optional otherwise. */
  readonly streams?: readonly string[];
  readonly startDate?: string;
  readonly pii?: PiiMode;
  readonly order?: Partial<SyncOrder>;
  readonly clock?: JumpingClock;
  readonly run?: Partial<SyncRun>;
}

export interface TestAccount {
  /** As in the project file. */
  readonly settings: unknown;
  readonly origin: string;
}

export interface Synced {
  readonly results: readonly StreamResult[];
  readonly events: readonly SyncEvent[];
  /** Status by stream; `account/stream` where there are several accounts. */
  readonly status: Readonly<Record<string, string>>;
  /** Codes of the problems, in their order. */
  readonly codes: readonly string[];
}

/** Runs the engine against a real database and whatever serves the accounts' origins. */
export async function runSync(sync: TestSync): Promise<Synced> {
  const { own, clock = jumpingClock(), accounts } = sync;
  const database = await connectTarget(own.target, { runId: 'test-run' });
  const session = await SyncSession.open(database, { command: 'cortex sync', clock });
  const dispatcher = new Agent();
  const folder = mkdtempSync(join(tmpdir(), 'cortex-sync-'));
  const events: SyncEvent[] = [];
  try {
    const results = await syncPlatforms(
      {
        database,
        session,
        clock,
        dispatcher,
        order: { purpose: 'sync', fullRefresh: false, wait: false, ...sync.order },
        tableDefaults: { charset: 'utf8mb4', collation: 'utf8mb4_unicode_ci' },
        client: { currency: '', timezone: '' },
        random: () => 0.5,
        userAgent: 'Cortex Analytics/test',
        maxWaitMs: 900_000,
        parallel: 4,
        signal: new AbortController().signal,
        ...sync.run,
        onEvent: (event) => {
          events.push(event);
          sync.run?.onEvent?.(event);
        },
      },
      [configured(sync, folder)],
    );
    return { results, events, ...summary(results, events, accounts.length > 1) };
  } finally {
    await dispatcher.destroy();
    await session[Symbol.asyncDispose]();
    await database.close();
    rmSync(folder, { recursive: true });
  }
}

function configured(sync: TestSync, folder: string): ConfiguredPlatform {
  const { own, pii = 'keep' } = sync;
  const { platform } = sync;
  return {
    definition: platform,
    accounts: sync.accounts.map(({ settings, origin }) => {
      const account = platform.account.parse(settings);
      const id = platform.accountId(account);
      return {
        id,
        origin,
        settings: account,
        credentialsPath: join(folder, `${id}.json`),
        span: { file: 'cortex_project.yml', start: 0, end: 0 },
      };
    }),
    streams: platform.streams
      .filter(({ name, optional }) => sync.streams?.includes(name) ?? optional !== true)
      .map((stream) => ({ stream, pii })),
    startDate: sync.startDate,
    place: { database: own.name, tablePrefix: `raw_${platform.name}_` },
  };
}

function summary(results: readonly StreamResult[], events: readonly SyncEvent[], several: boolean) {
  const status = Object.fromEntries(
    results.map(({ place, status: ended }) => [
      several ? `${place.accountId}/${place.stream}` : place.stream,
      ended,
    ]),
  );
  const codes = events.flatMap((event) =>
    event.type === 'problem' ? [event.diagnostic.code as string] : [],
  );
  return { status, codes };
}
