import { compileNode } from '../compile/compile-node.ts';
import { CancelledError } from '../kernel/errors.ts';
import { concatSql } from '../kernel/rendered-sql.ts';
import type { ModelNode, SeedNode } from '../manifest/node.ts';
import { relationSql } from '../sql/identifier.ts';
import { DatabaseError } from '../warehouse/database-error.ts';
import { checked } from './build-version.ts';
import { swapOf } from './build-step.ts';
import { describeFailure } from './failure.ts';
import { grantStatements } from './grants.ts';
import { runHooks } from './hooks.ts';
import { publish } from './publish.ts';
import type { AwaitingStep, RunTools } from './run-tools.ts';
import { publishOptions, stepSession } from './run-tools.ts';
import { dropSql } from '../warehouse/swap.ts';

/**
 * The end of a run that publishes everything at once: one RENAME when every step was good, else nothing
 * of it. Views were built and tested over the new versions of their parents, whose names go away with
 * the RENAME, so their definitions are written anew over the published names first. A view that cannot
 * be (a column that only the new parent has, a parent that did not exist) is replaced right after.
 */
export async function publishTogether(tools: RunTools, isGood: boolean): Promise<void> {
  const { awaiting } = tools;
  if (awaiting.length === 0) return;
  if (!isGood) {
    await takeBack(tools, 'skipped', 'built and tested, not published: another node failed');
    return;
  }
  try {
    const late = await rewriteViews(tools);
    const swaps = awaiting
      .filter((step) => !late.includes(step))
      .map((step) => swapOf(builtNode(step), step.version, tools));
    if (swaps.length > 0) await publish(swaps, publishOptions(tools, undefined));
    for (const step of late) await replaceView(step, tools);
    for (const step of awaiting) await finish(step, tools);
  } catch (error) {
    const isCancelled = error instanceof CancelledError;
    if (!isCancelled) {
      const [first] = awaiting;
      if (first !== undefined) {
        tools.reporting.problems(describeFailure(error, first.step.node, undefined));
      }
    }
    await takeBack(tools, isCancelled ? 'cancelled' : 'error', 'built and tested, not published');
  }
}

/** Definitions over published names for the new views; answers with the views that have to wait. */
async function rewriteViews(tools: RunTools): Promise<readonly AwaitingStep[]> {
  const late: AwaitingStep[] = [];
  const changed = new Set(tools.awaiting.map(({ step }) => step.id));
  for (const awaiting of tools.awaiting) {
    const { version, step } = awaiting;
    if (version.relationKind !== 'view') continue;
    if (!tools.runtime.graph.parents(step.id).some((parent) => changed.has(parent))) continue;
    try {
      await defineView(awaiting, version.relation, tools);
    } catch (error) {
      if (!(error instanceof DatabaseError) || error.kind !== 'statement') throw error;
      late.push(awaiting);
    }
  }
  return late;
}

async function replaceView(awaiting: AwaitingStep, tools: RunTools): Promise<void> {
  const { version } = awaiting;
  const node = builtNode(awaiting);
  const standing = tools.state.standing(node.relation);
  if (standing === undefined || standing.kind === 'view') {
    await defineView(awaiting, node.relation, tools);
    await (await sessionFor(awaiting, tools)).finish(dropSql([version.relation], 'view'));
    return;
  }
  await defineView(awaiting, version.relation, tools);
  await publish([swapOf(node, version, tools)], publishOptions(tools, node.id));
}

async function defineView(
  awaiting: AwaitingStep,
  name: AwaitingStep['version']['relation'],
  tools: RunTools,
): Promise<void> {
  const node = builtNode(awaiting);
  if (node.resourceType !== 'model') return;
  const compiled = checked(compileNode(node, tools.state.publishedContext()));
  const session = await sessionFor(awaiting, tools);
  await session.execute(
    concatSql(`create or replace view ${relationSql(name)} as\n`, compiled.sql),
  );
}

async function finish(awaiting: AwaitingStep, tools: RunTools): Promise<void> {
  const { step, result, finding } = awaiting;
  const node = builtNode(awaiting);
  const session = await sessionFor(awaiting, tools);
  for (const grant of grantStatements(node)) await session.execute(grant);
  const context = tools.state.publishedContext();
  for (const view of awaiting.viewsLater) await view(context);
  await runHooks(node, 'after', session, context);
  tools.reporting.nodeFinished(step.node, result, finding);
}

/** Drops what was built and reports it as not published. */
async function takeBack(
  tools: RunTools,
  status: 'skipped' | 'cancelled' | 'error',
  message: string,
): Promise<void> {
  for (const awaiting of tools.awaiting.toReversed()) {
    const { step, version, result, finding } = awaiting;
    const session = await sessionFor(awaiting, tools);
    await session.finish(dropSql([version.relation], version.relationKind)).catch(() => undefined);
    tools.reporting.nodeFinished(
      step.node,
      { ...result, status, message },
      { ...finding, action: 'none' },
    );
  }
}

async function sessionFor({ step }: AwaitingStep, tools: RunTools) {
  return stepSession(tools, step.id, await tools.sessions.forWorker(0));
}

function builtNode({ step }: AwaitingStep): ModelNode | SeedNode {
  return step.node as ModelNode | SeedNode;
}
