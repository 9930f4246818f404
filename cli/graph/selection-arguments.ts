import type { Diagnostic } from '../kernel/diagnostic.ts';
import type { Outcome } from '../kernel/outcome.ts';
import { outcome } from '../kernel/outcome.ts';
import type { SourceTexts } from '../kernel/span.ts';
import type { IndirectSelection, SelectionRequest } from './selection.ts';
import { parseSelectorAtom } from './selector-atom.ts';
import type { SelectorExpression, SelectorGroup } from './selector-expression.ts';

/** What is selected when nobody says. */
const EVERYTHING = ['fqn:*', 'source:*', 'exposure:*', 'metric:*', 'semantic_model:*'];

/** `--select` minus `--exclude` as an expression: spaces unite, commas intersect and bind tighter. */
export function parseSelectionArguments(request: SelectionRequest): Outcome<SelectorExpression> {
  const mode = request.indirectSelection ?? 'eager';
  const included = request.models ?? request.select;
  const isGiven = included !== undefined && included.length > 0;
  const from = isGiven
    ? parseUnion(included, { file: '--select', mode, isExpected: true })
    : parseUnion(EVERYTHING, { file: '--select', mode, isExpected: false });
  const minus = parseUnion(request.exclude ?? [], { file: '--exclude', mode, isExpected: true });
  return outcome({ kind: 'difference', from: from.value, minus: minus.value }, [
    ...from.diagnostics,
    ...minus.diagnostics,
  ]);
}

/** The texts that positions in arguments refer to: all arguments of a flag, joined by spaces. */
export function selectionTexts(request: SelectionRequest): SourceTexts {
  return {
    text(file) {
      if (file === '--select') return (request.models ?? request.select)?.join(' ');
      return file === '--exclude' ? request.exclude?.join(' ') : undefined;
    },
  };
}

interface UnionContext {
  readonly file: string;
  readonly mode: IndirectSelection;
  /** Whether a part that matches nothing deserves a warning. */
  readonly isExpected: boolean;
}

function parseUnion(list: readonly string[], context: UnionContext): Outcome<SelectorGroup> {
  const parts: SelectorExpression[] = [];
  const diagnostics: Diagnostic[] = [];
  let start = 0;
  for (const raw of list.flatMap((argument) => argument.split(' '))) {
    const part = parseIntersection(raw, start, context);
    parts.push(part.value);
    diagnostics.push(...part.diagnostics);
    start += raw.length + 1;
  }
  return outcome({ kind: 'union', parts, indirectSelection: context.mode }, diagnostics);
}

function parseIntersection(
  raw: string,
  start: number,
  { file, mode, isExpected }: UnionContext,
): Outcome<SelectorGroup> {
  const parts: SelectorExpression[] = [];
  const diagnostics: Diagnostic[] = [];
  let offset = start;
  for (const text of raw.split(',')) {
    const { value: atom, diagnostics: found } = parseSelectorAtom(text, { file, start: offset });
    if (atom !== undefined) parts.push({ kind: 'atom', atom });
    diagnostics.push(...found);
    offset += text.length + 1;
  }
  const span = { file, start, end: start + raw.length };
  return outcome(
    {
      kind: 'intersection',
      parts,
      indirectSelection: mode,
      ...(isExpected ? { expected: { raw, span } } : {}),
    },
    diagnostics,
  );
}
