import type { Diagnostic } from '../kernel/diagnostic.ts';
import type { Outcome } from '../kernel/outcome.ts';
import { outcome } from '../kernel/outcome.ts';
import { parseYaml, plainValue } from '../project/yaml.ts';
import type { FlagDefinition, FlagKey, Flags } from './flags.ts';
import { FLAGS, definitionOf, environmentName, flagName, projectKey } from './flags.ts';
import type { GivenFlags } from './invocation.ts';
import { badFlagValue } from './messages.ts';
import { warningPolicyProblems } from './warning-policy.ts';

/** The places a flag can be set, strongest first. */
export interface FlagSources {
  /** The flags that the command has; others keep their defaults. */
  readonly keys: readonly FlagKey[];
  readonly given: GivenFlags;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** `flags:` of the project file, once it is read. */
  readonly project?: Readonly<Record<string, unknown>>;
}

/** The value of every flag: command line, then environment, then project file, then default. */
export function resolveFlags(sources: FlagSources): Outcome<Flags> {
  const diagnostics: Diagnostic[] = [];
  const values = Object.keys(FLAGS).map((name) => {
    const key = name as FlagKey;
    const definition = definitionOf(key);
    const found = sources.keys.includes(key) ? findValue(key, definition, sources) : undefined;
    if (found === undefined) return [key, defaultOf(definition)];
    const read = readValue(definition, found.raw);
    if (read !== undefined) return [key, read.value];
    diagnostics.push(
      badFlagValue(found.place, shownValue(found.raw), wanted(definition), definition.choices),
    );
    return [key, defaultOf(definition)];
  });
  // The table gives every key a value of its kind: FLAGS and Flags have the same keys.
  const flags = Object.fromEntries(values) as Flags;
  return outcome(flags, [...diagnostics, ...warningPolicyProblems(flags)]);
}

function findValue(
  key: FlagKey,
  definition: FlagDefinition,
  { given, environment, project }: FlagSources,
): { readonly raw: unknown; readonly place: string } | undefined {
  if (given[key] !== undefined) return { raw: given[key], place: `--${flagName(key)}` };
  if (definition.isLocal === true) return undefined;
  const name = environmentName(key);
  const fromEnvironment = environment[name];
  if (fromEnvironment !== undefined && fromEnvironment !== '')
    return { raw: fromEnvironment, place: name };
  const fromProject = project?.[projectKey(key)];
  if (fromProject === undefined || fromProject === null) return undefined;
  return { raw: fromProject, place: `flags.${projectKey(key)}` };
}

function defaultOf(definition: FlagDefinition): unknown {
  if (definition.default !== undefined) return definition.default;
  const empty = {
    switch: false,
    list: [],
    yaml: {},
    text: undefined,
    integer: undefined,
    choice: undefined,
  };
  return empty[definition.kind];
}

/** The value in its kind, or `undefined` when it does not fit. */
function readValue(
  definition: FlagDefinition,
  raw: unknown,
): { readonly value: unknown } | undefined {
  switch (definition.kind) {
    case 'switch':
      return readSwitch(raw);
    case 'text':
      return typeof raw === 'string' ? { value: raw } : undefined;
    case 'choice':
      return typeof raw === 'string' && definition.choices?.includes(raw) === true
        ? { value: raw }
        : undefined;
    case 'list':
      return readList(definition, raw);
    case 'integer':
      return readInteger(raw, definition.minimum);
    case 'yaml':
      return readMapping(raw);
  }
}

const SWITCH_WORDS: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  on: true,
  '1': true,
  false: false,
  no: false,
  off: false,
  '0': false,
};

function readSwitch(raw: unknown): { value: boolean } | undefined {
  const value = typeof raw === 'string' ? SWITCH_WORDS[raw.toLowerCase()] : raw;
  return typeof value === 'boolean' ? { value } : undefined;
}

function readList(
  definition: FlagDefinition,
  raw: unknown,
): { value: readonly string[] } | undefined {
  const texts = Array.isArray(raw) ? raw.map(String) : typeof raw === 'string' ? [raw] : undefined;
  const { choices } = definition;
  if (texts === undefined || choices === undefined) return texts && { value: texts };
  const words = texts.flatMap((text) => text.split(/[\s,]+/)).filter((word) => word !== '');
  return words.every((word) => choices.includes(word)) ? { value: words } : undefined;
}

function readInteger(raw: unknown, minimum = -Infinity): { value: number } | undefined {
  const value = typeof raw === 'string' && /^-?\d+$/.test(raw) ? Number(raw) : raw;
  const fits = typeof value === 'number' && Number.isSafeInteger(value) && value >= minimum;
  return fits ? { value } : undefined;
}

function readMapping(raw: unknown): { value: Readonly<Record<string, unknown>> } | undefined {
  const value = typeof raw === 'string' ? parsedMapping(raw) : raw;
  const isMapping = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isMapping ? { value: value as Readonly<Record<string, unknown>> } : undefined;
}

function parsedMapping(text: string): unknown {
  const parsed = parseYaml(text, '<command line>');
  if (parsed.diagnostics.length > 0) return undefined;
  return parsed.value === undefined ? {} : plainValue(parsed.value);
}

function wanted(definition: FlagDefinition): string {
  switch (definition.kind) {
    case 'switch':
      return '`true` or `false`';
    case 'integer':
      return definition.minimum === undefined
        ? 'a whole number'
        : `a whole number from ${definition.minimum}`;
    case 'yaml':
      return 'a YAML mapping such as `{ days: 30 }`';
    case 'text':
      return 'a text';
    case 'list':
    case 'choice':
      return 'an allowed value';
  }
}

function shownValue(raw: unknown): string {
  return typeof raw === 'string' ? raw : JSON.stringify(raw);
}
