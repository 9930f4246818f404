import type { AccountFacts, PlatformDefinition, Slice } from '../../connectors/sdk/definition.ts';
import { readCassette } from '../../connectors/simulators/cassette.ts';
import { startSimulator } from '../../connectors/simulators/start-simulator.ts';
import { jumpingClock } from './jumping-clock.ts';
import { platformFixtures } from './platform-fixture.ts';
import type { ReadRecords } from './read-stream.ts';
import { readStream } from './read-stream.ts';

export interface Replay<Account> {
  readonly platform: PlatformDefinition<Account>;
  /** As in the project file. */
  readonly account: unknown;
  readonly facts: AccountFacts;
  readonly stream: string;
  readonly slice: Slice;
  /** Folders of the platform's fixtures that the requests are answered from; the stream's own otherwise. */
  readonly recorded?: readonly string[];
  /** Records of a recorded page; the stream's own size otherwise. */
  readonly pageSize?: number;
  readonly purpose?: 'sync' | 'backfill';
  /** Query values, form fields and JSON keys that need not be as recorded: the text of a GraphQL query. */
  readonly ignored?: readonly string[];
  /** Recorded requests that a right client does not make: `orders/page4_beyond_end_404.json`. */
  readonly unasked?: readonly string[];
  /** ISO instant at which the read begins. */
  readonly now?: string;
}

/**
 * Runs a stream of a platform against its recorded pages, by a real server and the real client. Throws for a
 * request that was not recorded, and for a recorded one that nobody made.
 */
export async function replay<Account>(replayed: Replay<Account>): Promise<ReadRecords> {
  const { platform, recorded = [replayed.stream], ignored = [] } = replayed;
  const account = platform.account.parse(replayed.account);
  const clock = jumpingClock(replayed.now ?? '2026-10-05T12:00:00Z');
  const cassette = readCassette({
    directory: platformFixtures(platform.name).pathname,
    streams: recorded,
    realOrigins: [platform.http.origin(account), ...(platform.http.otherOrigins ?? [])],
    ignored,
  });
  await using server = await startSimulator(
    {
      name: platform.name,
      routes: [],
      createState: () => ({}),
      faultAnswer: () => ({ status: 500 }),
      notFound: ({ method, path, query, text }) => ({
        status: 400,
        body: `not recorded: ${method} ${path}?${query.toString()} ${text}`,
      }),
    },
    { world: {}, clock, cassette },
  );
  const { origin } = server;
  const read = await readStream({ ...replayed, origin, clock }).catch((error: unknown) => {
    throwUnknown(server.unknownRequests, error);
    throw error;
  });
  throwUnknown(server.unknownRequests);
  const unused = cassette.unused().filter((name) => replayed.unasked?.includes(name) !== true);
  if (unused.length > 0)
    throw new Error(`recorded requests that nobody made:\n${unused.join('\n')}`);
  return read;
}

function throwUnknown(requests: readonly string[], cause?: unknown): void {
  if (requests.length === 0) return;
  throw new Error(`requests that were not recorded:\n${requests.join('\n')}`, { cause });
}
