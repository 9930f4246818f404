import type { CodeEntry } from '../code-entry.ts';
import { errorCode } from '../code-entry.ts';

/** CX50xx–CX51xx: connecting, and statements the database refused. */
export const DATABASE_CODES = {
  CX5001: errorCode(
    'connect-failed',
    'The database could not be reached',
    'Host, port or socket do not answer. `cortex debug` looks for the reason step by step.',
  ),
} as const satisfies Record<`CX${number}`, CodeEntry>;
