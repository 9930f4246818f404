import { identifier, relationSql } from '../../../cli/sql/identifier.ts';
import type { Connection } from '../../../cli/warehouse/database.ts';
import type { JsonRecord } from '../../sdk/json.ts';
import { parseJson } from '../../sdk/parse-json.ts';
import { isRecord } from '../../sdk/value-source.ts';
import type { RawPlace } from './raw-places.ts';

/** A record as it stands in its raw table. */
export interface RawRow {
  readonly place: RawPlace;
  readonly accountId: string;
  readonly record: JsonRecord;
  /** It is marked as gone. */
  readonly isDeleted: boolean;
}

/** The records of a stream, one after the other, or those that a condition of SQL keeps. */
export async function* readRecords(
  connection: Connection,
  place: RawPlace,
  { where, signal }: { readonly where?: string; readonly signal?: AbortSignal | undefined },
): AsyncGenerator<RawRow> {
  const columns = ['_account_id', '_record', '_deleted_at'].map(identifier).join(', ');
  const kept = where === undefined ? '' : ` where ${where}`;
  const rows = connection.stream(
    `select ${columns} from ${relationSql(place.shape.table.relation)}${kept}`,
    signal === undefined ? {} : { signal },
  );
  for await (const row of rows) {
    const record = parseJson(String(row['_record']));
    if (!isRecord(record)) continue;
    const isDeleted = row['_deleted_at'] !== null;
    yield { place, accountId: String(row['_account_id']), record, isDeleted };
  }
}
