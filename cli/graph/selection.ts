import type { Span } from '../kernel/span.ts';
import type { NodeId, ResourceType } from '../manifest/node-id.ts';
import type { SelectorDefinitions } from './selector-definition.ts';
import type { FreshnessRecord, PreviousResult, PreviousState } from './state/previous-state.ts';

/** Which tests come along with the nodes that they test. */
export type IndirectSelection = 'eager' | 'cautious' | 'buildable' | 'empty';

export const INDIRECT_SELECTIONS: readonly IndirectSelection[] = [
  'eager',
  'cautious',
  'buildable',
  'empty',
];

/** The commands that select nodes; each keeps its own resource types. */
export type SelectingCommand =
  | 'build'
  | 'run'
  | 'test'
  | 'seed'
  | 'snapshot'
  | 'compile'
  | 'show'
  | 'docs'
  | 'clone'
  | 'freshness'
  | 'ls';

/** What a selection compares with; whoever calls has read it. */
export interface ComparisonInputs {
  /** `state:` compares with this manifest. */
  readonly state?: PreviousState;
  /** `result:` looks at the results of this earlier run. */
  readonly results?: readonly PreviousResult[];
  /** `source_status:` compares these: the earlier `sources.json` and the present one. */
  readonly previousFreshness?: readonly FreshnessRecord[];
  readonly currentFreshness?: readonly FreshnessRecord[];
  /** `changed:` looks at these paths, relative to the project directory, POSIX separators. */
  readonly changedPaths?: readonly string[];
  /** Milliseconds since the Unix epoch: a model past its deprecation date may go. */
  readonly now?: number;
}

export interface SelectionRequest extends ComparisonInputs {
  readonly command: SelectingCommand;
  /** Arguments of `--select`, as typed; spaces and commas inside them count. */
  readonly select?: readonly string[];
  readonly exclude?: readonly string[];
  /** `ls --models`: as `select`, models only. */
  readonly models?: readonly string[];
  /** Name of a YAML selector. */
  readonly selector?: string;
  readonly selectors?: SelectorDefinitions;
  /** `eager` unless given; a YAML definition may override it. */
  readonly indirectSelection?: IndirectSelection;
  /** Cut the command's own types down to these. */
  readonly resourceTypes?: readonly ResourceType[];
  readonly excludeResourceTypes?: readonly ResourceType[];
}

/** How one atom brought a node. */
export interface SelectionReason {
  /** The atom as written. */
  readonly atom: string;
  /** Found by the atom itself, above it, below it, around it (`@`), or as a test of a selected node. */
  readonly how: 'match' | 'parent' | 'child' | 'around' | 'test';
  /** Where the atom stands: in an argument (file `--select`) or in a YAML file. */
  readonly span?: Span;
}

export interface Selection {
  /** Sorted by id. */
  readonly ids: ReadonlySet<NodeId>;
  /** Name of the YAML selector that was used, given or the default one. */
  readonly selector?: string;
  /** Which atoms brought a node, in the order they were written; empty for a node that is not selected. */
  explanation(id: NodeId): readonly SelectionReason[];
}
