import { dirname, join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import type { Diagnostic } from '../kernel/diagnostic.ts';
import { hasErrors, outcome } from '../kernel/outcome.ts';
import type { Outcome } from '../kernel/outcome.ts';
import type { SourceTexts } from '../kernel/span.ts';
import { isFile, readText } from '../platform/fs.ts';
import { NO_CACHE, fileCacheStore } from './cache-store.ts';
import { CLIENTS_FOLDER, clientEnvironment, readClientFile } from './clients/client-files.ts';
import { fileChecksums } from './file-checksums.ts';
import { projectNotFound } from './messages.ts';
import { loadPackages } from './packages.ts';
import type { Client, Project } from './project.ts';
import type { ProjectConfig } from './project-config.ts';
import type { ConfigFile } from './read-config.ts';
import { PROJECT_FILE, configSpan, readConfig } from './read-config.ts';
import { loadScriptMacros } from './script-macros.ts';
import { loadScriptModels } from './script-models/load-script-models.ts';
import { freeSection, selectorsSection } from './sections.ts';
import { selectTarget, targetNamesOf } from './select-target.ts';
import { splitVariables } from './variables.ts';

export interface LoadOptions {
  /** Where to look for the project file, and above. */
  readonly projectDir: string;
  /** `--target`. */
  readonly targetName?: string | undefined;
  /** `--client`: its file is laid over the project file. */
  readonly clientCode?: string | undefined;
  /** `--vars`, read. */
  readonly vars?: Readonly<Record<string, unknown>> | undefined;
  /** `--target-path`, relative to the project directory. */
  readonly targetPath?: string | undefined;
  /** `--threads`. */
  readonly threads?: number | undefined;
  /** The environment of the process; `.env` of the project adds what it lacks. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** False reads and writes no parse cache. */
  readonly usesCache?: boolean | undefined;
  /** Of the running Cortex: caches of another version are not read. */
  readonly cortexVersion?: string | undefined;
  /** Milliseconds since the Unix epoch, UTC. */
  readonly now?: number | undefined;
}

/** The folder of the nearest project file at or above a directory. */
export function findProjectDirectory(start: string): string | undefined {
  const directory = resolve(start);
  if (isFile(join(directory, PROJECT_FILE))) return directory;
  const parent = dirname(directory);
  return parent === directory ? undefined : findProjectDirectory(parent);
}

/** Finds, reads and checks a project. `undefined` when its project file cannot be used. */
export async function loadProject(options: LoadOptions): Promise<Outcome<Project | undefined>> {
  const loadedAt = options.now ?? Date.now();
  const directory = findProjectDirectory(options.projectDir);
  if (directory === undefined) return outcome(undefined, [projectNotFound(options.projectDir)]);
  const diagnostics: Diagnostic[] = [];
  const { clientCode } = options;
  const configured = loadConfig(directory, options, diagnostics);
  if (configured === undefined) return outcome(undefined, diagnostics);
  const { root, environment } = configured;
  const target = selectTarget(root, { ...options, environment, directory }, diagnostics);
  const selectors = selectorsSection(root, directory, diagnostics);
  const allTargets = options.targetPath ?? root.config.target_path ?? 'target';
  const targetPath = targetPathOf(allTargets, clientCode);
  const packages = loadPackages(
    root,
    { directory, environment, targetPath: allTargets },
    diagnostics,
  );
  const scripts = await loadScriptMacros(
    packages.flatMap(({ files }) => files.filter((file) => file.kind === 'script-macro')),
    join(directory, targetPath),
    diagnostics,
  );
  const texts = textsBelow(directory);
  const scriptModels = await loadScriptModels(
    packages.flatMap(({ files }) => files),
    { targetFolder: join(directory, targetPath), texts, diagnostics },
  );
  if (target === undefined || hasErrors(diagnostics)) return outcome(undefined, diagnostics);
  const cache =
    options.usesCache === false ? NO_CACHE : fileCacheStore(join(directory, targetPath));
  const variables = splitVariables(
    root.config.vars ?? {},
    new Set(packages.map(({ name }) => name)),
  );
  const project: Project = {
    directory,
    name: root.config.name,
    version: root.config.version ?? '',
    client: clientOf(root.config.client ?? {}),
    clientCode,
    target,
    targetNames: targetNamesOf(root),
    packages,
    variables: {
      commandLine: options.vars ?? {},
      rootPackages: variables.scoped,
      root: variables.global,
      packages: new Map(
        packages.filter(({ isRoot }) => !isRoot).map(({ name, variables: own }) => [name, own]),
      ),
    },
    environment,
    flags: root.config.flags ?? {},
    targetPath,
    cleanTargets:
      clientCode === undefined ? (root.config.clean_targets ?? [targetPath]) : [targetPath],
    selectors,
    connectors: freeSection(root, 'connectors'),
    pipelines: freeSection(root, 'pipelines'),
    alerts: freeSection(root, 'alerts'),
    conversions: freeSection(root, 'conversions'),
    tracking: freeSection(root, 'tracking'),
    setup: freeSection(root, 'setup'),
    scripts,
    scriptModels,
    texts,
    cache,
    checksums: fileChecksums(cache, texts, loadedAt),
    cortexVersion: options.cortexVersion ?? '',
    span: configSpan(root, 'name'),
  };
  return outcome(project, diagnostics);
}

/** The project file with the client's over it, and the environment that both are read in. */
export function loadConfig(
  directory: string,
  options: Pick<LoadOptions, 'environment' | 'clientCode'>,
  diagnostics: Diagnostic[],
):
  | { readonly root: ConfigFile; readonly environment: Readonly<Record<string, string>> }
  | undefined {
  const shared = environmentOf(directory, options.environment);
  const { clientCode: code } = options;
  const own = code === undefined ? {} : clientEnvironment(directory, code, diagnostics);
  const environment = { ...shared, ...own };
  const client =
    code === undefined ? undefined : readClientFile(directory, code, environment, diagnostics);
  if (hasErrors(diagnostics)) return undefined;
  const path = join(directory, PROJECT_FILE);
  const root = readConfig(path, { directory, environment, client }, diagnostics);
  return root === undefined || hasErrors(diagnostics) ? undefined : { root, environment };
}

/** Every client has a folder of its own below the target path. */
function targetPathOf(path: string, clientCode: string | undefined): string {
  return clientCode === undefined ? path : `${path}/${CLIENTS_FOLDER}/${clientCode}`;
}

function environmentOf(
  directory: string,
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const fromFile = parseEnv(readText(join(directory, '.env')) ?? '') as Record<string, string>;
  const set = Object.entries(environment).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return { ...fromFile, ...Object.fromEntries(set) };
}

function clientOf(client: NonNullable<ProjectConfig['client']>): Client {
  return {
    name: client.name ?? '',
    code: client.code ?? '',
    timezone: client.timezone ?? 'UTC',
    currency: client.currency ?? '',
    locale: client.locale ?? '',
  };
}

/** Reads a file when it is first asked for, and never again. */
function textsBelow(directory: string): SourceTexts {
  const texts = new Map<string, string | undefined>();
  return {
    text: (file) => {
      if (!texts.has(file)) texts.set(file, readText(resolve(directory, file)));
      return texts.get(file);
    },
  };
}
