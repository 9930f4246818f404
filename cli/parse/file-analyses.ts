import type { ProjectFile } from '../project/project.ts';
import { unreadableFile } from '../project/messages.ts';
import type { FileAnalysis } from './file-analysis.ts';
import { analyseFile } from './file-analysis.ts';
import type { ParseCache } from './parse-cache.ts';
import type { Workspace } from './workspace.ts';

/** Templates of SQL files with what they say, from the cache where their text and all they saw is the same. */
export interface FileAnalyses {
  /** `undefined` when the file cannot be read. */
  of(file: ProjectFile): FileAnalysis | undefined;
  textOf(file: ProjectFile): string | undefined;
  /** Environment variables that the files asked for so far. */
  readonly environmentVariables: ReadonlySet<string>;
}

/** `seen` stands for everything that templates see beside their own text. */
export function createFileAnalyses(
  workspace: Workspace,
  cache: ParseCache,
  seen: string,
): FileAnalyses {
  const { project } = workspace;
  const isCurrent = (analysis: FileAnalysis & Environmental): boolean =>
    analysis.environmentVariables.every(
      (name, index) => cache.fingerprint(project.environment[name]) === analysis.values[index],
    );
  const asked = new Set<string>();
  const analysed = (file: ProjectFile): FileAnalysis | undefined => {
    const key = `${project.checksums.of(file)}.${seen}`;
    const kept = cache.get<FileAnalysis & Environmental>(file.path, key);
    if (kept !== undefined && isCurrent(kept)) return kept;
    const text = project.texts.text(file.path);
    if (text === undefined) {
      workspace.diagnostics.push(unreadableFile(file.path));
      return undefined;
    }
    const { packageName, path } = file;
    const analysis = analyseFile({ text, path, packageName }, workspace.environmentOf(packageName));
    const values = analysis.environmentVariables.map((name) =>
      cache.fingerprint(project.environment[name]),
    );
    cache.set(path, key, { ...analysis, values });
    return analysis;
  };
  return {
    environmentVariables: asked,
    textOf: (file) => project.texts.text(file.path),
    of: (file) => {
      const analysis = analysed(file);
      for (const name of analysis?.environmentVariables ?? []) asked.add(name);
      return analysis;
    },
  };
}

interface Environmental {
  /** Fingerprints of the environment variables, in their order. */
  readonly values: readonly string[];
}
