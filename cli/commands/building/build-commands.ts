import type { CommandDefinition } from '../command-definition.ts';
import { EXECUTION, PROJECT, SELECTION } from '../command-definition.ts';

const BUILDING = [
  ...SELECTION,
  ...EXECUTION,
  'sync',
  'dueOnly',
  'fullRefresh',
  'publish',
] as const satisfies CommandDefinition['flags'];

/** The commands that carry out a plan: a part of the list of all commands. */
export const BUILD_COMMANDS: readonly CommandDefinition[] = [
  {
    name: 'build',
    summary: 'Build seeds and models in order, test each, and publish what passes',
    flags: [...BUILDING, 'storeFailures', 'empty', ...PROJECT],
    examples: [
      'cortex build',
      'cortex build --select fct_orders+',
      'cortex build --publish all --fail-fast',
      'cortex build --select +fct_orders --sync',
    ],
    load: async () => (await import('../build.ts')).build,
  },
  {
    name: 'run',
    summary: 'Build models without their tests',
    flags: [...BUILDING, 'empty', ...PROJECT],
    examples: ['cortex run --select staging'],
    load: async () => (await import('../build.ts')).run,
  },
  {
    name: 'test',
    summary: 'Run data tests on what is published',
    flags: [...SELECTION, ...EXECUTION, 'dueOnly', 'storeFailures', ...PROJECT],
    examples: ['cortex test --select fct_orders'],
    load: async () => (await import('../build.ts')).test,
  },
  {
    name: 'seed',
    summary: 'Load the CSV files of the project',
    flags: [...SELECTION, ...EXECUTION, 'fullRefresh', 'empty', ...PROJECT],
    examples: ['cortex seed --full-refresh'],
    load: async () => (await import('../build.ts')).seed,
  },
];
