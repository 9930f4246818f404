import type { EmitEvent } from '../events/run-event.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Diagnostic } from '../kernel/diagnostic.ts';
import type { Graph } from '../graph/graph.ts';
import type { NodeId } from '../manifest/node-id.ts';
import type { NodeResult } from '../manifest/run-result.ts';
import type { ScriptModel } from '../project/script-models/load-script-models.ts';
import type { BaseEnvironment } from '../template/environment.ts';
import type { Database } from '../warehouse/database.ts';

export interface ExecuteOptions {
  readonly threads: number;
  readonly failFast: boolean;
  readonly fullRefresh: boolean;
  /** `--empty`: every ref and source is a subquery without rows. */
  readonly empty: boolean;
  /** `--store-failures` for tests whose configuration says nothing. */
  readonly storeFailures: boolean;
  /** A test that warns fails. */
  readonly warnError?: boolean;
  /** `each` publishes a node as soon as it passed; `all` everything at once, at the end, or nothing. */
  readonly publish: 'each' | 'all';
  /** Wait for another run on the same target to end in place of being refused. */
  readonly wait: boolean;
  /** Milliseconds that publishing a relation may wait for readers in its way; 60,000 is usual. */
  readonly publishWaitMs: number;
}

/** What a run needs beside its plan. */
export interface Runtime {
  readonly database: Database;
  readonly graph: Graph;
  readonly environment: BaseEnvironment;
  /** What templates of a package see, where packages have variables of their own. */
  readonly environmentOf?: (packageName: string) => BaseEnvironment;
  /** TypeScript models by the path of their file. */
  readonly scriptModels?: ReadonlyMap<string, ScriptModel>;
  /** Charset and collation of new tables; utf8mb4 and utf8mb4_unicode_ci unless given. */
  readonly tableDefaults?: { readonly charset: string; readonly collation: string };
  readonly clock: Clock;
  readonly emit: EmitEvent;
  /** Aborts when somebody asks the run to stop. */
  readonly signal: AbortSignal;
  readonly options: ExecuteOptions;
  /** The command line, shown to another run that has to wait. */
  readonly commandLine: string;
  /** Nodes that are not built since something outside of the plan failed, each with what is to blame. */
  readonly blocked?: ReadonlyMap<NodeId, NodeId>;
  /** Told the compiled SQL of every model and test, before it is sent. */
  readonly onCompiled?: (id: NodeId, sql: string) => void;
  /** Told every statement of a step before it is sent, without Cortex's comment. */
  readonly onStatement?: (statement: { readonly node: NodeId; readonly sql: string }) => void;
}

/** How a run ended. The results are in the order in which they were reported. */
export interface RunOutcome {
  readonly status: 'success' | 'failed' | 'cancelled';
  readonly exitCode: 0 | 1 | 130;
  readonly results: readonly NodeResult[];
  readonly diagnostics: readonly Diagnostic[];
}
