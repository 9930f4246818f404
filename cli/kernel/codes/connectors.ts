import type { CodeEntry } from '../code-entry.ts';
import { errorCode } from '../code-entry.ts';

/** CX70xx: files, seeds and connectors. */
export const CONNECTOR_CODES = {
  CX7001: errorCode(
    'file-not-found',
    'A file or pattern that matches nothing',
    'The path or pattern of a seed or of a files connector matches no file. Paths are relative to the project directory.',
  ),
} as const satisfies Record<`CX${number}`, CodeEntry>;
