import { relative, sep } from 'node:path';
import type { Diagnostic } from '../kernel/diagnostic.ts';
import { hasErrors } from '../kernel/outcome.ts';
import { readText } from '../platform/fs.ts';
import type { ClientFile } from './clients/client-file.ts';
import { overlaid } from './clients/overlay.ts';
import { interpolate } from './interpolate.ts';
import { twoSpellings, unreadableFile } from './messages.ts';
import { FREE_SECTIONS, HYPHENATED_KEYS, projectSchema } from './project-config.ts';
import type { ProjectConfig } from './project-config.ts';
import { validate } from './validate.ts';
import type { YamlEntry, YamlMap, YamlValue } from './yaml.ts';
import { keyPlaceOf, parseYaml, spanAt } from './yaml.ts';

export const PROJECT_FILE = 'cortex_project.yml';
const CODES = { invalid: 'CX1101', unknownKey: 'CX1102' } as const;

/** A project file that was read and checked. */
export interface ConfigFile {
  /** Relative to the project directory. */
  readonly path: string;
  /** With that of the client's file, where one is laid over it. */
  readonly text: string;
  readonly config: ProjectConfig;
  /** The file as written, for targets, free sections and places. */
  readonly yaml: YamlMap;
}

/** What a project file is read in. */
interface ConfigSurroundings {
  /** Of the project, absolute: what paths in places are relative to. */
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly client?: ClientFile | undefined;
}

/**
 * Reads a project file, with a client's file over it where one is given; `undefined` when something in it is
 * wrong, with the reasons in `diagnostics`.
 */
export function readConfig(
  absolutePath: string,
  { directory, environment, client }: ConfigSurroundings,
  diagnostics: Diagnostic[],
): ConfigFile | undefined {
  const path = relative(directory, absolutePath).split(sep).join('/');
  const text = readText(absolutePath);
  if (text === undefined) {
    diagnostics.push(unreadableFile(path));
    return undefined;
  }
  const parsed = parseYaml(text, path);
  diagnostics.push(...parsed.diagnostics);
  if (hasErrors(parsed.diagnostics)) return undefined;
  const written = withUnderscores(mapOf(parsed.value, text), path, diagnostics);
  const yaml = client === undefined ? written : overlaid(written, client, diagnostics);
  const interpolated = interpolate(checkedNow(yaml), environment, path);
  diagnostics.push(...interpolated.diagnostics);
  const validated = validate(projectSchema, interpolated.value, path, CODES);
  diagnostics.push(...validated.diagnostics);
  if (validated.value === undefined || interpolated.diagnostics.length > 0) return undefined;
  return { path, text: `${text}${client?.text ?? ''}`, config: validated.value, yaml };
}

/** An empty file is an empty map; what is no map is left to the schema to refuse. */
export function mapOf(value: YamlValue | undefined, text: string): YamlMap {
  if (value?.kind === 'map') return value;
  return { kind: 'map', entries: [], start: 0, end: value === undefined ? 0 : text.length };
}

/** `model-paths` counts as `model_paths`. */
export function withUnderscores(yaml: YamlMap, file: string, diagnostics: Diagnostic[]): YamlMap {
  const entries = new Map<string, YamlEntry>();
  const written = new Map<string, string>();
  for (const entry of yaml.entries) {
    const underscored = entry.key.replaceAll('-', '_');
    const key = HYPHENATED_KEYS.has(underscored) ? underscored : entry.key;
    const first = written.get(key);
    if (first !== undefined) {
      diagnostics.push(twoSpellings(first, entry.key, keyPlaceOf(entry, file)));
    }
    written.set(key, entry.key);
    entries.set(key, { ...entry, key });
  }
  return { ...yaml, entries: [...entries.values()] };
}

/** The parts whose variables must be set whatever the command: all but targets and what is read later. */
export function checkedNow(yaml: YamlMap): YamlMap {
  const later: readonly string[] = ['targets', ...FREE_SECTIONS];
  const emptied = (entry: YamlEntry): YamlEntry =>
    entry.key !== 'targets' || entry.value.kind !== 'map'
      ? entry
      : { ...entry, value: { ...entry.value, entries: [] } };
  return {
    ...yaml,
    entries: yaml.entries
      .filter((entry) => entry.key === 'targets' || !later.includes(entry.key))
      .map(emptied),
  };
}

/** The place of a key's value in a project file. */
export function configSpan(
  file: ConfigFile,
  ...path: (string | number)[]
): ReturnType<typeof spanAt> {
  return spanAt(file.yaml, path, file.path);
}
