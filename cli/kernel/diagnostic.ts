import type { Severity } from './code-entry.ts';
import type { Code } from './codes.ts';
import { CODES } from './codes.ts';
import type { Span } from './span.ts';

/** A marked place in a file, with what there is to say about it. */
export interface Label {
  readonly span: Span;
  readonly text?: string;
}

/** One thing that is wrong, in the user's terms; the same object feeds people and machines. */
export interface Diagnostic {
  readonly code: Code;
  readonly severity: Severity;
  /** One sentence, no full stop, literals in backticks. */
  readonly message: string;
  /** The first is the primary place. */
  readonly labels: readonly Label[];
  /** Facts that help: the server's own words, the compiled file, what was left untouched. */
  readonly notes: readonly string[];
  /** What to do. */
  readonly hint?: string;
  /** Unique id of the node the diagnostic is about. */
  readonly node?: string;
}

export interface DiagnosticDetails {
  readonly span?: Span | undefined;
  readonly label?: string | undefined;
  readonly labels?: readonly Label[] | undefined;
  readonly notes?: readonly string[] | undefined;
  readonly hint?: string | undefined;
  readonly node?: string | undefined;
  readonly severity?: Severity | undefined;
}

/** Builds a diagnostic; severity is the code's own unless given. */
export function diagnostic(
  code: Code,
  message: string,
  details: DiagnosticDetails = {},
): Diagnostic {
  const primary: Label[] =
    details.span === undefined
      ? []
      : [{ span: details.span, ...(details.label === undefined ? {} : { text: details.label }) }];
  return {
    code,
    severity: details.severity ?? CODES[code].severity,
    message,
    labels: [...primary, ...(details.labels ?? [])],
    notes: details.notes ?? [],
    ...(details.hint === undefined ? {} : { hint: details.hint }),
    ...(details.node === undefined ? {} : { node: details.node }),
  };
}
