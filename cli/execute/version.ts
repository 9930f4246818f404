import type { Action } from '../events/run-event.ts';
import type { ChangedRows } from '../manifest/changed-rows.ts';
import type { Relation, RelationKind } from '../manifest/relation.ts';

/** A new version of a node, built and not yet published. */
export interface Version {
  /**
   * `shadow`: a relation beside the published one; `transaction`: the published table, changed inside the
   * open transaction of the session that built it.
   */
  readonly kind: 'shadow' | 'transaction';
  /** Where the new version is read. */
  readonly relation: Relation;
  readonly relationKind: RelationKind;
  readonly action: Action;
  /** What an open transaction changes of the published table. */
  readonly changed?: ChangedRows | undefined;
  readonly rows?: number | undefined;
  readonly compiledSql?: string | undefined;
}
