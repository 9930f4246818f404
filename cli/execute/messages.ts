import type { Diagnostic } from '../kernel/diagnostic.ts';
import { diagnostic } from '../kernel/diagnostic.ts';
import type { CortexError } from '../kernel/errors.ts';
import { cortexError } from '../kernel/errors.ts';
import { plural } from '../kernel/format.ts';
import { didYouMean } from '../kernel/suggest.ts';
import type { ManifestNode, ModelNode, TestNode } from '../manifest/node.ts';
import type { NodeId } from '../manifest/node-id.ts';
import type { Relation } from '../manifest/relation.ts';
import { MATERIALIZATION_NAMES } from '../materialize/registry.ts';
import type { Blocker } from '../warehouse/blockers.ts';
import { describeBlocker } from '../warehouse/blockers.ts';
import type { LockHolder } from '../warehouse/run-lock.ts';

/** Why publishing waits: the longest open transaction of those in the way. */
export function waitReason(published: readonly Relation[], blockers: readonly Blocker[]): string {
  const [first] = blockers;
  const name = published.length === 1 ? (published[0]?.name ?? '') : 'the published relations';
  const holder = first === undefined ? 'another session' : describeBlocker(first);
  return `${name} is read by ${holder}`;
}

/** Gives up publishing, and names who is in the way. */
export function publishBlocked(
  published: readonly Relation[],
  blockers: readonly Blocker[],
  details: { readonly cause: unknown; readonly node: NodeId | undefined },
): CortexError {
  const [first] = published;
  const subject =
    published.length === 1 && first !== undefined
      ? `\`${first.name}\` could not be published`
      : `${plural(published.length, 'relation')} could not be published`;
  return cortexError('CX4014', `${subject}: open transactions are in the way`, {
    cause: details.cause,
    node: details.node,
    notes: [...blockers.map(describeBlocker), 'what is published is as it was'],
    hint: 'let these connections commit, or end them with `KILL <id>`, and run again',
  });
}

export function unknownMaterialization(node: ModelNode): CortexError {
  const name = node.config.materialized ?? 'view';
  return cortexError(
    'CX4011',
    `\`${node.name}\` is materialized as \`${name}\`, which is unknown`,
    {
      span: node.span,
      node: node.id,
      hint:
        didYouMean(name, MATERIALIZATION_NAMES) ??
        `use ${MATERIALIZATION_NAMES.map((known) => `\`${known}\``).join(', ')}`,
    },
  );
}

export function notRunnable(node: ManifestNode): CortexError {
  return cortexError(
    'CX4011',
    `\`${node.name}\` is a ${node.resourceType}, which is not built yet`,
    {
      span: node.span,
      node: node.id,
      hint: `leave it out with \`--exclude-resource-type ${node.resourceType}\``,
    },
  );
}

export function unitTestsNotRun(count: number): Diagnostic {
  return diagnostic('CX4012', `${plural(count, 'unit test is', 'unit tests are')} not run`, {
    hint: 'leave them out with `--exclude-resource-type unit_test`',
  });
}

export function lockLost(cause: unknown): CortexError {
  return cortexError('CX4015', 'the session that held the run lock is gone', {
    cause,
    hint: 'run again',
  });
}

/** A failing data test; what was done with the relation it tested is the note. */
export function testFailed(
  test: TestNode,
  verdict: { readonly message: string; readonly severity: 'error' | 'warning' },
  notes: readonly string[],
): Diagnostic {
  return diagnostic(
    'CX6001',
    `\`${test.name}\` found rows that break its rule: ${verdict.message}`,
    {
      severity: verdict.severity,
      span: test.span,
      node: test.id,
      notes,
      hint: `\`cortex show --failures ${test.name}\` lists the rows`,
    },
  );
}

/** Whom a run waits for before it can start. */
export function holderWords({ threadId, run }: LockHolder): string {
  if (run === undefined) return `another run works on the target (connection ${threadId})`;
  return `\`${run.command}\` of ${run.user}@${run.host} (process ${run.pid}) works on the target since ${run.startedAt.slice(0, 19)} UTC`;
}

export function keepsContents(relation: Relation): string {
  return `\`${relation.name}\` keeps its previous contents`;
}
