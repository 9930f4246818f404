import { compileTest } from '../compile/compile-test.ts';
import type { CompileContext } from '../compile/context.ts';
import type { TestDecision } from '../compile/test-status.ts';
import { decideTestStatus } from '../compile/test-status.ts';
import { sha256 } from '../kernel/hash.ts';
import type { CompiledTest } from '../manifest/compiled.ts';
import type { TestNode } from '../manifest/node.ts';
import type { Row } from '../warehouse/database.ts';
import { checked } from './build-version.ts';
import type { Passes } from './passes.ts';
import type { StepSession } from './step-session.ts';

export interface TestRun {
  readonly compiled: CompiledTest;
  readonly decision: TestDecision;
  /** Of the test, where every row that stands now has passed it and that is worth remembering. */
  readonly passed: string | undefined;
}

/**
 * Evaluates one data test through a session: on what changes only, where the same test has passed on all other rows
 * and says that it can. Errors of the template or the server are thrown. */
export async function runTest(
  test: TestNode,
  session: StepSession,
  context: CompileContext,
  options: { readonly warnError: boolean; readonly passes?: Passes | undefined },
): Promise<TestRun> {
  const { passes } = options;
  const checksum = passes && sha256(checked(compileTest(test, passes.publishedContext)).sql.text);
  const isKnown = checksum !== undefined && passes?.before.get(test.id) === checksum;
  const compiled = checked(compileTest(test, (isKnown && passes?.changedContext) || context));
  const [row] = await session.query(compiled.verdictSql);
  const verdict = verdictOf(row ?? {});
  return {
    compiled,
    decision: decideTestStatus(compiled, verdict, options),
    passed: verdict.failures === 0 ? checksum : undefined,
  };
}

function verdictOf(row: Row): Parameters<typeof decideTestStatus>[1] {
  const failures = row['failures'];
  return {
    failures: failures === null || failures === undefined ? null : Number(failures),
    shouldWarn: Number(row['should_warn']) === 1,
    shouldError: Number(row['should_error']) === 1,
  };
}
