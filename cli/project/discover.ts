import { join, relative, sep } from 'node:path';
import type { FoundFile } from '../platform/fs.ts';
import { filesBelow } from '../platform/fs.ts';
import type { ProjectConfig } from './project-config.ts';
import type { FileKind, ProjectFile } from './project.ts';

/** What a resource folder is for. */
type FolderKind = 'models' | 'seeds' | 'sources' | 'macros' | 'tests' | 'snapshots' | 'docs';

/** The folders of a package, in the order in which their files are read. */
function resourceFolders(
  config: ProjectConfig,
): readonly (readonly [FolderKind, readonly string[]])[] {
  return [
    ['macros', config.macro_paths ?? ['macros']],
    ['sources', config.source_paths ?? ['sources']],
    ['seeds', config.seed_paths ?? ['seeds']],
    ['models', config.model_paths ?? ['models']],
    ['snapshots', config.snapshot_paths ?? ['snapshots']],
    ['tests', config.test_paths ?? ['tests']],
    ['docs', config.docs_paths ?? []],
  ];
}

export interface PackageLocation {
  readonly name: string;
  readonly directory: string;
  readonly projectDirectory: string;
  /** Absolute paths that are never read. */
  readonly skip: ReadonlySet<string>;
}

/** Every file of a package that declares something, each once, by one pass over its folders. */
export function discoverFiles(
  config: ProjectConfig,
  location: PackageLocation,
): readonly ProjectFile[] {
  const prefix = relative(location.projectDirectory, location.directory).split(sep).join('/');
  const files = new Map<string, ProjectFile>();
  for (const [folderKind, folders] of resourceFolders(config)) {
    for (const folder of folders) {
      const root = folder.replace(/^\.\//, '').replace(/\/+$/, '');
      for (const found of filesBelow(join(location.directory, root), location.skip)) {
        const kind = kindOf(folderKind, found.relativePath);
        if (kind === undefined || files.has(found.absolutePath)) continue;
        files.set(
          found.absolutePath,
          projectFile(found, { root, prefix, kind, packageName: location.name }),
        );
      }
    }
  }
  return [...files.values()];
}

function projectFile(
  found: FoundFile,
  place: { root: string; prefix: string; kind: FileKind; packageName: string },
): ProjectFile {
  const packagePath = `${place.root}/${found.relativePath}`;
  return {
    path: place.prefix === '' ? packagePath : `${place.prefix}/${packagePath}`,
    packagePath,
    resourcePath: found.relativePath,
    absolutePath: found.absolutePath,
    packageName: place.packageName,
    kind: place.kind,
    size: found.size,
    modifiedAt: found.modifiedAt,
    changedAt: found.changedAt,
  };
}

const ALWAYS: Readonly<Record<string, FileKind>> = {
  yml: 'properties',
  yaml: 'properties',
  md: 'markdown',
};

const BY_FOLDER: Readonly<Record<FolderKind, Readonly<Record<string, FileKind>>>> = {
  models: { sql: 'model', ts: 'script-model', js: 'script-model', mjs: 'script-model' },
  seeds: { csv: 'seed' },
  sources: {},
  macros: { sql: 'sql-macro', ts: 'script-macro', js: 'script-macro', mjs: 'script-macro' },
  tests: { sql: 'singular-test' },
  snapshots: { sql: 'snapshot' },
  docs: {},
};

function kindOf(folder: FolderKind, path: string): FileKind | undefined {
  const extension = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  const kind = ALWAYS[extension] ?? BY_FOLDER[folder][extension];
  if (path.endsWith('.d.ts')) return undefined;
  if (kind === 'script-model' && isShared(path)) return 'script-module';
  return kind === 'singular-test' && path.startsWith('generic/') ? 'generic-test' : kind;
}

/** A file that models import is no model: its name, or that of a folder above it, begins with `_`. */
function isShared(path: string): boolean {
  return path.split('/').some((name) => name.startsWith('_'));
}
