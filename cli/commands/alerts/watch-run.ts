import type { RunEvent } from '../../events/run-event.ts';
import type { Diagnostic } from '../../kernel/diagnostic.ts';
import { sha256 } from '../../kernel/hash.ts';
import type { SourceTexts } from '../../kernel/span.ts';
import { positionAt } from '../../kernel/span.ts';
import type { Reporter } from '../../report/reporter.ts';
import type { Observation } from './observation.ts';

type Ended = Extract<RunEvent, { type: 'nodeFinished' | 'testFinished' }>;

const BAD: ReadonlySet<string> = new Set(['error', 'fail']);
const GOOD: ReadonlySet<string> = new Set(['success', 'partial', 'no-op', 'pass', 'warn']);

/** Reads how nodes, tests and streams of a run end; those that were skipped or cancelled say nothing. */
export function runWatcher(texts: SourceTexts): Reporter & {
  observations(): readonly Observation[];
} {
  const ended: Ended[] = [];
  const errors = new Map<string, Diagnostic>();
  return {
    report(event) {
      if (event.type === 'nodeFinished' || event.type === 'testFinished') ended.push(event);
      if (event.type !== 'diagnostic') return;
      const { node, severity } = event.diagnostic;
      if (node !== undefined && severity === 'error' && !errors.has(node)) {
        errors.set(node, event.diagnostic);
      }
    },
    close() {},
    observations: () =>
      ended
        .filter(({ result: { status } }) => BAD.has(status) || GOOD.has(status))
        .map((event) => observationOf(event, errors.get(event.node.id), texts)),
  };
}

function observationOf(
  { node, result }: Ended,
  error: Diagnostic | undefined,
  texts: SourceTexts,
): Observation {
  const isBad = BAD.has(result.status);
  const failures = result.failures === undefined ? '' : `, ${result.failures} rows`;
  const what =
    error === undefined ? `${result.status}${failures}` : `${error.code} ${error.message}`;
  const place = error === undefined ? '' : placeOf(error, texts);
  return {
    key: node.id,
    isBad,
    fingerprint: sha256(`${result.status} ${error?.code ?? ''}`).slice(0, 16),
    line: isBad ? `${node.name}: ${what}${place}` : node.name,
  };
}

function placeOf({ labels }: Diagnostic, texts: SourceTexts): string {
  const span = labels[0]?.span;
  if (span === undefined) return '';
  const text = texts.text(span.file);
  return text === undefined
    ? ` (${span.file})`
    : ` (${span.file}:${positionAt(text, span.start).line})`;
}
