import { ALERT_FLAGS } from './alerts/alert-flags.ts';
import { BUILD_FLAGS } from './building/build-flags.ts';
import { CLIENT_FLAGS } from './clients/client-flags.ts';
import { CONVERT_FLAGS } from './convert/convert-flags.ts';
import { SCHEDULE_FLAGS } from './schedule/schedule-flags.ts';
import { SYNC_DAY_FLAGS } from './sync/sync-day-flags.ts';
import { PRIVACY_FLAGS } from './privacy/privacy-flags.ts';
import { INIT_FLAGS } from './init/init-flags.ts';

/** A flag of the command line. The table below drives options, environment variables, docs and completion. */
export interface FlagDefinition {
  readonly kind: 'switch' | 'text' | 'list' | 'integer' | 'choice' | 'yaml';
  readonly short?: string;
  /** What people type, when it is not the key in kebab case: commands give one name two meanings. */
  readonly name?: string;
  /** What stands for the value in help. */
  readonly value?: string;
  readonly choices?: readonly string[];
  readonly default?: boolean | string | number;
  /** The smallest number that makes sense. */
  readonly minimum?: number;
  /** Also `--no-…`. */
  readonly canBeOff?: boolean;
  /** What a shell offers for the value. */
  readonly completes?: 'file' | 'directory';
  /** Only on the command line: it makes no sense as a setting. */
  readonly isLocal?: boolean;
  readonly summary: string;
}

const RESOURCE_TYPE_CHOICES = [
  'model',
  'seed',
  'snapshot',
  'source',
  'test',
  'unit_test',
  'exposure',
  'all',
];

