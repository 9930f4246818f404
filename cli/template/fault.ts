import type { Diagnostic } from '../kernel/diagnostic.ts';

/**
 * Ends the evaluation of one statement. The statement renders as nothing, its diagnostics are kept and
 * the next statement goes on, so that one pass reports every mistake of a file.
 */
export class TemplateFault extends Error {
  override readonly name = 'TemplateFault';
  readonly diagnostics: readonly Diagnostic[];

  constructor(...diagnostics: readonly Diagnostic[]) {
    super(diagnostics[0]?.message ?? 'fault');
    this.diagnostics = diagnostics;
  }
}
