import type { CodeEntry } from '../code-entry.ts';
import { errorCode } from '../code-entry.ts';

/** CX20xx: templates and macros. */
export const TEMPLATE_CODES = {
  CX2001: errorCode(
    'template-syntax',
    'A template that Handlebars cannot parse',
    'The template is not well formed at the place shown: a block that is not closed, or braces that do not match. Write `\\\\{{` for a literal pair of braces.',
  ),
} as const satisfies Record<`CX${number}`, CodeEntry>;
