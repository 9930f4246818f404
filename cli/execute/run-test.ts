import { compileTest } from '../compile/compile-test.ts';
import type { CompileContext } from '../compile/context.ts';
import type { TestDecision } from '../compile/test-status.ts';
import { decideTestStatus } from '../compile/test-status.ts';
import type { CompiledTest } from '../manifest/compiled.ts';
import type { TestNode } from '../manifest/node.ts';
import type { Row } from '../warehouse/database.ts';
import { checked } from './build-version.ts';
import type { StepSession } from './step-session.ts';

export interface TestRun {
  readonly compiled: CompiledTest;
  readonly decision: TestDecision;
}

/** Evaluates one data test through a session. Errors of the template or the server are thrown. */
export async function runTest(
  test: TestNode,
  session: StepSession,
  context: CompileContext,
  options: { readonly warnError?: boolean } = {},
): Promise<TestRun> {
  const compiled = checked(compileTest(test, context));
  const [row] = await session.query(compiled.verdictSql);
  return { compiled, decision: decideTestStatus(compiled, verdictOf(row ?? {}), options) };
}

function verdictOf(row: Row): Parameters<typeof decideTestStatus>[1] {
  const failures = row['failures'];
  return {
    failures: failures === null || failures === undefined ? null : Number(failures),
    shouldWarn: Number(row['should_warn']) === 1,
    shouldError: Number(row['should_error']) === 1,
  };
}
