import type { CodeEntry } from '../code-entry.ts';
import { errorCode } from '../code-entry.ts';

/** CX31xx: what is known about SQL before it is sent. */
export const SQL_CODES = {
  CX3101: errorCode(
    'sql-syntax',
    'SQL that the parser does not accept',
    'The rendered SQL is not a statement of the MySQL dialect at the place shown.',
  ),
  CX3102: errorCode(
    'several-statements',
    'A model, test or query of more than one statement',
    'A model is one query, whose rows Cortex stores. Further statements belong in the hooks `pre_hook` and `post_hook`, which run before and after it.',
  ),
} as const satisfies Record<`CX${number}`, CodeEntry>;
