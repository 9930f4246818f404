/** An index of a materialised table. A column may carry a prefix length (`name(20)`) or be an expression. */
export interface IndexConfig {
  readonly columns: readonly string[];
  readonly unique?: boolean;
  readonly name?: string;
  /** `btree` (default), `fulltext`, `spatial`, `hash`. */
  readonly type?: string;
}

export type IncrementalStrategy = 'append' | 'delete+insert' | 'merge';
export type OnSchemaChange = 'ignore' | 'append_new_columns' | 'sync_all_columns' | 'fail';

/** A statement that runs before or after a node. */
export interface HookConfig {
  readonly sql: string;
  /** In the node's transaction where it has one; true unless written otherwise. */
  readonly transaction?: boolean;
}

export interface FreshnessThreshold {
  readonly count: number;
  readonly period: 'minute' | 'hour' | 'day';
}

/**
 * The configuration of a node after merging: defaults < project folders < properties file < the file
 * itself. Keys are dbt's, in snake case. Keys that Cortex does not know are kept (selection sees
 * them) after a warning.
 */
export interface NodeConfig {
  readonly enabled?: boolean;
  readonly materialized?: string;
  readonly alias?: string;
  /** Suffix of the target database: `<target database>_<schema>`. */
  readonly schema?: string;
  /** Database in place of the target's. */
  readonly database?: string;
  readonly tags?: readonly string[];
  readonly meta?: Readonly<Record<string, unknown>>;
  readonly group?: string;
  readonly access?: 'public' | 'protected' | 'private';
  readonly pre_hook?: readonly HookConfig[];
  readonly post_hook?: readonly HookConfig[];
  readonly full_refresh?: boolean | null;
  readonly on_error?: 'skip_children' | 'continue';
  readonly write_audit_publish?: boolean;
  readonly persist_docs?: { readonly relation?: boolean; readonly columns?: boolean };
  readonly contract?: { readonly enforced?: boolean; readonly alias_types?: boolean };
  readonly grants?: Readonly<Record<string, readonly string[]>>;
  readonly event_time?: string;
  /** How old a model may grow before `--due-only` builds it again. */
  readonly freshness?: { readonly build_after?: FreshnessThreshold } | null;
  readonly docs?: Readonly<Record<string, unknown>>;
  // incremental
  readonly unique_key?: string | readonly string[];
  readonly incremental_strategy?: IncrementalStrategy;
  readonly on_schema_change?: OnSchemaChange;
  readonly merge_update_columns?: readonly string[];
  readonly merge_exclude_columns?: readonly string[];
  readonly incremental_predicates?: readonly string[];
  /** A column of a batch that no table has: a row with a value other than 0 only deletes what has its key. */
  readonly tombstone_column?: string;
  // physical design
  readonly primary_key?: string | readonly string[];
  readonly indexes?: readonly IndexConfig[];
  readonly engine?: string;
  readonly charset?: string;
  readonly collation?: string;
  readonly row_format?: string;
  /** Text that follows PARTITION BY. */
  readonly partition_by?: string;
  readonly column_types?: Readonly<Record<string, string>>;
  // seeds
  readonly delimiter?: string;
  readonly encoding?: string;
  readonly quote_columns?: boolean;
  readonly locale?: string;
  readonly decimal?: string;
  readonly date_format?: string;
  /** Per column: `{ price: { decimal: ',' }, day: { date_format: 'DD/MM/YYYY' } }`. */
  readonly column_formats?: Readonly<
    Record<
      string,
      { readonly decimal?: string; readonly thousands?: string; readonly date_format?: string }
    >
  >;
  // data tests
  readonly severity?: string;
  readonly warn_if?: string;
  readonly error_if?: string;
  readonly fail_calc?: string;
  readonly where?: string | null;
  readonly limit?: number | null;
  readonly store_failures?: boolean | null;
  readonly store_failures_as?: 'table' | 'view' | 'ephemeral' | null;
  readonly [key: string]: unknown;
}
