import type { RenderedSql } from '../kernel/rendered-sql.ts';
import type { NodeId } from './node-id.ts';
import type { Relation } from './relation.ts';

/** A model, snapshot, test or operation whose template is evaluated and whose ephemeral parents are inlined. */
export interface CompiledNode {
  readonly id: NodeId;
  /** The SQL that would be sent, with the origin of every character. */
  readonly sql: RenderedSql;
  /** Ids of ephemeral models that were inlined, in the order of their CTEs. */
  readonly inlined: readonly NodeId[];
}

/** A data test, ready to run. */
export interface CompiledTest extends CompiledNode {
  /** Selects the failing rows (with `limit` and `where` applied). */
  readonly sql: RenderedSql;
  /** Selects one row: `failures`, `should_warn`, `should_error` (0 or 1). */
  readonly verdictSql: RenderedSql;
  readonly severity: 'error' | 'warn';
  readonly warnIf: string;
  readonly errorIf: string;
  /** Where failing rows go when they are to be kept. */
  readonly storeFailures?: { readonly relation: Relation; readonly as: 'table' | 'view' };
}
