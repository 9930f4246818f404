import type { CodeEntry } from '../code-entry.ts';
import { errorCode } from '../code-entry.ts';

/** CX10xx–CX11xx: the command line, the project file, targets and the environment. */
export const COMMAND_LINE_CODES = {
  CX1001: errorCode(
    'unknown-flag',
    'A flag or command that Cortex does not have',
    'The command line names a flag, a command or a value that Cortex does not know. `cortex --help` lists them.',
  ),
} as const satisfies Record<`CX${number}`, CodeEntry>;
