import type { Code } from '../kernel/codes.ts';
import { CODES } from '../kernel/codes.ts';
import type { Diagnostic } from '../kernel/diagnostic.ts';
import type { Flags } from './flags.ts';

/** Raises or silences warnings as `--warn-error` and `--warn-error-options` say; errors stay errors. */
export function applyWarningPolicy(
  found: Diagnostic,
  flags: Pick<Flags, 'warnError' | 'warnErrorOptions'>,
): Diagnostic | undefined {
  if (found.severity === 'error') return found;
  const { error, warn, silence } = flags.warnErrorOptions;
  if (names(silence, found.code)) return undefined;
  const isRaised = (flags.warnError || names(error, found.code)) && !names(warn, found.code);
  return isRaised ? { ...found, severity: 'error' } : found;
}

/** A list of codes or slugs; `all` and `*` name every warning. */
function names(list: unknown, code: Code): boolean {
  const named = Array.isArray(list) ? list : [list];
  return named.some(
    (name) => name === code || name === CODES[code].slug || name === 'all' || name === '*',
  );
}
