import { z } from 'zod';

/** Paths and lists may be written as one text. */
const textList = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (typeof value === 'string' ? [value] : value));

const hook = z.union([
  z.string(),
  z.strictObject({ sql: z.string(), transaction: z.boolean().optional() }),
]);
const hooks = z
  .union([hook, z.array(hook)])
  .transform((value) => (Array.isArray(value) ? value : [value]));

/** Configuration by folder: `+key` for configs, other keys for folders. */
const folders = z.record(z.string(), z.unknown());

const client = z.strictObject({
  name: z.string().optional().describe('The name of the client, for people'),
  code: z.string().optional().describe('A short code, for names of databases and files'),
  timezone: z
    .string()
    .refine(isTimeZone, { error: 'must be a time zone such as `America/Sao_Paulo`' })
    .optional()
    .describe('IANA time zone of the business day'),
  currency: z.string().optional().describe('ISO 4217 code of the currency'),
  locale: z.string().optional().describe('BCP 47 tag such as `pt-BR`'),
});

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const texts = z.union([z.string(), z.array(z.string())]).optional();

/** The flags of the command line that a project sets: a test compares them with the table of flags. */
const flags = z.strictObject({
  threads: z.int().positive().optional(),
  full_refresh: z.boolean().optional(),
  fail_fast: z.boolean().optional(),
  indirect_selection: z.enum(['eager', 'cautious', 'buildable', 'empty']).optional(),
  publish: z.enum(['each', 'all']).optional(),
  store_failures: z.boolean().optional(),
  warn_error: z.boolean().optional(),
  warn_error_options: z
    .strictObject({
      error: z.union([z.enum(['all', '*']), z.array(z.string())]).optional(),
      warn: z.array(z.string()).optional(),
      silence: z.array(z.string()).optional(),
    })
    .optional(),
  partial_parse: z.boolean().optional(),
  use_colors: z.boolean().optional(),
  log_level: z.enum(['debug', 'info', 'warn', 'error', 'none']).optional(),
  log_format: z.enum(['default', 'text', 'json', 'debug']).optional(),
  schema_naming: z
    .enum(['suffix', 'environment'])
    .optional()
    .describe(
      '`environment`: the target `prod` uses a custom schema alone, other targets ignore it',
    ),
  quiet: z.boolean().optional(),
  wait: z.boolean().optional(),
  empty: z.boolean().optional(),
  write_json: z.boolean().optional(),
  select: texts,
  models: texts,
  exclude: texts,
  selector: z.string().optional(),
  resource_type: texts,
  exclude_resource_type: texts,
  verbose: z.boolean().optional(),
  json: z.boolean().optional(),
  color: z.enum(['auto', 'always', 'never']).optional(),
  timestamps: z.boolean().optional(),
  junit: z.string().optional(),
  log_path: z.string().optional(),
});

/** The project file. Keys that dbt writes with a hyphen may be written so. */
export const projectSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, {
      error: 'must be letters, digits and underscores, and not begin with a digit',
    })
    .describe('The name of the project: the first part of every id'),
  version: z.union([z.string(), z.number().transform(String)]).optional(),
  config_version: z.int().optional(),
  client: client.optional(),
  target: z.string().optional().describe('The target that is used when none is given'),
  targets: z.record(z.string(), z.unknown()).optional().describe('Where models can be built'),
  model_paths: textList.optional(),
  seed_paths: textList.optional(),
  source_paths: textList.optional(),
  macro_paths: textList.optional(),
  test_paths: textList.optional(),
  snapshot_paths: textList.optional(),
  analysis_paths: textList.optional(),
  docs_paths: textList.optional(),
  target_path: z.string().optional(),
  clean_targets: textList.optional(),
  packages: z
    .array(z.strictObject({ local: z.string().describe('Directory of the package') }))
    .optional(),
  models: folders.optional(),
  seeds: folders.optional(),
  snapshots: folders.optional(),
  tests: folders.optional(),
  data_tests: folders.optional(),
  unit_tests: folders.optional(),
  sources: folders.optional(),
  exposures: folders.optional(),
  vars: z.record(z.string(), z.unknown()).optional(),
  on_run_start: hooks.optional(),
  on_run_end: hooks.optional(),
  selectors: z.array(z.unknown()).optional(),
  flags: flags.optional(),
  connectors: z.unknown().optional(),
  pipelines: z.unknown().optional(),
  alerts: z.unknown().optional(),
  conversions: z.unknown().optional(),
  tracking: z.unknown().optional(),
  setup: z.unknown().optional(),
});

export type ProjectConfig = z.output<typeof projectSchema>;
export type ProjectFlags = NonNullable<ProjectConfig['flags']>;
export type HookText = z.output<typeof hook>;

/** Trees of `models:`, `seeds:` and so on, as written. */
export type FolderConfigs = Readonly<Record<FolderSection, Readonly<Record<string, unknown>>>>;

export const FOLDER_SECTIONS = [
  'models',
  'seeds',
  'snapshots',
  'tests',
  'unit_tests',
  'sources',
  'exposures',
] as const;
export type FolderSection = (typeof FOLDER_SECTIONS)[number];

/** Sections that are read later, by what uses them, with their environment variables left as written. */
export const FREE_SECTIONS = [
  'connectors',
  'pipelines',
  'alerts',
  'conversions',
  'tracking',
  'setup',
  'selectors',
] as const;

/** Keys with an underscore, to accept dbt's spelling with a hyphen. */
export const HYPHENATED_KEYS: ReadonlySet<string> = new Set(
  Object.keys(projectSchema.shape).filter((key) => key.includes('_')),
);
