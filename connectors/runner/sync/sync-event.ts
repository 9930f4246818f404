import type { RawChanges } from '../../../cli/load/raw/raw-stream.ts';
import type { Diagnostic } from '../../../cli/kernel/diagnostic.ts';
import type { Interval } from '../../../cli/warehouse/state/intervals.ts';
import type { AccountFacts } from '../../sdk/definition.ts';

/** An account of a platform, and a stream of it where something is about one. */
export interface SyncPlace {
  readonly platform: string;
  readonly accountId: string;
  readonly stream?: string;
}

/** What happens while platforms are read, for a live table and for logs. Texts hold no secret. */
export type SyncEvent =
  | { readonly type: 'accountChecked'; readonly place: SyncPlace; readonly facts: AccountFacts }
  | { readonly type: 'streamStarted'; readonly place: SyncPlace; readonly windows: number }
  | {
      readonly type: 'windowStarted';
      readonly place: SyncPlace;
      /** `undefined` for everything. */
      readonly range: Interval | undefined;
      /** From 1. */
      readonly index: number;
      readonly windows: number;
    }
  | {
      readonly type: 'pageRead';
      readonly place: SyncPlace;
      /** Of the stream, in this run. */
      readonly pages: number;
      readonly records: number;
    }
  | { readonly type: 'windowFinished'; readonly place: SyncPlace; readonly changes: RawChanges }
  /** Nothing is sent for a while; of the account, or of the stream that waits for a report. */
  | {
      readonly type: 'waiting';
      readonly place: SyncPlace;
      readonly reason: string;
      readonly ms: number;
    }
  /** What the platform last said about the account's limit: `38 of 40 left`. */
  | { readonly type: 'rate'; readonly place: SyncPlace; readonly state: string }
  | {
      readonly type: 'answered';
      readonly place: SyncPlace;
      readonly status: number;
      readonly ms: number;
    }
  /** The request was too much for the platform. */
  | {
      readonly type: 'split';
      readonly place: SyncPlace;
      readonly reason: string;
      readonly to: string;
    }
  | { readonly type: 'problem'; readonly place: SyncPlace; readonly diagnostic: Diagnostic }
  | { readonly type: 'streamFinished'; readonly result: StreamResult };

/**
 * - `success`: all windows were read.
 * - `partial`: the platform's limit is used up; what was read is kept, the next run goes on.
 * - `error`: a window could not be read; those before it are kept.
 * - `skipped`: nothing of the account could be read.
 */
export type StreamStatus = 'success' | 'partial' | 'error' | 'skipped' | 'cancelled';

export interface StreamResult {
  readonly place: SyncPlace & { readonly stream: string };
  readonly status: StreamStatus;
  readonly changes: RawChanges;
  readonly windows: number;
  readonly pages: number;
  readonly records: number;
  /** Milliseconds. */
  readonly ms: number;
  /** End of what is read completely; `undefined` where nothing is, and for streams without a cursor. */
  readonly readUntil: string | undefined;
  /** With `partial`: when the platform may be asked again, in milliseconds from now. */
  readonly retryAfterMs?: number | undefined;
}
