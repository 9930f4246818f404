import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent } from 'undici';
import type { Clock } from '../../cli/kernel/clock.ts';
import type { RawRecord } from '../../cli/load/raw/raw-stream.ts';
import { flattenRecord } from '../../connectors/runner/flatten/flatten-record.ts';
import { JsonWriter } from '../../connectors/runner/flatten/json-writer.ts';
import { landedStream } from '../../connectors/runner/flatten/landed-stream.ts';
import { PlatformClient } from '../../connectors/runner/http/platform-client.ts';
import type {
  AccountFacts,
  PlatformDefinition,
  ReadContext,
  Slice,
  Stream,
} from '../../connectors/sdk/definition.ts';
import type { JsonRecord } from '../../connectors/sdk/json.ts';

/** A read of one stream from a server, with nothing between the generator and the wire but the client. */
export interface StreamReading<Account> {
  readonly platform: PlatformDefinition<Account>;
  /** As in the project file. */
  readonly account: unknown;
  readonly facts: AccountFacts;
  readonly stream: string;
  readonly slice: Slice;
  /** Where the platform is answered for. */
  readonly origin: string;
  readonly clock: Clock;
  /** Records of a page; the stream's own size otherwise. */
  readonly pageSize?: number | undefined;
  readonly purpose?: 'sync' | 'backfill' | undefined;
}

export interface ReadRecords {
  readonly records: readonly JsonRecord[];
  /** The newest copy of each record, as it would land. */
  readonly rows: readonly RawRecord[];
  /** Rows of the child tables by their names. */
  readonly children: Readonly<Record<string, number>>;
  readonly notices: readonly string[];
  readonly deletedKeys: readonly (readonly string[])[];
  /** The values of a column, by the records' order. */
  readonly column: (name: string) => readonly (string | null)[];
}

/** Reads a slice of a stream by the real client. Throws what the client throws. */
export async function readStream<Account>(reading: StreamReading<Account>): Promise<ReadRecords> {
  const stream = streamOf(reading);
  const records: JsonRecord[] = [];
  const notices: string[] = [];
  const deletedKeys: (readonly string[])[] = [];
  await withContext(reading, async (context) => {
    for await (const page of stream.read(context, reading.slice)) {
      records.push(...page.records);
      notices.push(...(page.notices ?? []));
      deletedKeys.push(...(page.deletedKeys ?? []));
    }
  });
  return { ...rowsOf(reading, records), records, notices, deletedKeys };
}

/** All keys that the sweep of a stream yields. */
export async function sweepStream<Account>(
  reading: StreamReading<Account>,
): Promise<readonly (readonly string[])[]> {
  const { sweep } = streamOf(reading);
  if (sweep === undefined) throw new Error(`${reading.stream} has no sweep`);
  const keys: (readonly string[])[] = [];
  await withContext(reading, async (context) => {
    for await (const found of sweep.read(context)) keys.push(...found);
  });
  return keys;
}

function streamOf<Account>({ platform, stream: name }: StreamReading<Account>): Stream<Account> {
  const stream = platform.streams.find((other) => other.name === name);
  if (stream === undefined) throw new Error(`there is no stream ${name}`);
  return stream;
}

async function withContext<Account>(
  reading: StreamReading<Account>,
  work: (context: ReadContext<Account>) => Promise<void>,
): Promise<void> {
  const { platform, facts, origin, clock } = reading;
  const account = platform.account.parse(reading.account);
  const dispatcher = new Agent();
  const folder = mkdtempSync(join(tmpdir(), 'cortex-read-'));
  const http = new PlatformClient<Account>({
    platform,
    account,
    origin,
    credentialsPath: join(folder, 'account.json'),
    userAgent: 'Cortex Analytics/test',
    dispatcher,
    clock,
    random: () => 0.5,
    maxWaitMs: 900_000,
    signal: new AbortController().signal,
    onEvent: () => undefined,
  });
  try {
    await work({
      http,
      account,
      accountId: platform.accountId(account),
      facts,
      pageSize: reading.pageSize ?? streamOf(reading).pageSize,
      purpose: reading.purpose ?? 'sync',
      startedAt: clock.now(),
      sleep: (ms) => clock.sleep(ms),
    });
  } finally {
    await dispatcher.destroy();
    rmSync(folder, { recursive: true });
  }
}

function rowsOf<Account>(reading: StreamReading<Account>, records: readonly JsonRecord[]) {
  const stream = streamOf(reading);
  const landed = landedStream(stream, 'keep');
  const place = { timeZone: reading.facts.timeZone };
  const indexOf = (column: string) =>
    landed.table.columns.findIndex((candidate) => candidate.name === column);
  const newest = new Map<string, RawRecord>();
  for (const record of records) {
    const flat = flattenRecord(record, { stream, landed, place, json: new JsonWriter() });
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
