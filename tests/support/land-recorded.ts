import type { SyncOrder } from '../../connectors/runner/sync/sync-run.ts';
import type { Cursor, PlatformDefinition } from '../../connectors/sdk/definition.ts';
import type { Cassette } from '../../connectors/simulators/cassette.ts';
import { readCassette } from '../../connectors/simulators/cassette.ts';
import type { SimulatorRequest, SimulatorResponse } from '../../connectors/simulators/simulator.ts';
import { startSimulator } from '../../connectors/simulators/start-simulator.ts';
import { jumpingClock } from './jumping-clock.ts';
import { platformFixtures } from './platform-fixture.ts';
import type { TestDatabase } from './server.ts';
import type { Synced } from './sync-run.ts';
import { runSync } from './sync-run.ts';

export interface RecordedSync {
  readonly own: TestDatabase;
  readonly platform: PlatformDefinition;
  /** The account as in the project file. */
  readonly settings: unknown;
  readonly stream: string;
  /** Folders of the platform's fixtures: that of the probe, that of the stream. */
  readonly recorded: readonly string[];
  /** Records of a recorded page. */
  readonly pageSize: number;
  readonly order?: Partial<SyncOrder>;
  /** Query values, form fields and JSON keys that need not be as recorded: the text of a GraphQL query. */
  readonly ignored?: readonly string[];
  /** Days that were recorded as one window; the stream's own otherwise. */
  readonly windowDays?: number;
  /** Answers what the fixtures lack and every run asks for: the probe of a platform. */
  readonly unrecorded?: (request: SimulatorRequest) => SimulatorResponse | undefined;
}

/**
 * Syncs a stream into a real database, by the engine and its HTTP, from recorded pages. Throws for a request
 * that was not recorded, and for a recorded one that nobody made.
 */
export async function landRecorded(sync: RecordedSync): Promise<Synced> {
  const { own, settings, stream, recorded, order = {}, ignored = [] } = sync;
  const platform = asRecorded(sync);
  const account = platform.account.parse(settings);
  const clock = jumpingClock('2026-10-08T12:00:00Z');
  const cassette = readCassette({
    directory: platformFixtures(platform.name).pathname,
    streams: recorded,
    realOrigins: [platform.http.origin(account), ...(platform.http.otherOrigins ?? [])],
    ignored,
  });
  const served: Cassette = {
    ...cassette,
    answer: (request, at) => cassette.answer(request, at) ?? sync.unrecorded?.(request),
  };
  await using server = await startSimulator(
    {
      name: platform.name,
      routes: [],
      createState: () => ({}),
      faultAnswer: () => ({ status: 500 }),
    },
    { world: {}, clock, cassette: served },
  );
  const { origin } = server;
  const accounts = [{ settings, origin }];
  const synced = await runSync({ own, platform, accounts, clock, order, streams: [stream] });
  const wrong = [...server.unknownRequests, ...cassette.unused()];
  if (wrong.length > 0) throw new Error(`not as recorded:\n${wrong.join('\n')}`);
  return synced;
}

function asRecorded({ platform, pageSize, windowDays }: RecordedSync): PlatformDefinition {
  const streams = platform.streams.map((stream) => ({
    ...stream,
    pageSize,
    leastPageSize: 1,
    cursor: withWindow(stream.cursor, windowDays),
  }));
  return { ...platform, streams };
}

function withWindow(cursor: Cursor, windowDays: number | undefined): Cursor {
  if (cursor.kind === 'none' || windowDays === undefined) return cursor;
  return { ...cursor, windowDays };
}
