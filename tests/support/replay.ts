import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent } from 'undici';
import type { RawRecord } from '../../cli/load/raw/raw-stream.ts';
import { flattenRecord } from '../../connectors/runner/flatten/flatten-record.ts';
import { landedStream } from '../../connectors/runner/flatten/landed-stream.ts';
import { PlatformClient } from '../../connectors/runner/http/platform-client.ts';
import type { AccountFacts, PlatformDefinition, Slice } from '../../connectors/sdk/definition.ts';
import type { JsonRecord } from '../../connectors/sdk/json.ts';
import { readCassette } from '../../connectors/simulators/cassette.ts';
import { startSimulator } from '../../connectors/simulators/start-simulator.ts';
import { jumpingClock } from './jumping-clock.ts';
import { platformFixtures } from './platform-fixture.ts';

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

export interface Replayed {
  readonly records: readonly JsonRecord[];
  /** The newest copy of each record, as it would land. */
  readonly rows: readonly RawRecord[];
  /** Rows of the child tables by their names. */
  readonly children: Readonly<Record<string, number>>;
  readonly notices: readonly string[];
  /** The values of a column, by the records' order. */
  readonly column: (name: string) => readonly (string | null)[];
}

/**
 * Runs a stream of a platform against its recorded pages, by a real server and the real client. Throws for a
 * request that was not recorded, and for a recorded one that nobody made.
 */
export async function replay<Account>(replayed: Replay<Account>): Promise<Replayed> {
  const { platform, recorded = [replayed.stream], ignored = [] } = replayed;
  const stream = platform.streams.find(({ name }) => name === replayed.stream);
  if (stream === undefined) throw new Error(`there is no stream ${replayed.stream}`);
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
  const dispatcher = new Agent();
  const http = new PlatformClient<Account>({
    platform,
    account,
    origin: server.origin,
    credentialsPath: join(tmpdir(), `cortex-replay-${process.pid}-${platform.name}.json`),
    userAgent: 'Cortex Analytics/test',
    dispatcher,
    clock,
    random: () => 0.5,
    maxWaitMs: 900_000,
    signal: new AbortController().signal,
    onEvent: () => undefined,
  });
  const records: JsonRecord[] = [];
  const notices: string[] = [];
  try {
    const context = {
      http,
      account,
      accountId: platform.accountId(account),
      facts: replayed.facts,
      pageSize: replayed.pageSize ?? stream.pageSize,
      purpose: replayed.purpose ?? 'sync',
      startedAt: clock.now(),
      sleep: (ms: number) => clock.sleep(ms),
    } as const;
    for await (const page of stream.read(context, replayed.slice)) {
      records.push(...page.records);
      notices.push(...(page.notices ?? []));
    }
  } catch (error) {
    throwUnknown(server.unknownRequests, error);
    throw error;
  } finally {
    await dispatcher.destroy();
  }
  throwUnknown(server.unknownRequests);
  const unused = cassette.unused().filter((name) => replayed.unasked?.includes(name) !== true);
  if (unused.length > 0)
    throw new Error(`recorded requests that nobody made:\n${unused.join('\n')}`);
  return { ...rowsOf(replayed, records), records, notices };
}

function throwUnknown(requests: readonly string[], cause?: unknown): void {
  if (requests.length === 0) return;
  throw new Error(`requests that were not recorded:\n${requests.join('\n')}`, { cause });
}

function rowsOf<Account>(
  { platform, stream: name, facts }: Replay<Account>,
  records: JsonRecord[],
) {
  const stream = platform.streams.find((other) => other.name === name);
  if (stream === undefined) throw new Error(`there is no stream ${name}`);
  const landed = landedStream(stream, 'keep');
  const place = { timeZone: facts.timeZone };
  const indexOf = (column: string) =>
    landed.table.columns.findIndex((candidate) => candidate.name === column);
  const newest = new Map<string, RawRecord>();
  for (const record of records) {
    const flat = flattenRecord(record, { stream, landed, place });
    if (flat.kind === 'rejected') throw new Error(flat.rejected.problem);
    const key = JSON.stringify(
      landed.table.key.map((column) => flat.record.values[indexOf(column)]),
    );
    const older = newest.get(key);
    if (older === undefined || older.version <= flat.record.version) newest.set(key, flat.record);
  }
  const rows = [...newest.values()];
  const children = Object.fromEntries(
    landed.children.map((child, index) => [
      child.name,
      rows.reduce((sum, row) => sum + (row.children[index]?.length ?? 0), 0),
    ]),
  );
  return {
    rows,
    children,
    column: (column: string) => rows.map(({ values }) => values[indexOf(column)] ?? null),
  };
}
