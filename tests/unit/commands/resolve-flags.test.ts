import { expect, test } from 'vitest';
import { COMMANDS } from '../../../cli/commands/commands.ts';
import type { FlagKey } from '../../../cli/commands/flags.ts';
import {
  FLAGS,
  definitionOf,
  environmentName,
  flagName,
  projectKey,
} from '../../../cli/commands/flags.ts';
import { resolveFlags } from '../../../cli/commands/resolve-flags.ts';
import { projectSchema } from '../../../cli/project/project-config.ts';

const ALL = Object.keys(FLAGS) as FlagKey[];

function resolved(sources: Partial<Parameters<typeof resolveFlags>[0]>) {
  return resolveFlags({ keys: ALL, given: {}, environment: {}, ...sources });
}

test('the command line wins over the environment, that over the project file, that over the default', () => {
  const given = { publish: 'each' } as const;
  const environment = { CORTEX_PUBLISH: 'all' };
  const project = { publish: 'all' };

  expect(resolved({ given, environment, project }).value.publish).toBe('each');
  expect(resolved({ environment, project: { publish: 'each' } }).value.publish).toBe('all');
  expect(resolved({ project }).value.publish).toBe('all');
  expect(resolved({}).value.publish).toBe('each');
});

test('a switch that is turned off on the command line stays off', () => {
  const sources = { given: { fullRefresh: false }, environment: { CORTEX_FULL_REFRESH: 'true' } };

  expect(resolved(sources).value.fullRefresh).toBe(false);
});

test('texts of the environment become values of the kind of the flag', () => {
  const environment = {
    CORTEX_THREADS: '8',
    CORTEX_FAIL_FAST: 'yes',
    CORTEX_SELECT: 'a+ tag:daily',
    CORTEX_RESOURCE_TYPE: 'model seed',
    CORTEX_VARS: '{ days: 30 }',
    CORTEX_QUIET: '',
  };

  const { value, diagnostics } = resolved({ environment });

  expect(diagnostics).toEqual([]);
  expect(value).toMatchObject({
    threads: 8,
    failFast: true,
    select: ['a+ tag:daily'],
    resourceType: ['model', 'seed'],
    vars: { days: 30 },
    quiet: false,
  });
});

test('a value of the wrong kind is reported with its place and replaced by the default', () => {
  const { value, diagnostics } = resolved({
    given: { threads: 'many', vars: '[1]' },
    environment: { CORTEX_PUBLISH: 'al', CORTEX_WAIT: 'perhaps' },
    project: { fail_fast: 'never' },
  });

  expect(value).toMatchObject({
    threads: undefined,
    vars: {},
    publish: 'each',
    wait: false,
    failFast: false,
  });
  expect(diagnostics.map(({ code, message, hint }) => [code, message, hint]))
    .toMatchInlineSnapshot(`
      [
        [
          "CX1002",
          "\`--vars\` is \`[1]\`, which is not a YAML mapping such as \`{ days: 30 }\`",
          undefined,
        ],
        [
          "CX1002",
          "\`--threads\` is \`many\`, which is not a whole number from 1",
          undefined,
        ],
        [
          "CX1002",
          "\`flags.fail_fast\` is \`never\`, which is not \`true\` or \`false\`",
          undefined,
        ],
        [
          "CX1002",
          "\`CORTEX_PUBLISH\` is \`al\`, which is not an allowed value",
          "did you mean \`all\`?",
        ],
        [
          "CX1002",
          "\`CORTEX_WAIT\` is \`perhaps\`, which is not \`true\` or \`false\`",
          undefined,
        ],
      ]
    `);
});

test('a number below the smallest that makes sense is refused', () => {
  const refused = (given: Parameters<typeof resolved>[0]['given'] & object) =>
    resolved({ given }).diagnostics.map(({ message }) => message);

  expect(refused({ threads: '0' })).toEqual([
    '`--threads` is `0`, which is not a whole number from 1',
  ]);
  expect(refused({ limit: '-1' })).toEqual([]);
});

test('a flag that the command does not have keeps its default', () => {
  expect(
    resolved({ keys: ['select'], environment: { CORTEX_THREADS: '8' } }).value.threads,
  ).toBeUndefined();
});

test('a flag about this one call is not read from the environment', () => {
  expect(resolved({ environment: { CORTEX_INLINE: 'select 1' } }).value.inline).toBeUndefined();
});

test('names follow from the key', () => {
  expect(flagName('excludeResourceType')).toBe('exclude-resource-type');
  expect(environmentName('excludeResourceType')).toBe('CORTEX_EXCLUDE_RESOURCE_TYPE');
  expect(projectKey('excludeResourceType')).toBe('exclude_resource_type');
});

test('no command has two flags of one name or one letter', () => {
  for (const { name, flags } of COMMANDS) {
    const long = flags.map(flagName);
    const short = flags.flatMap((key) => definitionOf(key).short ?? []);
    expect(new Set(long).size, name).toBe(long.length);
    expect(new Set(short).size, name).toBe(short.length);
  }
});

test('every setting can stand in the project file', () => {
  const flags = projectSchema.shape.flags.unwrap();
  const settings = ALL.filter(
    (key) => definitionOf(key).isLocal !== true && !LOADING.includes(key),
  );

  expect(settings.map(projectKey).filter((key) => !(key in flags.shape))).toEqual([]);
});

/** These say which project is read, so a project cannot say them. */
const LOADING: readonly FlagKey[] = [
  'projectDir',
  'target',
  'client',
  'clientsAtOnce',
  'targetPath',
  'vars',
  'state',
];
