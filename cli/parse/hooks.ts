import type { NodeConfig } from '../manifest/node-config.ts';
import type { RefCall, SourceCall } from '../manifest/node.ts';
import type { ProjectFile } from '../project/project.ts';
import { analyseText } from './file-analysis.ts';
import type { Workspace } from './workspace.ts';
import { fileSpan } from './workspace.ts';

export interface References {
  readonly refs: readonly RefCall[];
  readonly sources: readonly SourceCall[];
  readonly macros: readonly string[];
}

const NONE: References = { refs: [], sources: [], macros: [] };

/** What the hooks of a node refer to: their node depends on it as well. */
export function hookReferences(
  config: NodeConfig,
  file: ProjectFile,
  workspace: Workspace,
): References {
  const hooks = [...(config.pre_hook ?? []), ...(config.post_hook ?? [])];
  if (hooks.length === 0) return NONE;
  const environment = workspace.environmentOf(file.packageName);
  const analyses = hooks.map(({ sql }) => {
    const source = { text: sql, path: file.path, packageName: file.packageName };
    return analyseText(source, fileSpan(file), environment);
  });
  workspace.diagnostics.push(...analyses.flatMap(({ diagnostics }) => diagnostics));
  return {
    refs: analyses.flatMap(({ refs }) => refs),
    sources: analyses.flatMap(({ sources }) => sources),
    macros: analyses.flatMap(({ macros }) => macros),
  };
}
