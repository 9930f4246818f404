import type { Span } from '../kernel/span.ts';
import type { FreshnessThreshold, NodeConfig } from './node-config.ts';
import type { NodeId } from './node-id.ts';
import type { Relation } from './relation.ts';
import type { ScriptDeclaration } from './script-declaration.ts';

export interface ColumnConstraint {
  readonly type: 'not_null' | 'unique' | 'primary_key' | 'check' | 'foreign_key' | 'custom';
  readonly name?: string;
  readonly expression?: string;
  readonly columns?: readonly string[];
  readonly to?: string;
  readonly to_columns?: readonly string[];
}

/** A column as a properties file describes it. */
export interface ColumnProperties {
  readonly name: string;
  readonly description: string;
  readonly dataType?: string;
  readonly meta: Readonly<Record<string, unknown>>;
  readonly tags: readonly string[];
  readonly constraints: readonly ColumnConstraint[];
  readonly span?: Span;
}

/** A call of `ref` as it was written. `isOptional`: found only in a branch that did not run. */
export interface RefCall {
  readonly name: string;
  readonly package?: string;
  readonly version?: string | number;
  readonly span: Span;
}

export interface SourceCall {
  readonly source: string;
  readonly table: string;
  readonly span: Span;
}

interface NodeBase {
  readonly id: NodeId;
  readonly name: string;
  readonly packageName: string;
  /** Package, folders below the resource path, name (and version): what `fqn:` selects on. */
  readonly fqn: readonly string[];
  /** The file that defines the node, relative to the project directory (for a package: inside it). */
  readonly path: string;
  /** The properties file that describes the node. */
  readonly patchPath?: string;
  /** Where the node is declared: its entry in a properties file, or the start of its own file. */
  readonly span?: Span;
  readonly description: string;
  readonly tags: readonly string[];
  readonly meta: Readonly<Record<string, unknown>>;
  readonly config: NodeConfig;
  /** The configuration as written, before templates and variables were evaluated. */
  readonly unrenderedConfig: Readonly<Record<string, unknown>>;
  /** Direct parents, in the order of their first mention, each once. */
  readonly dependsOn: readonly NodeId[];
  /** Ids of the macros that the node calls, directly and through macros. */
  readonly macros: readonly string[];
  /** SHA-256 of what defines the node's own content (file text, seed contents, declaration). */
  readonly checksum: string;
  readonly columns: readonly ColumnProperties[];
  readonly group?: string;
}

/** What nodes that stand in the database share. */
interface RelationNode extends NodeBase {
  readonly relation: Relation;
  readonly constraints: readonly ColumnConstraint[];
}

export interface ModelNode extends RelationNode {
  readonly resourceType: 'model';
  readonly language: 'sql' | 'typescript';
  /** What a model that is no SQL declares. */
  readonly script?: ScriptDeclaration;
  /** Text of the template; blank models are kept in the manifest but never run. */
  readonly rawCode: string;
  readonly refs: readonly RefCall[];
  readonly sources: readonly SourceCall[];
  readonly access: 'public' | 'protected' | 'private';
  readonly version?: string | number;
  readonly latestVersion?: string | number;
  readonly deprecationDate?: string;
}

export interface SeedNode extends RelationNode {
  readonly resourceType: 'seed';
  /** Absolute path of the CSV. */
  readonly csvPath: string;
}

export interface SnapshotNode extends RelationNode {
  readonly resourceType: 'snapshot';
  readonly rawCode: string;
  readonly refs: readonly RefCall[];
  readonly sources: readonly SourceCall[];
}

export interface Freshness {
  readonly warnAfter?: FreshnessThreshold;
  readonly errorAfter?: FreshnessThreshold;
  readonly filter?: string;
}

export interface SourceNode extends RelationNode {
  readonly resourceType: 'source';
  readonly sourceName: string;
  readonly sourceDescription: string;
  readonly loader: string;
  readonly freshness?: Freshness;
  readonly loadedAtField?: string;
  readonly loadedAtQuery?: string;
}

/** A generic test (`unique`, `relationships`, a macro) applied to a node, or a singular SQL test. */
export interface TestNode extends NodeBase {
  readonly resourceType: 'test';
  readonly kind: 'generic' | 'singular';
  /** Name of the relation for stored failures and of the compiled file. */
  readonly alias: string;
  readonly relation: Relation;
  readonly rawCode: string;
  readonly refs: readonly RefCall[];
  readonly sources: readonly SourceCall[];
  /** Generic tests: `unique`, with its namespace (package) when written. */
  readonly testName?: string;
  readonly testNamespace?: string;
  /** Arguments as written, templates inside them evaluated; `column_name` included, `model` not. */
  readonly testArguments?: Readonly<Record<string, unknown>>;
  readonly columnName?: string;
  /** The node whose declaration carries the test. */
  readonly attachedNode?: NodeId;
}

export interface UnitTestRows {
  readonly format: 'dict' | 'csv' | 'sql';
  readonly rows?: string | readonly Readonly<Record<string, unknown>>[];
  readonly fixture?: string;
}

export interface UnitTestNode extends NodeBase {
  readonly resourceType: 'unit_test';
  readonly model: string;
  readonly given: readonly (UnitTestRows & { readonly input: string })[];
  readonly expect: UnitTestRows;
  readonly overrides: {
    readonly macros?: Readonly<Record<string, unknown>>;
    readonly vars?: Readonly<Record<string, unknown>>;
    readonly envVars?: Readonly<Record<string, unknown>>;
  };
}

/** The type of exposures that stand for destinations of `cortex convert`. */
export const CONVERSION = 'conversion';

export interface ExposureNode extends NodeBase {
  readonly resourceType: 'exposure';
  readonly exposureType: string;
  readonly label?: string;
  readonly url?: string;
  readonly maturity?: string;
  readonly owner: { readonly name?: string; readonly email?: string };
}

/** A hook of the project (`on-run-start`, `on-run-end`). */
export interface OperationNode extends NodeBase {
  readonly resourceType: 'operation';
  readonly when: 'on-run-start' | 'on-run-end';
  readonly index: number;
  readonly rawCode: string;
}

/** Kinds that can be selected but that Cortex does not run. */
interface OtherNode extends NodeBase {
  readonly resourceType: 'analysis' | 'metric' | 'semantic_model' | 'saved_query' | 'function';
}

export type ManifestNode =
  | ModelNode
  | SeedNode
  | SnapshotNode
  | SourceNode
  | TestNode
  | UnitTestNode
  | ExposureNode
  | OperationNode
  | OtherNode;
