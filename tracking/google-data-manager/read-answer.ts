import type { JsonRecord } from '../../connectors/sdk/json.ts';
import type { DestinationAnswer, EventOutcome, Reading } from '../conversion/reading.ts';
import {
  at,
  codeText,
  pause,
  readStatus,
  records,
  settleAll,
  splitOrDead,
} from '../conversion/reading.ts';

const AUTH: ReadonlySet<string> = new Set(['PERMISSION_DENIED', 'UNAUTHENTICATED']);
const CONFIGURATION: ReadonlySet<string> = new Set([
  'INVALID_CONVERSION_ACTION_ID',
  'INVALID_CONVERSION_ACTION_TYPE',
  'INVALID_DESTINATION',
  'OPERATING_ACCOUNT_LOGIN_ACCOUNT_MISMATCH',
  'DESTINATION_ACCOUNT_NOT_ENABLED_ENHANCED_CONVERSIONS_FOR_LEADS',
  'DESTINATION_ACCOUNT_ENHANCED_CONVERSIONS_TERMS_NOT_SIGNED',
  'DESTINATION_ACCOUNT_DATA_POLICY_PROHIBITS_ENHANCED_CONVERSIONS',
  'TERMS_AND_CONDITIONS_NOT_SIGNED',
  'NOT_ALLOWLISTED',
  'ACCOUNT_INELIGIBLE_FOR_STORE_SALES',
]);
const TEMPORARY: ReadonlySet<string> = new Set([
  'INTERNAL',
  'INTERNAL_ERROR',
  'DEADLINE_EXCEEDED',
  'UNAVAILABLE',
  'RESOURCE_EXHAUSTED',
]);

/** One invalid event refuses the request, and is named: the others are sent again without it. */
export function readDataManagerAnswer({ status, body }: DestinationAnswer, sent: number): Reading {
  const error = at(body, 'error');
  if (error === undefined && status < 300) return readSuccess(body, sent);
  const details = records(at(error, 'details'));
  const violations = details.flatMap((detail) => records(at(detail, 'fieldViolations')));
  const codes = [at(error, 'status'), ...[...details, ...violations].map((of) => at(of, 'reason'))]
    .map(codeText)
    .filter((code) => code !== undefined);
  const among = (set: ReadonlySet<string>) => codes.find((code) => set.has(code));
  const configuration = among(CONFIGURATION);
  if (configuration !== undefined) return pause(sent, 'pause_config', configuration);
  const auth = among(AUTH);
  if (auth !== undefined) return pause(sent, 'pause_auth', auth);
  const named = namedEvents(violations, sent);
  if (named.size > 0) return settleNamed(named, sent);
  const temporary = among(TEMPORARY);
  if (temporary !== undefined) return settleAll(sent, { outcome: 'retry', code: temporary });
  const outside = violations.find((violation) => isOutsideEvents(at(violation, 'field')));
  if (outside !== undefined) {
    return pause(sent, 'pause_config', codeText(at(outside, 'reason')) ?? 'INVALID_ARGUMENT');
  }
  return codes[0] === undefined || status >= 500
    ? readStatus(status, sent)
    : splitOrDead(sent, codes.at(-1) ?? codes[0]);
}

/** Accepted; processing goes on afterwards and is asked for by the request's id. */
function readSuccess(body: DestinationAnswer['body'], sent: number): Reading {
  const requestId = at(body, 'requestId');
  return typeof requestId === 'string' && requestId !== ''
    ? settleAll(sent, { outcome: 'delivered' }, { requestId: requestId.slice(0, 190) })
    : settleAll(sent, { outcome: 'retry', code: 'NO_REQUEST_ID' });
}

function namedEvents(violations: readonly JsonRecord[], sent: number): ReadonlyMap<number, string> {
  const named = new Map<number, string>();
  for (const violation of violations) {
    const field = at(violation, 'field');
    const [, index] = /\bevents\[(\d+)\]/.exec(typeof field === 'string' ? field : '') ?? [];
    if (index === undefined || Number(index) >= sent) continue;
    named.set(Number(index), codeText(at(violation, 'reason')) ?? 'INVALID_EVENT');
  }
  return named;
}

function isOutsideEvents(field: JsonRecord[string]): boolean {
  return typeof field === 'string' && /^(?:destinations|encoding|consent|validate)/.test(field);
}

function settleNamed(named: ReadonlyMap<number, string>, sent: number): Reading {
  const perEvent = Array.from({ length: sent }, (_, index): EventOutcome => {
    const code = named.get(index);
    return code === undefined
      ? { outcome: 'retry', code: 'REFUSED_WITH_ANOTHER', isInnocent: true, isRefused: true }
      : { outcome: 'dead', code };
  });
  return { action: 'settle', destination: 'ok', perEvent };
}
