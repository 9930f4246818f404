import type { ManifestNode, TestNode } from '../manifest/node.ts';
import type { NodeId } from '../manifest/node-id.ts';

export type PlanCommand = 'build' | 'run' | 'test' | 'seed';

/** What a step waits for, and what of it stands in the step's way. */
export interface Dependency {
  readonly id: NodeId;
  /**
   * `published`: the other must have succeeded, its error-severity tests included; `built`: its tests
   * do not matter; `ended`: only the order matters.
   */
  readonly needs: 'published' | 'built' | 'ended';
}

/** A data test that is part of the step of the node it decides about. */
export interface OwnedTest {
  readonly test: TestNode;
  /** Other steps whose relations the test reads: it is skipped when one of them was not built. */
  readonly needs: readonly NodeId[];
}

/** One unit of scheduling: a node that is built, with the data tests it is published by, or a test alone. */
export interface Step {
  readonly id: NodeId;
  readonly node: ManifestNode;
  /** Data tests that run against the new version of the node before it is published. */
  readonly tests: readonly OwnedTest[];
  readonly after: readonly Dependency[];
  /** Milliseconds from the start of this step to the end of the longest chain below it, as far as known. */
  readonly criticalPath: number;
}

/** What a run does: steps in an order that respects every dependency. */
export interface Plan {
  readonly command: PlanCommand;
  readonly steps: readonly Step[];
  /** How many steps build something: all but tests and exposures. */
  readonly nodes: number;
  /** How many data tests run, alone or with their node. */
  readonly tests: number;
}
