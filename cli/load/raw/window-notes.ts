import { sha256 } from '../../kernel/hash.ts';
import type { IssueLog } from './issues.ts';
import type { RawRecord, RawReject, RawStreamShape } from './raw-stream.ts';
import type { EncodedBatch, RecordBatch } from './record-batch.ts';
import type { RefusedRecordError } from './stream-writer.ts';

/** Counts the values of a record that did not fit, and notes each of them. */
export function noteMisfits(
  issues: IssueLog,
  { table }: RawStreamShape,
  { misfits }: RawRecord,
): number {
  for (const { column, path, problem, valueHash } of misfits) {
    issues.note({ kind: 'misfit', table: table.relation.name, column, path, problem, valueHash });
  }
  return misfits.length;
}

/** A record without a part of its key. Whoever flattened it knows whether its text may be kept: not here. */
export function withoutKey({ hash }: RawRecord): RawReject {
  return { problem: 'a part of its key is missing', hash, json: undefined };
}

/** Takes a record that the server does not take out of its batch. */
export function refusedRecord(
  batch: RecordBatch,
  encoded: EncodedBatch,
  { child, row, reason }: RefusedRecordError,
): RawReject | undefined {
  const key = child === undefined ? encoded.keys[row] : batch.parentOf(child, row);
  if (key === undefined) return undefined;
  batch.remove(key);
  return {
    problem: `the server does not take it: ${withoutValues(reason)}`,
    hash: sha256(key),
    json: undefined,
  };
}

/** The server quotes values that it refuses; they may be somebody's. */
function withoutValues(reason: string): string {
  return reason
    .replace(/value: '.*?' for column/s, 'value for column')
    .replace(/entry '.*?' for key/s, 'entry for key');
}
