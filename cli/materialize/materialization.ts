import type { RenderedSql } from '../kernel/rendered-sql.ts';
import type { Action } from '../events/run-event.ts';
import type { Capabilities } from '../manifest/capabilities.ts';
import type { ChangedRows } from '../manifest/changed-rows.ts';
import type { CompiledNode } from '../manifest/compiled.ts';
import type { ModelNode } from '../manifest/node.ts';
import type { CatalogRelation, Relation, RelationKind } from '../manifest/relation.ts';
import type { BuildNames } from '../sql/build-names.ts';
import type { TableColumn } from '../sql/create-table.ts';

/** One session through which a materialisation sends its statements, in order. */
export interface StatementRunner {
  execute(statement: RenderedSql | string): Promise<{ readonly affectedRows: number }>;
  query(statement: RenderedSql | string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /**
   * Sends several statements at once and answers for each; what fails first ends them, and is taken for a
   * failure of the statement that a template wrote.
   */
  sendEach(statements: readonly (RenderedSql | string)[]): Promise<
    readonly {
      readonly rows: readonly Readonly<Record<string, unknown>>[];
      readonly affectedRows: number;
    }[]
  >;
  /** Tells people what is being filled, so that progress can be read from the server. */
  filling(relation: Relation): void;
}

export interface BuildInput {
  readonly node: ModelNode;
  readonly compiled: CompiledNode;
  /** What stands under the node's own name now, or `undefined`. */
  readonly current: CatalogRelation | undefined;
  /** Names that only this node uses, for what is built beside the published relation. */
  readonly names: BuildNames;
  readonly capabilities: Capabilities;
  /** Charset and collation of new tables where the node's config says nothing. */
  readonly tableDefaults: { readonly charset: string; readonly collation: string };
  /** True when rows are to be added to what stands there (the answer of `is_incremental`). */
  readonly isIncremental: boolean;
}

/** What a materialisation leaves for testing and publishing. */
export type Built =
  /** A complete relation under the shadow name: publish by one RENAME. */
  | {
      readonly kind: 'shadow';
      readonly relationKind: RelationKind;
      readonly rows?: number;
      readonly action: Action;
      /** The columns of the new relation, where the materialisation has said their types. */
      readonly columns?: readonly TableColumn[];
    }
  /** The published table, changed inside the session's open transaction: publish by COMMIT. */
  | {
      readonly kind: 'transaction';
      readonly rows?: number;
      readonly action: Action;
      /** What changed, where all of it can be read. */
      readonly changed?: ChangedRows;
    };

/** A way to bring a model into the database. Adding one is a file and a line in `registry.ts`. */
export interface Materialization {
  readonly name: string;
  /** What the finished relation is; `undefined` for models that leave nothing (ephemeral). */
  readonly relationKind: RelationKind | undefined;
  /** Builds the new version beside (or inside a transaction on) the published one. Never commits a change to it. */
  build(input: BuildInput, runner: StatementRunner): Promise<Built>;
}
