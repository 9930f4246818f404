import type { CodeEntry } from '../code-entry.ts';
import { errorCode } from '../code-entry.ts';

/** CX30xx: the graph and node selection. */
export const GRAPH_CODES = {
  CX3001: errorCode(
    'cycle',
    'Models that depend on each other in a circle',
    'The path shown leads back to its start, so no order of building exists. Break one of its references.',
  ),
} as const satisfies Record<`CX${number}`, CodeEntry>;
