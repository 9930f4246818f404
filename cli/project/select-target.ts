import type { Diagnostic } from '../kernel/diagnostic.ts';
import { hasErrors } from '../kernel/outcome.ts';
import type { TargetConfig } from '../manifest/target.ts';
import { interpolate } from './interpolate.ts';
import { unknownTarget } from './messages.ts';
import type { ConfigFile } from './read-config.ts';
import { configSpan } from './read-config.ts';
import { targetOf, targetSchema } from './target-config.ts';
import { validate } from './validate.ts';
import type { YamlValue } from './yaml.ts';
import { valueOf } from './yaml.ts';

const CODES = { invalid: 'CX1101', unknownKey: 'CX1102' } as const;

export interface TargetChoice {
  readonly targetName?: string | undefined;
  readonly threads?: number | undefined;
  readonly environment: Readonly<Record<string, string>>;
  /** Of the project, absolute. */
  readonly directory: string;
}

/** The names under `targets:`; a project without any has one, `local`. */
export function targetNamesOf(file: ConfigFile): readonly string[] {
  const targets = valueOf(file.yaml, 'targets');
  const names = targets?.kind === 'map' ? targets.entries.map(({ key }) => key) : [];
  return names.length === 0 ? ['local'] : names;
}

/** The target of this command. Environment variables of other targets need not be set. */
export function selectTarget(
  file: ConfigFile,
  choice: TargetChoice,
  diagnostics: Diagnostic[],
): TargetConfig | undefined {
  const names = targetNamesOf(file);
  const name = choice.targetName ?? file.config.target ?? names[0] ?? 'local';
  if (!names.includes(name)) {
    const span = choice.targetName === undefined ? configSpan(file, 'target') : undefined;
    diagnostics.push(unknownTarget(name, names, span));
    return undefined;
  }
  const place = {
    name,
    projectName: file.config.name,
    projectDirectory: choice.directory,
    defaultThreads: file.config.flags?.threads,
    span: configSpan(file, 'targets', name),
  };
  const written = valueOf(valueOf(file.yaml, 'targets'), name) ?? {
    kind: 'map' as const,
    entries: [],
    start: 0,
    end: 0,
  };
  const interpolated = interpolate(written, choice.environment, file.path);
  diagnostics.push(...interpolated.diagnostics);
  if (hasErrors(interpolated.diagnostics)) return undefined;
  const validated = validate(targetSchema, emptyAsMap(interpolated.value), file.path, CODES);
  diagnostics.push(...validated.diagnostics);
  if (validated.value === undefined) return undefined;
  const target = targetOf(validated.value, place, diagnostics);
  return target === undefined || choice.threads === undefined
    ? target
    : { ...target, threads: choice.threads };
}

/** `dev:` with nothing below it is a target with defaults only. */
function emptyAsMap(value: YamlValue): YamlValue {
  const isEmpty = value.kind === 'scalar' && value.value === null;
  return isEmpty ? { ...value, kind: 'map', entries: [] } : value;
}
