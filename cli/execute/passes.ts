import type { CompileContext } from '../compile/context.ts';
import type { ModelNode, SeedNode } from '../manifest/node.ts';
import type { PassedTests } from '../warehouse/state/passed-tests.ts';
import { passedTestsSql } from '../warehouse/state/passed-tests.ts';
import { hooksAt } from './hooks.ts';
import type { RunTools } from './run-tools.ts';
import type { StepSession } from './step-session.ts';
import type { Version } from './version.ts';

/**
 * What is known of data tests from one run to the next: a test that every row of an incremental model's table has passed
 * needs to look at what changes only.
 */
export interface Passes {
  readonly before: PassedTests;
  /** In which tests keep to what changes; `undefined` where every row is a new one. */
  readonly changedContext: CompileContext | undefined;
  /** In which a test is the same from run to run. */
  readonly publishedContext: CompileContext;
}

/** `undefined` for nodes whose rows do not stay, or may be changed by others than Cortex. */
export function passesOf(
  node: ModelNode | SeedNode,
  version: Version,
  { state, runtime }: RunTools,
): Passes | undefined {
  const isKept =
    node.config.materialized === 'incremental' &&
    node.config.write_audit_publish !== false &&
    runtime.options.publish === 'each' &&
    (['before', 'built', 'after'] as const).every((moment) => hooksAt(node, moment).length === 0);
  if (!isKept) return undefined;
  const { changed, relation } = version;
  return {
    before: state.passedTests.get(node.id) ?? new Map(),
    publishedContext: state.publishedContext(),
    changedContext:
      changed === undefined
        ? undefined
        : {
            ...state.compileContext({ id: node.id, relation }),
            changedRows: (id) => (id === node.id ? changed : undefined),
          },
  };
}

/** Notes what passed, or takes back what was noted of rows that are there no more. */
export async function notePasses(
  node: ModelNode | SeedNode,
  passes: PassedTests,
  session: StepSession,
  { state, runtime }: Pick<RunTools, 'state' | 'runtime'>,
): Promise<void> {
  if (passes.size === 0 && !state.passedTests.has(node.id)) return;
  await session.finish(passedTestsSql(runtime.database, node.id, passes));
}
