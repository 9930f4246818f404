import type { NodeId } from '../manifest/node-id.ts';
import type { NodeResult } from '../manifest/run-result.ts';
import type { Step } from '../plan/plan.ts';
import type { Connection } from '../warehouse/database.ts';
import type { OldVersions } from '../warehouse/old-versions.ts';
import type { PublishOptions } from './publish.ts';
import type { Progress } from './progress.ts';
import type { NodeFinding, Reporting } from './reporting.ts';
import type { RunState } from './run-state.ts';
import type { Runtime } from './runtime.ts';
import type { SessionPool } from './session-pool.ts';
import { StepSession } from './step-session.ts';
import type { ViewLater } from './store-failures.ts';
import type { Version } from './version.ts';

/** A step that passed and waits for all to be published together. */
export interface AwaitingStep {
  readonly step: Step;
  readonly version: Version;
  readonly result: NodeResult;
  readonly finding: Pick<NodeFinding, 'action' | 'tests'>;
  readonly viewsLater: readonly ViewLater[];
}

/** What the steps of a run share. */
export interface RunTools {
  readonly runtime: Runtime;
  readonly state: RunState;
  readonly sessions: SessionPool;
  readonly oldVersions: OldVersions;
  readonly reporting: Reporting;
  /** Aborts on Ctrl-C, on the first failure with `--fail-fast`, and when the run lock is lost. */
  readonly signal: AbortSignal;
  readonly awaiting: AwaitingStep[];
}

/** A session for the statements of one node, over the connection of its worker. */
export function stepSession(
  tools: RunTools,
  node: NodeId,
  connection: Connection,
  progress?: Progress,
): StepSession {
  return new StepSession(connection, {
    node,
    signal: tools.signal,
    onStatement: (sql) => tools.runtime.onStatement?.({ node, sql }),
    onFilling: (relation) => progress?.watch(relation),
  });
}

/** How relations are published for a node, or for all of them together. */
export function publishOptions(tools: RunTools, node: NodeId | undefined): PublishOptions {
  const { runtime, sessions, oldVersions, reporting, signal } = tools;
  return {
    database: runtime.database,
    sessions: sessions.swaps,
    oldVersions,
    clock: runtime.clock,
    signal,
    budgetMs: runtime.options.publishWaitMs,
    node,
    onStatement: (sql) => runtime.onStatement?.({ node: node ?? '', sql }),
    onWait: (reason) => reporting.waiting(node, reason),
  };
}
