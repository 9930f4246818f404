import type { RefCall, SourceCall } from '../manifest/node.ts';
import type { ProjectFile } from '../project/project.ts';
import type { ScriptModel } from '../project/script-models/load-script-models.ts';
import type { FileAnalysis } from './file-analysis.ts';
import { fileSpan } from './workspace.ts';

/** What a TypeScript model says of its node, in the shape of what a template says. */
export function scriptAnalysis(
  { declaration, config }: ScriptModel,
  file: ProjectFile,
): FileAnalysis {
  const refs: RefCall[] = [];
  const sources: SourceCall[] = [];
  for (const { reads } of declaration.inputs) {
    if (reads.kind === 'ref') refs.push(reads.call);
    else sources.push(reads.call);
  }
  // Rows that code yields are stored: folders that make views of their models do not mean this one.
  const values = { materialized: 'table', ...config, column_types: declaration.columns };
  return {
    refs,
    sources,
    config: [{ values, span: fileSpan(file) }],
    macros: [],
    environmentVariables: [],
    diagnostics: [],
  };
}
