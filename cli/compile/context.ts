import type { ChangedRows } from '../manifest/changed-rows.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { NodeId } from '../manifest/node-id.ts';
import type { CatalogColumn, Relation } from '../manifest/relation.ts';
import type { BaseEnvironment } from '../template/environment.ts';

/** What compiling a node needs to know about the run. Pure data and look-ups: compiling touches no database. */
export interface CompileContext {
  readonly manifest: Manifest;
  /** What templates of the root project see. */
  readonly environment: BaseEnvironment;
  /** What templates of a package see, where packages have variables of their own. */
  environmentOf?(packageName: string): BaseEnvironment;
  /** Where a node stands for this compilation: its published name, or its shadow while it is being tested. */
  relationFor(id: NodeId): Relation;
  /** The answer of `is_incremental` for a node. */
  isIncremental(id: NodeId): boolean;
  /** `--empty`: every `ref` and `source` is a subquery without rows. */
  readonly empty: boolean;
  /** `--store-failures` for tests whose configuration says nothing. */
  readonly storeFailures?: boolean;
  /** What an incremental run changes of a node's table, where its data tests may keep to that. */
  changedRows?(id: NodeId): ChangedRows | undefined;
  /** The columns of a node's relation where the catalog is known: lets tests compare numbers by their index. */
  columnsOf?(id: NodeId): readonly CatalogColumn[] | undefined;
}
