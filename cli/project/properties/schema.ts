import { z } from 'zod';

const strings = z.union([z.string(), z.array(z.string())]);
const meta = z.record(z.string(), z.unknown());
const config = z.record(z.string(), z.unknown());
const description = z.union([z.string(), z.null()]).optional();
const version = z.union([z.string(), z.number()]);
/** A value that may be written as a template. */
const flag = z.union([z.boolean(), z.string()]);

const constraint = z.strictObject({
  type: z.enum(['not_null', 'unique', 'primary_key', 'check', 'foreign_key', 'custom']),
  name: z.string().optional(),
  expression: z.string().optional(),
  columns: z.array(z.string()).optional(),
  to: z.string().optional(),
  to_columns: z.array(z.string()).optional(),
  warn_unenforced: z.boolean().optional(),
  warn_unsupported: z.boolean().optional(),
});

/** A test is a name, or a map of one name to its arguments. Its inside is read by `read-tests.ts`. */
const tests = z
  .union([z.array(z.union([z.string(), z.record(z.string(), z.unknown())])), z.null()])
  .optional();

const column = z.strictObject({
  name: z.string(),
  description,
  data_type: z.union([z.string(), z.null()]).optional(),
  meta: meta.optional(),
  tags: strings.optional(),
  constraints: z.array(constraint).optional(),
  data_tests: tests,
  tests,
  config: config.optional(),
  quote: z.boolean().optional(),
  granularity: z.string().optional(),
});

const columns = z.union([z.array(column), z.null()]).optional();

const docs = z.looseObject({ show: z.boolean().optional(), node_color: z.string().optional() });

/** What models, seeds and snapshots share. */
const described = {
  name: z.string(),
  description,
  config: config.optional(),
  columns,
  data_tests: tests,
  tests,
  meta: meta.optional(),
  tags: strings.optional(),
  docs: docs.optional(),
  group: z.string().optional(),
  quoting: z.unknown().optional(),
};

const versionColumn = z.union([
  column,
  z.strictObject({
    include: z.union([z.string(), z.array(z.string())]),
    exclude: strings.optional(),
  }),
]);

const modelVersion = z.strictObject({
  v: version,
  defined_in: z.string().optional(),
  description,
  config: config.optional(),
  columns: z.array(versionColumn).optional(),
  data_tests: tests,
  tests,
  constraints: z.array(constraint).optional(),
  deprecation_date: z.string().optional(),
  access: z.enum(['public', 'protected', 'private']).optional(),
  meta: meta.optional(),
  docs: docs.optional(),
});

const model = z.strictObject({
  ...described,
  access: z.enum(['public', 'protected', 'private']).optional(),
  constraints: z.array(constraint).optional(),
  latest_version: version.optional(),
  deprecation_date: z.string().optional(),
  versions: z.array(modelVersion).optional(),
  freshness: z.unknown().optional(),
  time_spine: z.unknown().optional(),
});

const seed = z.strictObject(described);

const snapshot = z.strictObject({ ...described, relation: z.string().optional() });

const threshold = z
  .union([
    z.strictObject({
      count: z.union([z.int(), z.string()]),
      period: z.union([z.enum(['minute', 'hour', 'day']), z.string()]),
    }),
    z.null(),
  ])
  .optional();

const freshness = z
  .union([
    z.strictObject({
      warn_after: threshold,
      error_after: threshold,
      filter: z.union([z.string(), z.null()]).optional(),
    }),
    z.null(),
  ])
  .optional();

const loaded = {
  freshness,
  loaded_at_field: z.union([z.string(), z.null()]).optional(),
  loaded_at_query: z.union([z.string(), z.null()]).optional(),
};

const sourceTable = z.strictObject({
  name: z.string(),
  description,
  identifier: z.string().optional(),
  loader: z.string().optional(),
  columns,
  data_tests: tests,
  tests,
  meta: meta.optional(),
  tags: strings.optional(),
  config: config.optional(),
  constraints: z.array(constraint).optional(),
  quoting: z.unknown().optional(),
  external: z.unknown().optional(),
  ...loaded,
});

const source = z.strictObject({
  name: z.string(),
  description,
  database: z.string().optional(),
  schema: z.string().optional(),
  loader: z.string().optional(),
  meta: meta.optional(),
  tags: strings.optional(),
  config: config.optional(),
  overrides: z.string().optional(),
  quoting: z.unknown().optional(),
  tables: z.union([z.array(sourceTable), z.null()]).optional(),
  ...loaded,
});

