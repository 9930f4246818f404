import { z } from 'zod';
import { complaintOf, subjectOf } from './validate.ts';

const strings = z.union([z.string(), z.array(z.string())]);
const map = z.record(z.string(), z.unknown());
const nullable = <T extends z.ZodType>(schema: T) => z.union([schema, z.null()]).optional();
const hook = z.union([
  z.string(),
  z.strictObject({ sql: z.string(), transaction: z.boolean().optional() }),
]);
const hooks = z.union([hook, z.array(hook)]).optional();
const anyCase = (...values: readonly string[]) =>
  z.string().refine((value) => values.includes(value.toLowerCase()), {
    error: `must be \`${values.join('` or `')}\``,
  });

const index = z.strictObject({
  columns: z.array(z.string()).min(1),
  unique: z.boolean().optional(),
  name: z.string().optional(),
  type: z.enum(['btree', 'fulltext', 'spatial', 'hash']).optional(),
});

/** Every configuration key that Cortex reads, for all kinds of nodes. */
const known = {
  enabled: z.boolean().optional(),
  materialized: z.string().optional(),
  alias: nullable(z.string()),
  schema: nullable(z.string()),
  database: nullable(z.string()),
  tags: strings.optional(),
  meta: map.optional(),
  docs: map.optional(),
  group: nullable(z.string()),
  access: z.enum(['public', 'protected', 'private']).optional(),
  pre_hook: hooks,
  post_hook: hooks,
  full_refresh: nullable(z.boolean()),
  on_error: z.enum(['skip_children', 'continue']).optional(),
  write_audit_publish: z.boolean().optional(),
  persist_docs: z
    .strictObject({ relation: z.boolean().optional(), columns: z.boolean().optional() })
    .optional(),
  contract: z
    .strictObject({ enforced: z.boolean().optional(), alias_types: z.boolean().optional() })
    .optional(),
  grants: z.record(z.string(), strings).optional(),
  event_time: nullable(z.string()),
  unique_key: nullable(strings),
  incremental_strategy: nullable(z.enum(['append', 'delete+insert', 'merge'])),
  on_schema_change: z.enum(['ignore', 'append_new_columns', 'sync_all_columns', 'fail']).optional(),
  merge_update_columns: nullable(strings),
  merge_exclude_columns: nullable(strings),
  incremental_predicates: nullable(z.array(z.string())),
  tombstone_column: nullable(z.string()),
  primary_key: nullable(strings),
  indexes: nullable(z.array(index)),
  engine: nullable(z.string()),
  charset: nullable(z.string()),
  collation: nullable(z.string()),
  row_format: nullable(z.string()),
  partition_by: nullable(z.string()),
  column_types: map.optional(),
  delimiter: z.string().optional(),
  encoding: z.string().optional(),
  quote_columns: z.boolean().optional(),
  locale: nullable(z.string()),
  decimal: nullable(z.string()),
  date_format: nullable(z.string()),
  column_formats: z
    .record(
      z.string(),
      z.strictObject({
        decimal: z.string().optional(),
        thousands: z.string().optional(),
        date_format: z.string().optional(),
      }),
    )
    .optional(),
  severity: anyCase('error', 'warn').optional(),
  warn_if: z.string().optional(),
  error_if: z.string().optional(),
  fail_calc: z.string().optional(),
  where: nullable(z.string()),
  limit: nullable(z.int().positive()),
  store_failures: nullable(z.boolean()),
  store_failures_as: nullable(z.enum(['table', 'view', 'ephemeral'])),
  // snapshots
  strategy: z.enum(['timestamp', 'check']).optional(),
  updated_at: nullable(z.string()),
  check_cols: nullable(strings),
  target_database: nullable(z.string()),
  target_schema: nullable(z.string()),
  hard_deletes: z.enum(['ignore', 'invalidate', 'new_record']).optional(),
  invalidate_hard_deletes: z.boolean().optional(),
  dbt_valid_to_current: nullable(z.string()),
  snapshot_meta_column_names: map.optional(),
  // microbatch
  begin: nullable(z.string()),
  batch_size: z.enum(['hour', 'day', 'month', 'year']).optional(),
  lookback: z.int().nonnegative().optional(),
  concurrent_batches: nullable(z.boolean()),
  // sources (`warn_after`, `error_after`, `filter`) and models (`build_after`)
  freshness: nullable(
    z.looseObject({
      build_after: z
        .strictObject({ count: z.int().positive(), period: z.enum(['minute', 'hour', 'day']) })
        .optional(),
    }),
  ),
  loaded_at_field: nullable(z.string()),
  loaded_at_query: nullable(z.string()),
  quoting: z.unknown().optional(),
  sql_header: nullable(z.string()),
  static_analysis: z.unknown().optional(),
  packages: z.unknown().optional(),
} as const;

const SCHEMAS: ReadonlyMap<string, z.ZodType> = new Map(Object.entries(known));

export const CONFIG_KEYS: ReadonlySet<string> = new Set(SCHEMAS.keys());

/** What is wrong with a merged configuration: keys that nothing reads, and values that are not allowed. */
export interface ConfigProblems {
  readonly unknownKeys: readonly string[];
  /** `materialized` and the sentence's rest, per value. */
  readonly invalid: readonly { readonly key: string; readonly complaint: string }[];
}

export function checkNodeConfig(config: Readonly<Record<string, unknown>>): ConfigProblems {
  const unknownKeys: string[] = [];
  const invalid: { readonly key: string; readonly complaint: string }[] = [];
  for (const [key, value] of Object.entries(config)) {
    const schema = SCHEMAS.get(key);
    if (schema === undefined) unknownKeys.push(key);
    else invalid.push(...complaintsAbout(value, schema).map((complaint) => ({ key, complaint })));
  }
  return { unknownKeys, invalid };
}

function complaintsAbout(value: unknown, schema: z.ZodType): readonly string[] {
  const result = schema.safeParse(value);
  if (result.success) return [];
  return result.error.issues.map((issue) => {
    const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
    return `${path.length === 0 ? '' : `${subjectOf(path)} `}${complaintOf(issue)}`;
  });
}
