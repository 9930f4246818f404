import type { Outcome } from '../kernel/outcome.ts';
import { outcome } from '../kernel/outcome.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { Project } from '../project/project.ts';

export interface ParseOptions {
  /** Names of the tests that ship with Cortex; when given, other names must be macros of the project. */
  readonly builtInTests?: Iterable<string>;
}

/** Makes the manifest of a project: every node, checked and linked. Mistakes are diagnostics, never thrown. */
export function parseProject(project: Project, _options: ParseOptions = {}): Outcome<Manifest> {
  return outcome({
    projectName: project.name,
    projectVersion: project.version,
    nodes: new Map(),
    disabled: new Map(),
    macros: new Map(),
    docs: new Map(),
    groups: new Map(),
  });
}
