import type { ArgumentDefinition, CommandDefinition } from './command-definition.ts';
import { ONE_CLIENT, PROJECT, REPORT, SELECTION } from './command-definition.ts';
import { BUILD_COMMANDS } from './building/build-commands.ts';
import { PRIVACY_COMMANDS } from './privacy/privacy-commands.ts';

const STREAMS: ArgumentDefinition = {
  name: 'stream',
  summary: 'A connector of cortex_project.yml, or `connector.stream`; all unless given',
  isOptional: true,
  isRepeated: true,
};

/** What the help says about the first word of commands of two. */
export const GROUPS: Readonly<Record<string, string>> = {
  source: 'Commands about a source',
  tracking: 'Commands about the tracking of a site',
  alerts: 'Commands about alerts',
  privacy: 'Commands about the data of one person, and how long data is kept',
};

/** All commands, in the order of the help. Adding one is an entry here and a file beside this one. */
export const COMMANDS: readonly CommandDefinition[] = [
  {
    name: 'init',
    summary:
      'Write a project into the current directory: of a client with `--platform`, else a small example',
    argument: {
      name: 'name',
      summary: 'Name of the project; the directory gives one',
      isOptional: true,
    },
    flags: [
      'platform',
      'ads',
      'analytics',
      'language',
      'target',
      'connect',
      'projectDir',
      ...REPORT,
    ],
    examples: [
      'cortex init shop',
      'cortex init acme --platform nuvemshop --ads meta,google --language pt-BR',
    ],
    load: async () => (await import('./init.ts')).init,
  },
  {
    name: 'demo',
    summary:
      'Sync seven simulated platforms of a generated shop and build what is modelled of them',
    flags: [
      'orders',
      'demoDays',
      'seed',
      'directory',
      'keepServing',
      'quiet',
      'verbose',
      'color',
      'timestamps',
    ],
    examples: [
      'cortex demo',
      'cortex demo --orders 20000 --days 365',
      'cortex demo --keep-serving',
    ],
    load: async () => (await import('./demo.ts')).demo,
  },
  {
    name: 'setup',
    summary: 'Make the databases of the project and the user of its dashboards',
    flags: ['dryRun', ...PROJECT],
    examples: ['cortex setup --target prod --dry-run', 'cortex setup --target prod'],
    load: async () => (await import('./setup.ts')).setup,
  },
  {
    name: 'debug',
    summary: 'Check the project, the target and the connection, step by step',
    flags: ['connection', ...PROJECT],
    examples: ['cortex debug --target prod'],
    load: async () => (await import('./debug.ts')).debug,
  },
  {
    name: 'doctor',
    summary: 'Look for everything that is wrong with a client, from the disk to the outbox',
    flags: ['check', ...PROJECT],
    examples: ['cortex doctor', 'cortex doctor --client all --check', 'cortex doctor --json'],
    load: async () => (await import('./doctor.ts')).doctor,
  },
  {
    name: 'onboarding',
    summary: 'Print the checklist of a new client, by what is really there',
    argument: {
      name: 'action',
      summary: '`done` or `undo` before items, to tick what only people know; nothing to look',
      isOptional: true,
      isRepeated: true,
    },
    flags: ['connect', ...PROJECT],
    examples: [
      'cortex onboarding',
      'cortex onboarding done paid-orders',
      'cortex onboarding --json',
    ],
    load: async () => (await import('./onboarding.ts')).onboarding,
  },
  {
    name: 'parse',
    summary: 'Read and check the project, and write the manifest',
    flags: PROJECT,
    examples: ['cortex parse'],
    load: async () => (await import('./parse.ts')).parse,
  },
  {
    name: 'compile',
    summary: 'Write the SQL of models and tests to the target path',
    flags: [
      ...SELECTION,
      'inline',
      'output',
      'fullRefresh',
      'empty',
      'connect',
      'write',
      ...PROJECT,
    ],
    examples: [
      'cortex compile --select fct_orders',
      'cortex compile --no-connect',
      'cortex compile --inline "select * from {{ref \'fct_orders\'}}"',
    ],
    load: async () => (await import('./compile.ts')).compile,
  },
  {
    name: 'ls',
    alias: 'list',
    summary: 'List nodes',
    flags: [...SELECTION, 'nodeFormat', 'outputKeys', ...PROJECT],
    examples: [
      'cortex ls --select tag:daily',
      'cortex ls --output json --output-keys name config.materialized',
    ],
    load: async () => (await import('./ls.ts')).ls,
  },
  ...BUILD_COMMANDS,
  {
    name: 'show',
    summary: 'Print rows of a model, a query or a failing test',
    argument: { name: 'node', summary: 'The node to show; the same as --select', isOptional: true },
    flags: [...SELECTION, 'inline', 'limit', 'failures', 'output', ...PROJECT],
    examples: [
      'cortex show fct_orders --limit 20',
      'cortex show --failures unique_fct_orders_order_id',
    ],
    load: async () => (await import('./show.ts')).show,
  },
  {
    name: 'sync',
    summary: 'Bring raw tables up to date with platforms and files',
    argument: STREAMS,
    flags: [
      'since',
      'until',
      'accounts',
      'fullRefresh',
      'dryRun',
      'check',
      'writeSources',
      'tablesOnly',
      'maxWait',
      'wait',
      ...PROJECT,
    ],
    examples: [
      'cortex sync',
      'cortex sync nuvemshop meta_ads.ad_insights',
      'cortex sync shopify.orders --since 2026-10-01 --until 2026-10-31',
      'cortex sync --check',
      'cortex sync --write-sources',
    ],
    load: async () => (await import('./sync.ts')).sync,
  },
  {
    name: 'backfill',
    summary: 'Read what is missing of the past from platforms, oldest first',
    argument: STREAMS,
    flags: ['days', 'since', 'until', 'accounts', 'dryRun', 'maxWait', 'wait', ...PROJECT],
    examples: [
      'cortex backfill',
      'cortex backfill tray --days 90',
      'cortex backfill shopify.orders --since 2024-01-01 --until 2024-12-31',
    ],
    load: async () => (await import('./backfill.ts')).backfill,
  },
  {
    name: 'connect',
    summary: 'Get and keep the credentials of an account, step by step',
    argument: { name: 'platform', summary: 'The platform: `nuvemshop`, `meta_ads`, …' },
    flags: ['origin', ...ONE_CLIENT],
    examples: ['cortex connect nuvemshop'],
    load: async () => (await import('./connect.ts')).connect,
  },
  {
    name: 'tracking gtm',
    summary: 'Write a container file for Google Tag Manager from the ids of the client',
    argument: {
      name: 'file',
      summary: 'Where it goes; tracking/gtm_container.json of the project unless given',
      isOptional: true,
    },
    flags: ['ga4Id', 'metaPixelId', 'tiktokPixelCode', 'consentDefault', ...ONE_CLIENT],
    examples: [
      'cortex tracking gtm',
      'cortex tracking gtm container.json --ga4-id G-ABC123DEF4 --meta-pixel-id 1234567890',
    ],
    load: async () => (await import('./tracking-gtm.ts')).trackingGtm,
  },
  {
    name: 'tracking validate',
    summary: 'Check a container file, or pushes of the data layer',
    argument: { name: 'file', summary: 'An export of Tag Manager, or a JSON list of pushes' },
    flags: ONE_CLIENT,
    examples: ['cortex tracking validate tracking/gtm_container.json'],
    load: async () => (await import('./tracking-validate.ts')).trackingValidate,
  },
  {
    name: 'source freshness',
    summary: 'Check how old the newest rows of sources are',
    flags: [...SELECTION, ...PROJECT],
    examples: ['cortex source freshness --select source:shop'],
    load: async () => (await import('./source-freshness.ts')).sourceFreshness,
  },
  {
    name: 'run-operation',
    summary: 'Run one macro, or SQL given with --sql, against the target',
    argument: { name: 'macro', summary: 'The macro to run', isOptional: true },
    flags: ['args', 'sql', ...PROJECT],
    examples: ["cortex run-operation grant_reader --args '{ user: reader }'"],
    load: async () => (await import('./run-operation.ts')).runOperation,
  },
  {
    name: 'clean',
    summary: 'Delete what Cortex wrote below the project: the target path and other clean targets',
    flags: PROJECT,
    examples: ['cortex clean'],
    load: async () => (await import('./clean.ts')).clean,
  },
  {
    name: 'convert',
    summary: 'Send conversions back to the platforms, and look after their outbox',
    argument: {
      name: 'destination',
      summary:
        'A destination of cortex_project.yml, all unless given; `status`, `report`, `retry` or `discard` before it',
      isOptional: true,
      isRepeated: true,
    },
    flags: ['conversionsSince', 'eventLimit', 'convertDryRun', 'testEventCode', ...PROJECT],
    examples: [
      'cortex convert',
      'cortex convert meta --dry-run',
      'cortex convert status',
      'cortex convert report --json',
      'cortex convert retry google',
    ],
    load: async () => (await import('./convert.ts')).convert,
  },
  {
    name: 'alerts test',
    summary: 'Send a test message through every channel of alerts',
    flags: PROJECT,
    examples: ['cortex alerts test'],
    load: async () => (await import('./alerts-test.ts')).alertsTest,
  },
  {
    name: 'alerts check',
    summary: 'Judge the last complete day by the metric rules, and tell what is out of range',
    flags: ['alertsDryRun', 'failOnAlert', ...PROJECT],
    examples: [
      'cortex alerts check --dry-run',
      "cortex alerts check --fail-on-alert --json --vars '{ as_of: 2026-11-25 }'",
    ],
    load: async () => (await import('./alerts-check.ts')).alertsCheck,
  },
  ...PRIVACY_COMMANDS,
  {
    name: 'report',
    summary:
      'Send the key figures of the last complete day through the channels of alerts, or write them',
    flags: ['reportFile', 'alertsDryRun', ...PROJECT],
    examples: [
      'cortex report',
      'cortex report --dry-run',
      "cortex report --file 'reports/{day}.html'",
    ],
    load: async () => (await import('./report.ts')).report,
  },
  {
    name: 'run-pipeline',
    summary: 'Run the steps of a pipeline in order: sync, build, test, convert, alerts, report',
    argument: {
      name: 'pipeline',
      summary: '`daily`, `hourly`, `weekly`, `backfill`, or one of cortex_project.yml',
    },
    flags: ['resume', 'wait', ...PROJECT],
    examples: [
      'cortex run-pipeline daily',
      'cortex run-pipeline daily --resume',
      'cortex run-pipeline hourly --json',
    ],
    load: async () => (await import('./run-pipeline.ts')).runPipeline,
  },
  {
    name: 'schedule',
    summary:
      'Start pipelines when they are due: by systemd, cron, GitHub Actions, or Cortex itself',
    argument: { name: 'action', summary: 'What to do', choices: ['install', 'list', 'run'] },
    flags: ['scheduleFor', 'healthPort', ...ONE_CLIENT],
    examples: [
      'cortex schedule list',
      'cortex schedule install --for systemd',
      'cortex schedule run --health-port 8080',
    ],
    load: async () => (await import('./schedule.ts')).schedule,
  },
  {
    name: 'server',
    summary: 'Look after the private local server',
    argument: {
      name: 'action',
      summary: 'What to do',
      choices: ['start', 'stop', 'status', 'logs', 'install'],
    },
    flags: ['lines', ...ONE_CLIENT],
    examples: ['cortex server status'],
    load: async () => (await import('./server.ts')).server,
  },
  {
    name: 'schema',
    summary: 'Write JSON Schemas of the project and properties files, for editors',
    flags: ['projectDir', ...REPORT],
    examples: ['cortex schema'],
    load: async () => (await import('./schema.ts')).schema,
  },
  {
    name: 'explain',
    summary: 'Explain the code of a message',
    argument: { name: 'code', summary: 'A code such as CX2101, or its name' },
    flags: ['color'],
    examples: ['cortex explain CX2101'],
    load: async () => (await import('./explain.ts')).explain,
  },
  {
    name: 'completion',
    summary: 'Print a completion script for a shell',
    argument: { name: 'shell', summary: 'The shell', choices: ['bash', 'zsh', 'fish'] },
    flags: [],
    examples: ['source <(cortex completion bash)'],
    load: async () => (await import('./completion.ts')).completion,
  },
];
