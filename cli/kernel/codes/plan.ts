import type { CodeEntry } from '../code-entry.ts';
import { errorCode } from '../code-entry.ts';

/** CX40xx: what the plan refuses to do. */
export const PLAN_CODES = {
  CX4010: errorCode(
    'unsupported-on-server',
    'The target server cannot do what a node asks for',
    'The server lacks a feature that the configuration of the node needs. The message names the feature and the way round it.',
  ),
} as const satisfies Record<`CX${number}`, CodeEntry>;
