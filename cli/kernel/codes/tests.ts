import type { CodeEntry } from '../code-entry.ts';
import { errorCode } from '../code-entry.ts';

/** CX60xx: data tests, unit tests and freshness. */
export const TEST_CODES = {
  CX6001: errorCode(
    'test-failed',
    'A data test found rows that break its rule',
    'The published relation keeps its previous contents. `cortex show --failures <test>` lists the rows.',
  ),
} as const satisfies Record<`CX${number}`, CodeEntry>;
