import type { Severity } from '../kernel/code-entry.ts';

/** The one row of a test's verdict query, as numbers. `failures` is `null` when `fail_calc` gave NULL. */
export interface TestVerdict {
  readonly failures: number | null;
  readonly shouldWarn: boolean;
  readonly shouldError: boolean;
}

export interface TestDecision {
  readonly status: 'pass' | 'warn' | 'fail' | 'error';
  readonly message: string;
  /** What is reported: 0 for a test that passed, whatever was counted. */
  readonly failures: number;
  readonly severity?: Severity;
}
