import { openRawStream } from '../../../cli/load/raw/open-raw-stream.ts';
import { prepareRawTables } from '../../../cli/load/raw/prepare-raw-tables.ts';
import type { RawRecord } from '../../../cli/load/raw/raw-stream.ts';
import type { Clock } from '../../../cli/kernel/clock.ts';
import type { Database } from '../../../cli/warehouse/database.ts';
import { flattenRecord } from '../flatten/flatten-record.ts';
import { JsonWriter } from '../flatten/json-writer.ts';
import { landedStream } from '../flatten/landed-stream.ts';
import { withoutTraces } from '../pii/erased-record.ts';
import type { Spelling } from '../pii/spellings.ts';
import type { RawPlace } from './raw-places.ts';
import type { RawRow } from './read-records.ts';

export interface AmendOptions {
  readonly database: Database;
  readonly tableDefaults: { readonly charset: string; readonly collation: string };
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** IANA zone of the account, as its sync knows it. */
  readonly timeZone: string;
  /** Looked for in all texts of the records. */
  readonly spellings: readonly Spelling[];
}

/** Rows of one stream and account. */
export interface AmendedRows {
  readonly place: RawPlace;
  readonly accountId: string;
  readonly rows: Iterable<RawRow> | AsyncIterable<RawRow>;
}

/** Rows that are written at once. */
const PART = 500;

/**
 * Takes the personal data out of raw rows and of the rows of their lists: they land again as where personal data
 * is dropped, by the same code. Keys, amounts and dates stay, and so does a mark that the record is gone. What is
 * clean already is not written. Returns how many rows changed. The caller holds the locks of the stream.
 */
export async function amendRows(amended: AmendedRows, options: AmendOptions): Promise<number> {
  const { place, accountId, rows } = amended;
  const { database, tableDefaults, clock, signal } = options;
  const { shape } = place;
  await prepareRawTables(database, shape, { tableDefaults, clock, signal, accountId });
  await using raw = openRawStream({
    database,
    shape,
    accountId,
    purpose: 'sync',
    tableDefaults,
    clock,
    signal,
  });
  const land = landing(place, options);
  await using writer = await raw.amend(new Date(clock.now()).toISOString());
  let part: RawRow[] = [];
  for await (const row of rows) {
    part.push(row);
    if (part.length < PART) continue;
    await writer.write(landed(part, land));
    part = [];
  }
  await writer.write(landed(part, land));
  const { updated } = await writer.commit();
  return updated;
}

type Land = (row: RawRow) => RawRecord;

function* landed(rows: readonly RawRow[], land: Land): Generator<RawRecord> {
  for (const row of rows) yield land(row);
}

function landing({ stream }: RawPlace, { timeZone, spellings }: AmendOptions): Land {
  const dropped = landedStream(stream, 'drop');
  const json = new JsonWriter();
  return ({ record, isDeleted }) => {
    const clean = withoutTraces(record, stream, spellings);
    const flat = flattenRecord(clean, { stream, landed: dropped, place: { timeZone }, json });
    if (flat.kind === 'rejected')
      throw new Error(`a row that stands cannot land: ${flat.rejected.problem}`);
    // What does not fit was told when it was read.
    return { ...flat.record, isDeleted: isDeleted || flat.record.isDeleted, misfits: [] };
  };
}
