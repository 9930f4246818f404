import type { CodeEntry } from '../code-entry.ts';
import { errorCode } from '../code-entry.ts';

/** CX75xx: conversions that are sent back to platforms. */
export const CONVERSION_CODES = {
  CX7501: errorCode(
    'no-conversion-relation',
    'The relation that conversions are sent from is not there',
    'What is sent is a relation of the target: `conversions.model`, and `conversions.identity` with the customers. Build it before sending, or mend its name. Nothing was queued or sent.',
  ),
  CX7502: errorCode(
    'conversion-columns-missing',
    'A relation of conversions lacks a column',
    'A model of conversions has at least `order_id`, `occurred_at`, `currency` and `total`, and the identity key where there is an identity relation. Nothing was queued or sent.',
  ),
  CX7503: errorCode(
    'invalid-conversion-settings',
    'A setting of conversions that cannot be used',
    'The settings under `conversions:` are checked before anything is read: an unknown key, a missing identifier or a value of the wrong form. Values of secrets are never shown.',
  ),
  CX7504: errorCode(
    'unknown-destination',
    'A conversion destination that the project does not have',
    'The names of destinations are the keys under `conversions.destinations` of the project file.',
  ),
} as const satisfies Record<`CX${number}`, CodeEntry>;
