import type { CompileContext } from '../compile/context.ts';
import type { ManifestNode } from '../manifest/node.ts';
import type { NodeId } from '../manifest/node-id.ts';
import type {
  CatalogColumn,
  CatalogRelation,
  CatalogSnapshot,
  Relation,
} from '../manifest/relation.ts';
import { relationKey } from '../manifest/relation.ts';
import type { TableColumn } from '../sql/create-table.ts';
import type { PassedTests } from '../warehouse/state/passed-tests.ts';
import type { NodeHistory, StateStore } from '../warehouse/state/state-store.ts';
import type { Runtime } from './runtime.ts';

/** What a run knows of the database: how it stood at the start, and what the run has put there since. */
export class RunState {
  readonly store: StateStore;
  readonly history: ReadonlyMap<NodeId, NodeHistory>;
  /** By node, the data tests that every row of its table passed when the run began. */
  readonly passedTests: ReadonlyMap<NodeId, PassedTests>;
  readonly #runtime: Runtime;
  readonly #catalog: CatalogSnapshot;
  readonly #kept: Set<string>;
  /** New versions that passed and wait for all to be published together. */
  readonly #awaiting = new Map<NodeId, Relation>();
  /** Columns of what this run has built; `undefined` where nobody said their types. */
  readonly #columns = new Map<NodeId, readonly CatalogColumn[] | undefined>();

  constructor(
    runtime: Runtime,
    facts: {
      readonly store: StateStore;
      readonly history: ReadonlyMap<NodeId, NodeHistory>;
      readonly passedTests: ReadonlyMap<NodeId, PassedTests>;
      readonly catalog: CatalogSnapshot;
      readonly kept: readonly Relation[];
    },
  ) {
    this.#runtime = runtime;
    this.store = facts.store;
    this.history = facts.history;
    this.passedTests = facts.passedTests;
    this.#catalog = facts.catalog;
    this.#kept = new Set(facts.kept.map(relationKey));
  }

  /** What stood under a name when the run began. */
  standing(relation: Relation): CatalogRelation | undefined {
    return this.#catalog.get(relationKey(relation));
  }

  wasKept(relation: Relation): boolean {
    return this.#kept.has(relationKey(relation));
  }

  /** Notes the columns of a new version: those that stood there before no longer count. */
  columnsAre(id: NodeId, columns: readonly TableColumn[] | undefined): void {
    const described = columns?.map((column) => ({ ...column, comment: column.comment ?? '' }));
    this.#columns.set(id, described);
  }

  awaitsPublishing(id: NodeId, relation: Relation): void {
    this.#awaiting.set(id, relation);
  }

  /** The context in which templates are evaluated; `seen` is where one node stands for this text. */
  compileContext(seen?: { readonly id: NodeId; readonly relation: Relation }): CompileContext {
    return this.#context((id) => (id === seen?.id ? seen.relation : this.#awaiting.get(id)));
  }

  /** As `compileContext`, with every node under its published name. */
  publishedContext(): CompileContext {
    return this.#context(() => undefined);
  }

  #context(otherThanPublished: (id: NodeId) => Relation | undefined): CompileContext {
    const { graph, environment, environmentOf, options } = this.#runtime;
    return {
      manifest: graph.manifest,
      environment,
      ...(environmentOf === undefined ? {} : { environmentOf }),
      relationFor: (id) =>
        otherThanPublished(id) ?? publishedRelation(graph.manifest.nodes.get(id)),
      isIncremental: (id) => this.isIncremental(graph.manifest.nodes.get(id)),
      columnsOf: (id) => this.#columnsOf(graph.manifest.nodes.get(id)),
      empty: options.empty,
      storeFailures: options.storeFailures,
    };
  }

  /** Those of tables only: a view takes its types from parents that may have changed since. */
  #columnsOf(node: ManifestNode | undefined): readonly CatalogColumn[] | undefined {
    if (node === undefined || this.#columns.has(node.id)) return this.#columns.get(node?.id ?? '');
    const standing = this.standing(publishedRelation(node));
    return standing?.kind === 'table' ? standing.columns : undefined;
  }

  /** True when rows are added to a table that stands there, in place of building it anew. */
  isIncremental(node: ManifestNode | undefined): boolean {
    if (node?.resourceType !== 'model' || node.config.materialized !== 'incremental') return false;
    const isRefreshed = node.config.full_refresh ?? this.#runtime.options.fullRefresh;
    return !isRefreshed && this.standing(node.relation)?.kind === 'table';
  }
}

function publishedRelation(node: ManifestNode | undefined): Relation {
  if (node !== undefined && 'relation' in node) return node.relation;
  return { database: '', name: node?.name ?? '' };
}