const owner = z.looseObject({ name: z.string().optional(), email: strings.optional() });

const exposure = z.strictObject({
  name: z.string(),
  type: z.enum(['dashboard', 'notebook', 'analysis', 'ml', 'application']),
  owner,
  label: z.string().optional(),
  url: z.string().optional(),
  maturity: z.enum(['high', 'medium', 'low']).optional(),
  description,
  depends_on: z.array(z.string()).optional(),
  tags: strings.optional(),
  meta: meta.optional(),
  config: config.optional(),
  enabled: flag.optional(),
});

const group = z.strictObject({
  name: z.string(),
  owner,
  description,
  config: config.optional(),
});

const rows = {
  format: z.enum(['dict', 'csv', 'sql']).optional(),
  rows: z.union([z.string(), z.array(z.record(z.string(), z.unknown())), z.null()]).optional(),
  fixture: z.string().optional(),
};

const unitTest = z.strictObject({
  name: z.string(),
  model: z.string(),
  description,
  given: z.array(z.strictObject({ input: z.string(), ...rows })).optional(),
  expect: z.strictObject(rows),
  overrides: z
    .strictObject({
      macros: z.record(z.string(), z.unknown()).optional(),
      vars: z.record(z.string(), z.unknown()).optional(),
      env_vars: z.record(z.string(), z.unknown()).optional(),
    })
    .optional(),
  versions: z
    .strictObject({ include: z.array(version).optional(), exclude: z.array(version).optional() })
    .optional(),
  config: config.optional(),
  tags: strings.optional(),
  meta: meta.optional(),
});

/** What a macro says of itself: under its name in YAML, or as the `declaration` of a script. */
const macroDeclaration = {
  description,
  meta: meta.optional(),
  arguments: z
    .array(
      z.strictObject({
        name: z.string(),
        type: z.string().optional(),
        description,
        required: z.boolean().optional(),
        default: z.unknown().optional(),
      }),
    )
    .optional(),
};

const macro = z.strictObject({
  name: z.string(),
  docs: docs.optional(),
  config: config.optional(),
  ...macroDeclaration,
});

export const scriptDeclarationSchema = z.strictObject(macroDeclaration);
export type ScriptDeclaration = z.output<typeof scriptDeclarationSchema>;

const singularTest = z.strictObject({
  name: z.string(),
  description,
  config: config.optional(),
  meta: meta.optional(),
});

/** Kinds that dbt knows and Cortex does not run: they may stand in a file and are passed over. */
const unread = z.array(z.unknown()).optional();

/** A properties file in dbt's vocabulary. */
export const propertiesSchema = z.strictObject({
  version: z.literal(2).optional(),
  models: z.union([z.array(model), z.null()]).optional(),
  seeds: z.union([z.array(seed), z.null()]).optional(),
  snapshots: z.union([z.array(snapshot), z.null()]).optional(),
  sources: z.union([z.array(source), z.null()]).optional(),
  exposures: z.union([z.array(exposure), z.null()]).optional(),
  groups: z.union([z.array(group), z.null()]).optional(),
  unit_tests: z.union([z.array(unitTest), z.null()]).optional(),
  macros: z.union([z.array(macro), z.null()]).optional(),
  data_tests: z.union([z.array(singularTest), z.null()]).optional(),
  analyses: unread,
  metrics: unread,
  semantic_models: unread,
  saved_queries: unread,
});

export type PropertiesInput = z.output<typeof propertiesSchema>;
export type ModelInput = z.output<typeof model>;
export type ModelVersionInput = z.output<typeof modelVersion>;
export type DescribedInput = z.output<typeof seed>;
export type SnapshotInput = z.output<typeof snapshot>;
export type ColumnInput = z.output<typeof column>;
export type SourceInput = z.output<typeof source>;
export type SourceTableInput = z.output<typeof sourceTable>;
export type ExposureInput = z.output<typeof exposure>;
export type GroupInput = z.output<typeof group>;
export type UnitTestInput = z.output<typeof unitTest>;
export type MacroInput = z.output<typeof macro>;
export type SingularTestInput = z.output<typeof singularTest>;
export type FreshnessInput = z.output<typeof freshness>;
