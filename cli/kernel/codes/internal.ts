import type { CodeEntry } from '../code-entry.ts';
import { errorCode } from '../code-entry.ts';

/** CX90xx: bugs of Cortex itself. */
export const INTERNAL_CODES = {
  CX9001: errorCode(
    'internal',
    'Cortex met a bug of its own',
    'Nothing you wrote should cause this. Report the stack that was printed.',
  ),
} as const satisfies Record<`CX${number}`, CodeEntry>;
