import type { NodeId, ResourceType } from '../../manifest/node-id.ts';
import type { ColumnConstraint } from '../../manifest/node.ts';

/** A column as far as two states are compared. */
export interface ComparableColumn {
  readonly name: string;
  readonly description: string;
  readonly dataType?: string;
  readonly constraints: readonly ColumnConstraint[];
}

/** What two states of one node are compared by. */
export interface ComparableNode {
  readonly id: NodeId;
  readonly name: string;
  readonly resourceType: ResourceType;
  readonly fqn: readonly string[];
  /** Text of the template, or the checksum where that is what defines the node (seeds, unit tests). */
  readonly body: string;
  readonly isGenericTest: boolean;
  readonly description: string;
  readonly unrenderedConfig: Readonly<Record<string, unknown>>;
  readonly materialized: string;
  readonly persistDocs: { readonly relation: boolean; readonly columns: boolean };
  readonly isContractEnforced: boolean;
  readonly columns: readonly ComparableColumn[];
  readonly constraints: readonly ColumnConstraint[];
  readonly access?: string;
  readonly version?: string | number;
  readonly latestVersion?: string | number;
  /** ISO 8601. */
  readonly deprecationDate?: string;
  /** What else defines sources and exposures, as one value: relation, freshness, owner, parents, … */
  readonly declaration: unknown;
}

/** An earlier manifest, as far as `state:` looks at it. */
export interface PreviousState {
  readonly nodes: ReadonlyMap<NodeId, ComparableNode>;
  /** SHA-256 of each macro's text by its id; empty where the text is not known, which is no change. */
  readonly macros: ReadonlyMap<string, string>;
}

/** One row of an earlier `run_results.json`. */
export interface PreviousResult {
  readonly id: NodeId;
  readonly status: string;
}

/** One row of a `sources.json`. */
export interface FreshnessRecord {
  readonly id: NodeId;
  /** ISO 8601; absent when the check itself failed. */
  readonly maxLoadedAt?: string;
}
