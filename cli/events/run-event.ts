import type { Diagnostic } from '../kernel/diagnostic.ts';
import type { NodeId, ResourceType } from '../manifest/node-id.ts';
import type { NodeResult } from '../manifest/run-result.ts';

/** What was done to the database, for people: the verb of a line. */
export type Action =
  | 'created'
  | 'rebuilt'
  | 'replaced'
  | 'merged'
  | 'appended'
  | 'loaded'
  | 'synced'
  | 'unchanged'
  | 'executed'
  | 'none';

export interface NodeDescription {
  readonly id: NodeId;
  readonly resourceType: ResourceType;
  readonly name: string;
  /** `view`, `table`, `incremental`, `seed`, `test`, `source`, `stream`. */
  readonly kind: string;
  /** `database.name`, when the node stands in the database. */
  readonly relation?: string;
  /** For tests: the node whose block the test belongs to. */
  readonly of?: NodeId;
  /** For generic tests: what they look at (`fct_orders.customer_id`) and the rule (`relationships`). */
  readonly subject?: string;
  readonly rule?: string;
}

/** Where the reading of a stream is. */
export interface SyncProgress {
  /** From 1; 0 before the first. */
  readonly window: number;
  readonly windows: number;
  readonly from?: string;
  readonly to?: string;
  readonly pages: number;
  readonly rowsPerSecond: number;
  /** What the platform last said about its limit: `38 of 40 left`. */
  readonly limit?: string;
}

export interface StatusCounts {
  readonly [status: string]: number;
}

/** Everything that happens in a run, in order. Printers, `--json`, JUnit and artifacts read only these. */
export type RunEvent =
  | {
      readonly type: 'runStarted';
      readonly command: string;
      readonly cortex: string;
      readonly target: string;
      readonly server: string;
      readonly threads: number;
      readonly select: readonly string[];
      readonly nodes: number;
      readonly tests: number;
      /** Characters of the longest name among the selected nodes, for the columns of a printer. */
      readonly widestName?: number;
    }
  | {
      readonly type: 'phaseFinished';
      readonly phase: string;
      readonly ms: number;
      readonly detail: string;
    }
  | { readonly type: 'nodeStarted'; readonly node: NodeDescription }
  | {
      readonly type: 'nodeProgress';
      readonly node: NodeId;
      /** What it does now; empty where `sync` says it all. */
      readonly detail: string;
      readonly rows?: number;
      readonly expectedRows?: number;
      /** Of a stream: what is being read, and what the platform says about its limit. */
      readonly sync?: SyncProgress;
    }
  /** The node's tests have ended and it is published (or not): `tests` counts those that ran for it. */
  | {
      readonly type: 'nodeFinished';
      readonly node: NodeDescription;
      readonly result: NodeResult;
      readonly action: Action;
      readonly index: number;
      readonly total: number;
      readonly tests: { readonly passed: number; readonly run: number };
      /** For skipped nodes: the node that is to blame. */
      readonly because?: NodeId;
    }
  | { readonly type: 'testFinished'; readonly node: NodeDescription; readonly result: NodeResult }
  /** Something waits, and why: a lock, a retry, another run. */
  | {
      readonly type: 'waiting';
      readonly node?: NodeId;
      readonly reason: string;
      /** How long, where it is known; people are not told of less than a second. */
      readonly ms?: number;
    }
  | { readonly type: 'diagnostic'; readonly diagnostic: Diagnostic }
  | {
      readonly type: 'runFinished';
      /** `partial`: limits of platforms are used up; what was read is kept. */
      readonly status: 'success' | 'partial' | 'failed' | 'cancelled';
      readonly exitCode: number;
      readonly ms: number;
      readonly nodes: StatusCounts;
      /** `nodes` by resource type, where they are of several. */
      readonly kinds?: Readonly<Record<string, StatusCounts>>;
      readonly tests: StatusCounts;
      /** How many nodes a retry would run again. */
      readonly left: number;
    };

export type EmitEvent = (event: RunEvent) => void;
