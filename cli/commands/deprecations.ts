import type { Diagnostic } from '../kernel/diagnostic.ts';
import { plural } from '../kernel/format.ts';

/** Commands that look at the whole project. Others say nothing about models that are on their way out. */
const TELLING: ReadonlySet<string> = new Set(['parse', 'build', 'compile', 'ls']);

/** Keeps one of the refs to each deprecated model, which says how many more there are. */
export function deprecationsOnce(
  diagnostics: readonly Diagnostic[],
  command: string,
): readonly Diagnostic[] {
  const counts = new Map<string, number>();
  for (const { code, message } of diagnostics)
    if (code === 'CX2106') counts.set(message, (counts.get(message) ?? 0) + 1);
  return diagnostics.flatMap((found) => {
    if (found.code !== 'CX2106') return [found];
    const count = counts.get(found.message);
    counts.delete(found.message);
    return count === undefined || !TELLING.has(command) ? [] : [withMore(found, count - 1)];
  });
}

function withMore(found: Diagnostic, more: number): Diagnostic {
  if (more === 0) return found;
  return { ...found, notes: [...found.notes, `${plural(more, 'more ref')} to it`] };
}
