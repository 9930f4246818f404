import { sha256 } from '../../kernel/hash.ts';
import type { Relation } from '../../manifest/relation.ts';

/** One stream of one account, as its state is kept. */
export interface StreamKey {
  /** `nuvemshop`. */
  readonly platform: string;
  readonly accountId: string;
  /** `orders`. */
  readonly stream: string;
}

/** A daily sync and a backfill of one stream may work side by side; two of one purpose may not. */
export type SyncPurpose = 'sync' | 'backfill';

/** What a run of one stream holds alone. */
export interface StreamRun extends StreamKey {
  readonly purpose: SyncPurpose;
}

/** What the loading of files into a table holds alone: the table stands in the account's place. */
export function fileStreamRun(stream: string, relation: Relation): StreamRun {
  const name = stream.slice(0, STREAM_LENGTH);
  return { platform: FILES, accountId: relation.name, stream: name, purpose: 'sync' };
}

/** Stands for a platform in the state of streams that are read from files. */
export const FILES = 'files';
/** What `__cortex_sync_runs.stream` holds. */
const STREAM_LENGTH = 64;

/** Name of the lock of a run: at most 64 lower-case ASCII characters, which every server takes. */
export function streamLockName(database: string, run: StreamRun): string {
  const parts = [database.toLowerCase(), run.platform, run.accountId, run.stream, run.purpose];
  return `cortex:${sha256(JSON.stringify(parts)).slice(0, 40)}`;
}

/** Condition that finds the stream's row in a table of the sync state. */
export function streamColumns({ platform, accountId, stream }: StreamKey) {
  return { platform, account_id: accountId, stream };
}
