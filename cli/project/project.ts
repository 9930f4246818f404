import type { SourceTexts, Span } from '../kernel/span.ts';
import type { TargetConfig } from '../manifest/target.ts';
import type { ParseCacheStore } from './cache-store.ts';
import type { FileChecksums } from './file-checksums.ts';
import type { FolderConfigs, HookText, ProjectFlags } from './project-config.ts';
import type { ScriptMacro } from './script-macros.ts';
import type { ScriptModel } from './script-models/load-script-models.ts';
import type { Variables } from './variables.ts';
import type { YamlValue } from './yaml.ts';

/** Who the project is built for. Texts are empty where the project file says nothing. */
export interface Client {
  readonly name: string;
  readonly code: string;
  /** An IANA name; `UTC` unless written otherwise. */
  readonly timezone: string;
  /** ISO 4217, or empty. */
  readonly currency: string;
  /** BCP 47, or empty. */
  readonly locale: string;
}

export type FileKind =
  | 'model'
  | 'script-model'
  | 'script-module'
  | 'snapshot'
  | 'singular-test'
  | 'generic-test'
  | 'seed'
  | 'sql-macro'
  | 'script-macro'
  | 'properties'
  | 'markdown';

/** A file of a package that declares something. */
export interface ProjectFile {
  /** Relative to the project directory, POSIX separators: what spans carry. */
  readonly path: string;
  /** Relative to its package: `models/staging/orders.sql`. */
  readonly packagePath: string;
  /** Relative to its resource folder: `staging/orders.sql`. */
  readonly resourcePath: string;
  readonly absolutePath: string;
  readonly packageName: string;
  readonly kind: FileKind;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since the Unix epoch, with fractions. */
  readonly modifiedAt: number;
  readonly changedAt: number;
}

/** The root project, or a package it lists under `packages`. */
export interface ProjectPackage {
  readonly name: string;
  readonly version: string;
  /** Absolute. */
  readonly directory: string;
  readonly isRoot: boolean;
  /** The project file, relative to the project directory. */
  readonly configPath: string;
  /** The project file as written, for the places of its parts, and the SHA-256 of its text. */
  readonly configYaml: YamlValue;
  readonly configChecksum: string;
  readonly folderConfigs: FolderConfigs;
  /** Its own `vars:`: the weakest values of what `var` finds in the package. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly onRunStart: readonly HookText[];
  readonly onRunEnd: readonly HookText[];
  readonly files: readonly ProjectFile[];
}

/** A value of the project file that a later phase understands, with the places of its parts. */
export interface FreeSection {
  readonly value: unknown;
  readonly yaml: YamlValue;
  readonly file: string;
}

/** A project directory, read and checked: what `parseProject` and the commands work from. */
export interface Project {
  /** Absolute. */
  readonly directory: string;
  readonly name: string;
  readonly version: string;
  readonly client: Client;
  /** Of `--client`: its file is laid over the project file. */
  readonly clientCode: string | undefined;
  readonly target: TargetConfig;
  /** Names of all targets. */
  readonly targetNames: readonly string[];
  /** The root project first, then its packages in the order of `packages`. */
  readonly packages: readonly ProjectPackage[];
  readonly variables: Variables;
  /** The process environment with `.env` below it and `clients/<code>.env` above. Never written anywhere. */
  readonly environment: Readonly<Record<string, string>>;
  readonly flags: ProjectFlags;
  /** Relative to the project directory: `target`. */
  readonly targetPath: string;
  readonly cleanTargets: readonly string[];
  /** `selectors:` of the project file or of `selectors.yml`, for `parseSelectors` of cli/graph. */
  readonly selectors: FreeSection | undefined;
  readonly connectors: FreeSection | undefined;
  readonly pipelines: FreeSection | undefined;
  readonly alerts: FreeSection | undefined;
  readonly conversions: FreeSection | undefined;
  readonly tracking: FreeSection | undefined;
  readonly setup: FreeSection | undefined;
  /** Script macros by `<package>.<name>`. */
  readonly scripts: ReadonlyMap<string, ScriptMacro>;
  /** TypeScript models by the project-relative path of their file. */
  readonly scriptModels: ReadonlyMap<string, ScriptModel>;
  /** Reads files of the project on demand and remembers their texts; `undefined` for files that cannot be read. */
  readonly texts: SourceTexts;
  readonly cache: ParseCacheStore;
  readonly checksums: FileChecksums;
  /** Caches of another version of Cortex are not read. */
  readonly cortexVersion: string;
  /** Where the project's name is written. */
  readonly span: Span;
}
