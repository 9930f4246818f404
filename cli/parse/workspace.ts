import type { Diagnostic } from '../kernel/diagnostic.ts';
import type { Outcome } from '../kernel/outcome.ts';
import { outcome } from '../kernel/outcome.ts';
import type { Span } from '../kernel/span.ts';
import type { DocBlock, GroupDefinition, MacroNode } from '../manifest/manifest.ts';
import type { Project } from '../project/project.ts';
import type { FileDeclarations, Range } from '../project/properties/declarations.ts';
import type { ProjectFile } from '../project/project.ts';
import type { TemplateEnvironment } from '../template/environment.ts';
import type { SchemaRule } from './relation-names.ts';

/** A properties file with what it declares. */
export interface PropertiesFile {
  readonly file: ProjectFile;
  readonly declarations: FileDeclarations;
}

/** What the steps of parsing share. Diagnostics are added to it, nothing else changes. */
export interface Workspace {
  readonly project: Project;
  readonly diagnostics: Diagnostic[];
  readonly properties: readonly PropertiesFile[];
  readonly macros: ReadonlyMap<string, MacroNode>;
  readonly docs: ReadonlyMap<string, DocBlock>;
  readonly groups: ReadonlyMap<string, GroupDefinition>;
  readonly rule: SchemaRule;
  /** What the templates of a package see while parsing. */
  environmentOf(packageName: string): TemplateEnvironment;
}

export function spanOf(file: ProjectFile, range: Range): Span {
  return { file: file.path, start: range[0], end: range[1] };
}

/** The place of a whole file. */
export function fileSpan(file: ProjectFile): Span {
  return { file: file.path, start: 0, end: 0 };
}

/** Folders between the resource path and the file: the middle of an fqn. */
export function foldersOf(file: ProjectFile): readonly string[] {
  return file.resourcePath.split('/').slice(0, -1);
}

/** `orders` for `models/staging/orders.sql`. */
export function stemOf(file: ProjectFile): string {
  return file.resourcePath.slice(file.resourcePath.lastIndexOf('/') + 1).replace(/\.[^.]+$/, '');
}

/** References found while a template is only read are looked up later; here they render as nothing. */
export const NO_REFERENCES = {
  ref: (): Outcome<string> => outcome(''),
  source: (): Outcome<string> => outcome(''),
  config: (): void => undefined,
  thisRelation: undefined,
  isIncremental: false,
};
