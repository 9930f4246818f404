import type { JsonRecord, JsonValue } from '../../connectors/sdk/json.ts';
import type { DestinationAnswer, EventOutcome, Reading } from '../conversion/reading.ts';
import { at, codeText, pause, readStatus, records, splitOrDead } from '../conversion/reading.ts';

const HOUR_MS = 3_600_000;

/** An earlier try got through. */
const ALREADY_THERE: ReadonlySet<string> = new Set([
  'CLICK_CONVERSION_ALREADY_EXISTS',
  'ORDER_ID_ALREADY_IN_USE',
  'CONVERSION_ALREADY_ENHANCED',
  'CONVERSION_ALREADY_RETRACTED',
  'RESTATEMENT_ALREADY_EXISTS',
]);
const TOO_RECENT: Readonly<Record<string, number>> = {
  TOO_RECENT_EVENT: 6 * HOUR_MS,
  TOO_RECENT_CONVERSION_ACTION: 6 * HOUR_MS,
  TOO_RECENT_CALL: 6 * HOUR_MS,
  TOO_RECENT_CONVERSION: 24 * HOUR_MS,
};
const CONFIGURATION =
  /^(?:CUSTOMER_NOT_(?:ALLOWLISTED_FOR_THIS_FEATURE|ACCEPTED_CUSTOMER_DATA_TERMS|ENABLED_ENHANCED_CONVERSIONS_FOR_LEADS)|NO_CONVERSION_ACTION_FOUND|INVALID_CONVERSION_ACTION(?:_TYPE)?|CUSTOMER_DATA_POLICY_PROHIBITS_\w+|CONVERSION_TRACKING_NOT_ENABLED\w*)$/;
const TEMPORARY: ReadonlySet<string> = new Set([
  'INTERNAL_ERROR',
  'TRANSIENT_ERROR',
  'DEADLINE_EXCEEDED',
  'RESOURCE_EXHAUSTED',
  'RESOURCE_TEMPORARILY_EXHAUSTED',
  'CONCURRENT_MODIFICATION',
]);
/** The conversion may still be processed when its adjustment comes. */
const NOT_YET = 'CONVERSION_NOT_FOUND';
const NOT_YET_TRIES = 4;

/** Google names each refused element by its place; the others are taken. */
export function readGoogleAdsAnswer({ status, body }: DestinationAnswer, sent: number): Reading {
  const isWhole = status >= 300;
  const details = records(at(at(body, isWhole ? 'error' : 'partialFailureError'), 'details'));
  const errors = details.flatMap((detail) => records(at(detail, 'errors')));
  const codes = errors.map(errorCode);
  const configuration = codes.find((code) => CONFIGURATION.test(code));
  if (isWhole && configuration !== undefined) return pause(sent, 'pause_config', configuration);
  if (isWhole && (status === 401 || status === 403 || status === 429 || status >= 500)) {
    return readStatus(status, sent);
  }
  const named = namedErrors(errors, sent);
  if (isWhole && named.size === 0) return splitOrDead(sent, codes[0] ?? `HTTP_${status}`);
  const perEvent = Array.from({ length: sent }, (_, index) =>
    outcomeOf(named.get(index), isWhole, hasResult(body, index)),
  );
  return {
    action: 'settle',
    destination: configuration === undefined ? 'ok' : 'pause_config',
    perEvent,
    ...requestIdOf(details),
  };
}

function outcomeOf(code: string | undefined, isWhole: boolean, isTaken: boolean): EventOutcome {
  if (code === undefined) {
    if (isWhole) {
      return { outcome: 'retry', code: 'REFUSED_WITH_ANOTHER', isInnocent: true, isRefused: true };
    }
    return isTaken ? { outcome: 'delivered' } : { outcome: 'retry', code: 'NO_CONFIRMATION' };
  }
  if (ALREADY_THERE.has(code)) return { outcome: 'delivered', code };
  const waitMs = TOO_RECENT[code];
  if (waitMs !== undefined) return { outcome: 'retry', code, waitMs, isRefused: true };
  if (CONFIGURATION.test(code)) {
    return { outcome: 'retry', code, isInnocent: true, isRefused: true };
  }
  if (code === NOT_YET) {
    const wait = { waitMs: 6 * HOUR_MS, tries: NOT_YET_TRIES };
    return { outcome: 'retry', code, isRefused: true, ...wait };
  }
  return TEMPORARY.has(code) ? { outcome: 'retry', code } : { outcome: 'dead', code };
}

/** `results` stands in the order of the request; an empty map failed. */
function hasResult(body: JsonValue, index: number): boolean {
  const results = at(body, 'results');
  if (!Array.isArray(results)) return at(body, 'partialFailureError') !== undefined;
  const result: unknown = results[index];
  return typeof result === 'object' && result !== null && Object.keys(result).length > 0;
}

/** The name of an error in its first enumeration: `{conversionUploadError: 'EXPIRED_EVENT'}`. */
function errorCode(error: JsonRecord): string {
  const [value] = Object.values((at(error, 'errorCode') ?? {}) as JsonRecord);
  return codeText(value) ?? 'UNKNOWN_ERROR';
}

function namedErrors(errors: readonly JsonRecord[], sent: number): ReadonlyMap<number, string> {
  const named = new Map<number, string>();
  for (const error of errors) {
    const [place] = records(at(at(error, 'location'), 'fieldPathElements'));
    const index = Number(at(place, 'index') ?? Number.NaN);
    if (!(index >= 0 && index < sent) || named.has(index)) continue;
    named.set(index, errorCode(error));
  }
  return named;
}

function requestIdOf(details: readonly JsonRecord[]): { readonly requestId?: string } {
  const id = details.map((detail) => codeText(at(detail, 'requestId'))).find(Boolean);
  return id === undefined ? {} : { requestId: id };
}
