import { join, resolve } from 'node:path';
import type { Diagnostic } from '../kernel/diagnostic.ts';
import { sha256 } from '../kernel/hash.ts';
import { isFile } from '../platform/fs.ts';
import { discoverFiles } from './discover.ts';
import { duplicatePackage, packageWithoutProject } from './messages.ts';
import type { ProjectPackage } from './project.ts';
import type { FolderConfigs, FolderSection, ProjectConfig } from './project-config.ts';
import { FOLDER_SECTIONS } from './project-config.ts';
import type { ConfigFile } from './read-config.ts';
import { PROJECT_FILE, configSpan, readConfig } from './read-config.ts';
import { splitVariables } from './variables.ts';

export interface PackageOptions {
  /** Of the project, absolute. */
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly targetPath: string;
}

/** The root project and the packages it lists, with all their files. */
export function loadPackages(
  root: ConfigFile,
  options: PackageOptions,
  diagnostics: Diagnostic[],
): readonly ProjectPackage[] {
  const packages = [packageOf(root, options.directory, options)];
  for (const [index, entry] of (root.config.packages ?? []).entries()) {
    const span = configSpan(root, 'packages', index, 'local');
    const directory = resolve(options.directory, entry.local);
    const path = join(directory, PROJECT_FILE);
    const file = isFile(path) ? readConfig(path, options, diagnostics) : undefined;
    if (file === undefined) {
      diagnostics.push(packageWithoutProject(entry.local, span));
    } else if (packages.some(({ name }) => name === file.config.name)) {
      diagnostics.push(duplicatePackage(file.config.name, span));
    } else {
      packages.push(packageOf(file, directory, options));
    }
  }
  return packages;
}

function packageOf(file: ConfigFile, directory: string, options: PackageOptions): ProjectPackage {
  const { config } = file;
  const skip = new Set(
    [options.targetPath, ...(config.clean_targets ?? [])].map((path) => resolve(directory, path)),
  );
  const own = splitVariables(config.vars ?? {}, new Set([config.name]));
  return {
    name: config.name,
    version: config.version ?? '',
    directory,
    isRoot: directory === options.directory,
    configPath: file.path,
    configYaml: file.yaml,
    configChecksum: sha256(file.text),
    folderConfigs: folderConfigsOf(config),
    variables: { ...own.global, ...own.scoped.get(config.name) },
    onRunStart: config.on_run_start ?? [],
    onRunEnd: config.on_run_end ?? [],
    files: discoverFiles(config, {
      name: config.name,
      directory,
      projectDirectory: options.directory,
      skip,
    }),
  };
}

function folderConfigsOf(config: ProjectConfig): FolderConfigs {
  const section = (name: FolderSection): Readonly<Record<string, unknown>> =>
    name === 'tests' ? { ...config.tests, ...config.data_tests } : (config[name] ?? {});
  return Object.fromEntries(FOLDER_SECTIONS.map((name) => [name, section(name)])) as FolderConfigs;
}
