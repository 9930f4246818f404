import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectTarget } from '../../cli/warehouse/connect.ts';
import type { ConfiguredPlatform } from '../../connectors/runner/configured-platform.ts';
import type { PiiMode } from '../../connectors/runner/pii/treatment.ts';
import type { SyncEvent, StreamResult } from '../../connectors/runner/sync/sync-event.ts';
import type { SyncRunOptions } from '../../connectors/runner/sync/open-sync-run.ts';
import { openSyncRun } from '../../connectors/runner/sync/open-sync-run.ts';
import { syncPlatforms } from '../../connectors/runner/sync/sync-platforms.ts';
import type { SyncOrder } from '../../connectors/runner/sync/sync-run.ts';
import type { PlatformDefinition } from '../../connectors/sdk/definition.ts';
import type { JumpingClock } from './jumping-clock.ts';
import { jumpingClock } from './jumping-clock.ts';
import { TABLE_DEFAULTS } from './load-settings.ts';
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
  readonly run?: Partial<SyncRunOptions>;
  /** Where credentials are kept; a folder of this run alone otherwise. */
  readonly folder?: string;
}

interface TestAccount {
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
  const temporary = mkdtempSync(join(tmpdir(), 'cortex-sync-'));
  const events: SyncEvent[] = [];
  await using database = await connectTarget(own.target, { runId: 'test-run' });
  try {
    await using run = await openSyncRun({
      database,
      clock,
      command: 'cortex sync',
      order: { purpose: 'sync', fullRefresh: false, wait: false, ...sync.order },
      tableDefaults: TABLE_DEFAULTS,
      client: { currency: '', timezone: '' },
      random: () => 0.5,
      parallel: 4,
      signal: new AbortController().signal,
      ...sync.run,
      onEvent: (event) => {
        events.push(event);
        sync.run?.onEvent?.(event);
      },
    });
    const results = await syncPlatforms(run, [configured(sync, sync.folder ?? temporary)]);
    return { results, events, ...summary(results, events, accounts.length > 1) };
  } finally {
    rmSync(temporary, { recursive: true });
  }
}

function configured(sync: TestSync, folder: string): ConfiguredPlatform {
  const { own, platform, pii = 'keep', streams: wanted } = sync;
  const known = platform.streams.map(({ name }) => name);
  const unknown = wanted?.filter((name) => !known.includes(name)) ?? [];
  if (unknown.length > 0) throw new Error(`${platform.name} has no stream ${unknown.join(', ')}`);
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
      .filter(({ name, optional }) => wanted?.includes(name) ?? optional !== true)
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
