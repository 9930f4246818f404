import type { Diagnostic } from '../kernel/diagnostic.ts';
import { LONGEST_IDENTIFIER } from '../sql/identifier.ts';
import { emptyHeader, longHeader, otherDelimiter, repeatedHeader } from './messages.ts';
import type { FilePlace } from './place.ts';

const DELIMITERS = [';', '\t', '|', ','];

/**
 * What is wrong with the first row of a file. `place` finds a name, counted from 0. `own` are names that
 * Cortex adds itself.
 */
export async function headerProblems(
  names: readonly string[],
  place: (column: number) => FilePlace | Promise<FilePlace>,
  own: readonly string[] = [],
): Promise<readonly Diagnostic[]> {
  const problems: Diagnostic[] = [];
  const seen = new Set<string>(own);
  const other =
    names.length === 1 ? DELIMITERS.find((mark) => names[0]?.includes(mark)) : undefined;
  if (other !== undefined) problems.push(otherDelimiter(await place(0), other));
  for (const [column, name] of names.entries()) {
    const key = name.toLowerCase();
    if (name === '') problems.push(emptyHeader(await place(column), column + 1));
    else if (seen.has(key)) problems.push(repeatedHeader(await place(column), name));
    else if (Array.from(name).length > LONGEST_IDENTIFIER) {
      problems.push(longHeader(await place(column), name));
    }
    seen.add(key);
  }
  return problems;
}
