import type { CompiledTest } from '../manifest/compiled.ts';

/** What of a test's configuration decides. */
export type TestThresholds = Pick<CompiledTest, 'severity' | 'warnIf' | 'errorIf'>;

/** The one row of a test's verdict query. `failures` is `null` when `fail_calc` gave NULL. */
export interface TestVerdict {
  readonly failures: number | null;
  readonly shouldWarn: boolean;
  readonly shouldError: boolean;
}

export interface TestDecision {
  readonly status: 'pass' | 'warn' | 'fail' | 'error';
  /** Empty for a test that passed. */
  readonly message: string;
  /** What is reported: 0 for a test that passed, whatever was counted. */
  readonly failures: number;
}

/**
 * What a verdict means. Severity error looks at `error_if`, then at `warn_if`; severity warn only at
 * `warn_if`. With `warnError`, a warning fails the test.
 */
export function decideTestStatus(
  test: TestThresholds,
  verdict: TestVerdict,
  options: { readonly warnError?: boolean } = {},
): TestDecision {
  const { failures } = verdict;
  if (failures === null) {
    const message = 'the test returned null in place of a number of failures';
    return { status: 'error', message, failures: 0 };
  }
  const found = `Got ${failures} ${failures === 1 ? 'result' : 'results'}`;
  if (test.severity === 'error' && verdict.shouldError) {
    return { status: 'fail', message: `${found}, configured to fail if ${test.errorIf}`, failures };
  }
  if (!verdict.shouldWarn) return { status: 'pass', message: '', failures: 0 };
  return options.warnError === true
    ? { status: 'fail', message: `${found}, configured to fail if ${test.warnIf}`, failures }
    : { status: 'warn', message: `${found}, configured to warn if ${test.warnIf}`, failures };
}