/** Every flag of every command, by its key in code; `failFast` is `--fail-fast` and `CORTEX_FAIL_FAST`. */
export const FLAGS = {
  select: {
    kind: 'list',
    short: 's',
    value: 'selection',
    summary:
      'Nodes to work on: names, paths, `tag:…`, `+model+`; parts are united, commas intersect',
  },
  models: {
    kind: 'list',
    short: 'm',
    value: 'selection',
    summary: 'Same as --select; for `ls`, models only',
  },
  exclude: {
    kind: 'list',
    value: 'selection',
    summary: 'Nodes to leave out; the same grammar as --select',
  },
  selector: {
    kind: 'text',
    value: 'name',
    summary: 'A named selection of selectors.yml; --select and --exclude are then ignored',
  },
  resourceType: {
    kind: 'list',
    value: 'type',
    choices: RESOURCE_TYPE_CHOICES,
    summary: 'Keep only nodes of these types',
  },
  excludeResourceType: {
    kind: 'list',
    value: 'type',
    choices: RESOURCE_TYPE_CHOICES,
    summary: 'Leave out nodes of these types',
  },
  indirectSelection: {
    kind: 'choice',
    choices: ['eager', 'cautious', 'buildable', 'empty'],
    default: 'eager',
    summary: 'Which tests come along with selected nodes',
  },
  explainSelection: {
    kind: 'switch',
    isLocal: true,
    summary: 'Say which part of the selection brought each node, and stop',
  },
  dirty: {
    kind: 'switch',
    isLocal: true,
    summary: 'Only what changed in the working tree against git, and what is below',
  },
  state: {
    kind: 'text',
    value: 'directory',
    completes: 'directory',
    summary: 'Artifacts of an earlier run, for `state:`, `result:` and `source_status:`',
  },

  projectDir: {
    kind: 'text',
    value: 'directory',
    completes: 'directory',
    summary: 'Where to look for cortex_project.yml, and above',
  },
  target: {
    kind: 'text',
    short: 't',
    value: 'name',
    summary: 'The target of cortex_project.yml to work on',
  },
  ...CLIENT_FLAGS,
  targetPath: {
    kind: 'text',
    value: 'directory',
    completes: 'directory',
    summary: 'Where artifacts and compiled SQL go',
  },
  vars: {
    kind: 'yaml',
    value: 'yaml',
    summary: 'Variables for templates, as a YAML mapping: `{ start: 2026-01-01 }`',
  },
  partialParse: {
    kind: 'switch',
    default: true,
    canBeOff: true,
    summary: 'Reuse what is known about unchanged files',
  },
  write: {
    kind: 'switch',
    default: true,
    canBeOff: true,
    isLocal: true,
    summary: 'Write compiled SQL and the manifest; without, everything is only checked',
  },
  connect: {
    kind: 'switch',
    default: true,
    canBeOff: true,
    isLocal: true,
    summary:
      'Ask the server; without, `compile` takes every incremental model as new, `onboarding` looks at files and `init` writes them only',
  },

  threads: { kind: 'integer', minimum: 1, value: 'count', summary: 'Nodes that are built at once' },
  fullRefresh: {
    kind: 'switch',
    short: 'f',
    canBeOff: true,
    summary: 'Rebuild incremental models, reload seeds and read streams from nothing',
  },
  ...BUILD_FLAGS,
  wait: {
    kind: 'switch',
    canBeOff: true,
    summary: 'Wait when another run holds the target or a stream, in place of stopping',
  },

  sync: {
    kind: 'switch',
    isLocal: true,
    summary: 'First sync the streams of platforms and files that the selection reads',
  },
  ...SYNC_DAY_FLAGS,
  accounts: {
    kind: 'list',
    value: 'account',
    isLocal: true,
    summary: 'Read only these accounts, by their ids at the platform',
  },
  dryRun: {
    kind: 'switch',
    isLocal: true,
    summary: 'Say what would be done, and do nothing',
  },
  check: {
    kind: 'switch',
    isLocal: true,
    summary: 'Prove the credentials of every account by one cheap call, and read nothing',
  },
  ...ALERT_FLAGS,
  orders: {
    kind: 'integer',
    minimum: 400,
    isLocal: true,
    value: 'count',
    default: 1000,
    summary: 'Orders of the generated shops',
  },
  demoDays: {
    kind: 'integer',
    name: 'days',
    minimum: 14,
    isLocal: true,
    value: 'count',
    default: 60,
    summary: 'Days over which the generated shops sell',
  },
  seed: {
    kind: 'integer',
    minimum: 0,
    isLocal: true,
    value: 'number',
    default: 7,
    summary: 'What the shops are computed from: the same seed gives the same tables',
  },
  directory: {
    kind: 'text',
    isLocal: true,
    value: 'directory',
    completes: 'directory',
    summary: 'Where the project of the demo is made; `.cortex/demo` unless given',
  },
  keepServing: {
    kind: 'switch',
    isLocal: true,
    summary: 'Go on serving the simulated platforms when all is built, until Ctrl-C',
  },
  writeSources: {
    kind: 'switch',
    isLocal: true,
    summary: 'Write `sources/<platform>.yml` from the definitions of the streams, and read nothing',
  },
  tablesOnly: {
    kind: 'switch',
    isLocal: true,
    summary: 'Make the raw tables that are not there yet, without credentials, and read nothing',
  },
  origin: {
    kind: 'text',
    value: 'url',
    isLocal: true,
    summary: 'Stands in for all addresses of the platform: a proxy, or a simulated platform',
  },
  ...CONVERT_FLAGS,
  ...SCHEDULE_FLAGS,
  ...PRIVACY_FLAGS,
  maxWait: {
    kind: 'integer',
    minimum: 0,
    value: 'minutes',
    default: 15,
    isLocal: true,
    summary: 'Longest wait for a limit of a platform before its streams stop until the next sync',
  },

  ...INIT_FLAGS,
  ga4Id: {
    kind: 'text',
    name: 'ga4-id',
    value: 'id',
    isLocal: true,
    summary: 'Measurement id of Google Analytics 4, in place of `tracking.ga4_id`',
  },
  metaPixelId: {
    kind: 'text',
    value: 'id',
    isLocal: true,
    summary: 'Pixel of Meta, in place of `tracking.meta_pixel_id`',
  },
  tiktokPixelCode: {
    kind: 'text',
    value: 'code',
    isLocal: true,
    summary: 'Pixel of TikTok, in place of `tracking.tiktok_pixel_code`',
  },
  consentDefault: {
    kind: 'choice',
    choices: ['denied', 'granted'],
    isLocal: true,
    summary: 'What counts before a visitor has chosen; `tracking.consent_default` unless given',
  },

  warnError: { kind: 'switch', canBeOff: true, summary: 'Treat every warning as an error' },
  warnErrorOptions: {
    kind: 'yaml',
    value: 'yaml',
    summary: 'Which warnings are errors: `{ error: all, warn: [CX3011], silence: [] }`',
  },

  quiet: { kind: 'switch', short: 'q', summary: 'Print problems and the verdict only' },
  verbose: { kind: 'switch', short: 'v', summary: 'Print every test' },
  json: { kind: 'switch', summary: 'Print events as JSON, one a line, on standard output' },
  color: {
    kind: 'choice',
    choices: ['auto', 'always', 'never'],
    default: 'auto',
    summary: 'Colours in the report',
  },
  timestamps: { kind: 'switch', summary: 'Put the time (UTC) before every line' },
  junit: { kind: 'text', value: 'file', completes: 'file', summary: 'Write results as JUnit XML' },
  logLevel: {
    kind: 'choice',
    choices: ['debug', 'info', 'warn', 'error', 'none'],
    default: 'debug',
    summary: 'What goes to the log file',
  },
  logPath: {
    kind: 'text',
    value: 'directory',
    completes: 'directory',
    summary:
      'Where `cortex.log` is, put aside as `cortex.1.log` at 10 MB; `logs` in the target path unless given',
  },

  inline: {
    kind: 'text',
    isLocal: true,
    value: 'sql',
    summary: "A template to use in place of a node: `select * from {{ref 'orders'}}`",
  },
  output: {
    kind: 'choice',
    isLocal: true,
    choices: ['text', 'json'],
    default: 'text',
    summary: 'How results are printed',
  },
  nodeFormat: {
    kind: 'choice',
    name: 'output',
    isLocal: true,
    choices: ['selector', 'name', 'path', 'json'],
    default: 'selector',
    summary: 'What is printed of each node',
  },
  outputKeys: {
    kind: 'list',
    isLocal: true,
    value: 'key',
    summary: 'Keys of the JSON; dots look inside: `config.materialized`',
  },
  limit: {
    kind: 'integer',
    minimum: -1,
    isLocal: true,
    value: 'rows',
    default: 5,
    summary: 'Rows to show; -1 shows all',
  },
  failures: {
    kind: 'text',
    isLocal: true,
    value: 'test',
    summary: 'Show the rows that a test rejects',
  },
  args: {
    kind: 'yaml',
    isLocal: true,
    value: 'yaml',
    summary: 'Arguments of the macro, as a YAML mapping',
  },
  sql: {
    kind: 'text',
    isLocal: true,
    value: 'sql',
    summary: 'A template to run in place of a macro',
  },
  connection: { kind: 'switch', isLocal: true, summary: 'Look at the connection only' },
  lines: {
    kind: 'integer',
    minimum: 1,
    isLocal: true,
    value: 'count',
    default: 50,
    summary: 'Lines of the log to show',
  },
} as const satisfies Readonly<Record<string, FlagDefinition>>;

export type FlagKey = keyof typeof FLAGS;

type ValueOf<D extends FlagDefinition> = D['kind'] extends 'switch'
  ? boolean
  : D['kind'] extends 'list'
    ? readonly string[]
    : D['kind'] extends 'yaml'
      ? Readonly<Record<string, unknown>>
      : D['kind'] extends 'integer'
        ? D extends { default: number }
          ? number
          : number | undefined
        : D extends { default: string; choices: readonly (infer C)[] }
          ? C
          : string | undefined;

/** The value of every flag after all places were looked at. */
export type Flags = { readonly [K in FlagKey]: ValueOf<(typeof FLAGS)[K]> };

export function definitionOf(key: FlagKey): FlagDefinition {
  return FLAGS[key];
}

/** `failFast` → `fail-fast`. */
export function flagName(key: FlagKey): string {
  return definitionOf(key).name ?? key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** `failFast` → `CORTEX_FAIL_FAST`. */
export function environmentName(key: FlagKey): string {
  return `CORTEX_${flagName(key).replaceAll('-', '_').toUpperCase()}`;
}

/** `failFast` → `fail_fast`, under `flags:` of the project file. */
export function projectKey(key: FlagKey): string {
  return flagName(key).replaceAll('-', '_');
}
