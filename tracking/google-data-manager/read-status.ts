import type { JsonValue } from '../../connectors/sdk/json.ts';
import type { DestinationAnswer } from '../conversion/reading.ts';
import { at, codeText, records } from '../conversion/reading.ts';

/** What Google made of the events of a request. */
type RequestStatus =
  /** Not yet, or it cannot be told now: ask again later. */
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'processed';
      /** `SUCCESS`, `PARTIAL_SUCCESS` or `FAILED`. */
      readonly state: string;
      readonly refused: number;
      /** The reason of most of those that were refused. */
      readonly code: string | undefined;
    };

const PROCESSED: ReadonlySet<string> = new Set(['SUCCESS', 'PARTIAL_SUCCESS', 'FAILED']);
const PREFIX = /^PROCESSING_ERROR_REASON_/;
/** An earlier try got through. */
const KNOWN_ALREADY: ReadonlySet<string> = new Set(['DUPLICATE_TRANSACTION_ID', 'DUPLICATE_GCLID']);

/** The answer to `requestStatus:retrieve` of a request with one destination. Only counts are told, never events. */
export function readRequestStatus({ status, body }: DestinationAnswer): RequestStatus {
  if (status !== 200) return { kind: 'unknown' };
  const [destination] = records(at(body, 'requestStatusPerDestination'));
  const state = codeText(at(destination, 'requestStatus'));
  if (state === undefined || !PROCESSED.has(state)) return { kind: 'unknown' };
  const counts = records(at(at(destination, 'errorInfo'), 'errorCounts'))
    .map((count) => ({
      reason: codeText(at(count, 'reason'))?.replace(PREFIX, ''),
      records: countOf(at(count, 'recordCount')),
    }))
    .filter(({ reason }) => reason === undefined || !KNOWN_ALREADY.has(reason));
  const refused = counts.reduce((sum, count) => sum + count.records, 0);
  const [most] = counts.toSorted((one, other) => other.records - one.records);
  return { kind: 'processed', state, refused, code: most?.reason };
}

/** Google writes 64-bit integers as text. */
function countOf(value: JsonValue | undefined): number {
  const count = typeof value === 'string' || typeof value === 'number' ? Number(value) : 0;
  return Number.isSafeInteger(count) && count > 0 ? count : 0;
}
