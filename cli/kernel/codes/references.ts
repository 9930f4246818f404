import type { CodeEntry } from '../code-entry.ts';
import { errorCode } from '../code-entry.ts';

/** CX21xx: references between nodes, and property files. */
export const REFERENCE_CODES = {
  CX2101: errorCode(
    'unknown-ref',
    'A ref names a model that does not exist',
    'Every name given to ref must be the file name of a model, seed or snapshot of the project or of an installed package.',
  ),
} as const satisfies Record<`CX${number}`, CodeEntry>;
