import type { Code } from '../kernel/codes.ts';
import { CODES } from '../kernel/codes.ts';
import type { Diagnostic } from '../kernel/diagnostic.ts';
import type { Flags } from './flags.ts';
import { flagsExclude, unknownWarning, unknownWarningLevel } from './messages.ts';

type WarningFlags = Pick<Flags, 'warnError' | 'warnErrorOptions'>;

const LEVELS = ['error', 'warn', 'silence'];
const EVERY_WARNING = ['all', '*'];

/** What is wrong with the levels that were asked for: unknown names, or two flags that contradict. */
export function warningPolicyProblems({
  warnError,
  warnErrorOptions,
}: WarningFlags): readonly Diagnostic[] {
  const asked = Object.entries(warnErrorOptions);
  const known = [
    ...EVERY_WARNING,
    ...Object.entries(CODES).flatMap(([code, { slug }]) => [code, slug]),
  ];
  return [
    ...(warnError && asked.length > 0
      ? [flagsExclude('--warn-error', '--warn-error-options')]
      : []),
    ...asked
      .filter(([level]) => !LEVELS.includes(level))
      .map(([level]) => unknownWarningLevel(level, LEVELS)),
    ...asked
      .flatMap(([, list]) => listOfNames(list))
      .filter((name) => !known.includes(name))
      .map((name) => unknownWarning(name, known)),
  ];
}

/** Raises or silences warnings as `--warn-error` and `--warn-error-options` say; errors stay errors. */
export function applyWarningPolicy(found: Diagnostic, flags: WarningFlags): Diagnostic | undefined {
  if (found.severity === 'error') return found;
  const { error, warn, silence } = flags.warnErrorOptions;
  if (names(silence, found.code)) return undefined;
  const isRaised = (flags.warnError || names(error, found.code)) && !names(warn, found.code);
  return isRaised ? { ...found, severity: 'error' } : found;
}

/** A list of codes or slugs; `all` and `*` name every warning. */
function names(list: unknown, code: Code): boolean {
  const known = [code, CODES[code].slug, ...EVERY_WARNING];
  return listOfNames(list).some((name) => known.includes(name));
}

function listOfNames(list: unknown): readonly string[] {
  return (Array.isArray(list) ? list : [list]).filter((name) => name != null).map(String);
}
