import type { Code } from './codes.ts';
import type { Diagnostic, DiagnosticDetails } from './diagnostic.ts';
import { diagnostic } from './diagnostic.ts';

/** Something the user can mend. Carries everything needed to show it. */
export class CortexError extends Error {
  override readonly name = 'CortexError';
  readonly diagnostics: readonly Diagnostic[];
  /** True when the same step may succeed if it is simply done again. */
  readonly retryable: boolean;

  constructor(
    diagnostics: readonly Diagnostic[],
    options: { cause?: unknown; retryable?: boolean } = {},
  ) {
    super(
      diagnostics[0]?.message ?? 'failed',
      options.cause === undefined ? {} : { cause: options.cause },
    );
    this.diagnostics = diagnostics;
    this.retryable = options.retryable ?? false;
  }
}

/** The usual case: one diagnostic, thrown where something failed. */
export function cortexError(
  code: Code,
  message: string,
  details: DiagnosticDetails & { cause?: unknown; retryable?: boolean } = {},
): CortexError {
  return new CortexError([diagnostic(code, message, details)], details);
}

/** Ctrl-C, SIGTERM, fail-fast or a time-out asked the work to stop. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';
}
