import { identifier } from '../../../cli/sql/identifier.ts';
import { literal } from '../../../cli/sql/literal.ts';
import type { Connection } from '../../../cli/warehouse/database.ts';
import type { JsonRecord } from '../../sdk/json.ts';
import { parseJson } from '../../sdk/parse-json.ts';
import { isRecord } from '../../sdk/value-source.ts';
import type { Mark } from '../pii/marks.ts';
import { marksOf } from '../pii/marks.ts';
import type { RawPlace } from './raw-places.ts';

/** A record that could not be stored and was kept as text. */
export interface RejectedRecord {
  readonly platform: string;
  readonly accountId: string;
  readonly stream: string;
  readonly hash: string;
  readonly record: JsonRecord;
}

/** The rejected records of which `isPersons` is true. */
export async function findRejected(
  connection: Connection,
  places: readonly RawPlace[],
  isPersons: (marks: readonly Mark[]) => boolean,
): Promise<readonly RejectedRecord[]> {
  const rows = await connection.query(
    `select platform, account_id, stream, record_hash, record from __cortex_sync_rejects where record is not null`,
  );
  return rows.flatMap((row) => {
    const [platform, accountId] = [String(row['platform']), String(row['account_id'])];
    const place = places.find(
      ({ definition, stream }) => definition.name === platform && stream.name === row['stream'],
    );
    const record = recordOf(String(row['record']));
    if (place === undefined || record === undefined) return [];
    if (!isPersons(marksOf(record, place.stream, { platform, accountId }))) return [];
    const { stream } = place;
    return [{ platform, accountId, stream: stream.name, hash: String(row['record_hash']), record }];
  });
}

/** Forgets the texts of rejected records; that they were rejected, and why, stays. */
export async function forgetRejected(
  connection: Connection,
  rejected: readonly RejectedRecord[],
): Promise<void> {
  for (const { platform, accountId, stream, hash } of rejected) {
    const key = { platform, account_id: accountId, stream, record_hash: hash };
    const where = Object.entries(key).map(
      ([name, value]) => `${identifier(name)} = ${literal(value)}`,
    );
    await connection.execute(
      `update __cortex_sync_rejects set record = null where ${where.join(' and ')}`,
    );
  }
}

function recordOf(text: string): JsonRecord | undefined {
  try {
    const record = parseJson(text);
    return isRecord(record) ? record : undefined;
  } catch {
    return undefined;
  }
}
