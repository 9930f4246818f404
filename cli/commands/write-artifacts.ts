import type { RenderedSql } from '../kernel/rendered-sql.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { NodeId } from '../manifest/node-id.ts';
import type { NodeResult } from '../manifest/run-result.ts';
import { readText, writePartsAtomically, writeTextAtomically } from '../platform/fs.ts';
import { cortexVersion } from '../platform/version.ts';
import type { ArtifactRun } from '../report/artifact-metadata.ts';
import { manifestLines, manifestText } from '../report/manifest-artifact.ts';
import { runResults } from '../report/run-results.ts';
import type { FreshnessResult } from '../report/sources-artifact.ts';
import { sourcesArtifact } from '../report/sources-artifact.ts';
import { relationSql } from '../sql/identifier.ts';
import { compiledPath } from './compiled-path.ts';
import type { FlagKey } from './flags.ts';
import { projectKey } from './flags.ts';
import type { ProjectSession } from './session.ts';

function artifactRun(session: ProjectSession): ArtifactRun {
  return {
    runId: session.runId,
    cortexVersion: cortexVersion(),
    startedAt: session.startedAt,
    generatedAt: session.world.clock.now(),
  };
}

/**
 * Writes `manifest.json`, which a later run can compare with (`--state`). Nodes that `isAsBefore` names
 * keep the line that they have in it.
 */
export function writeManifest(
  session: ProjectSession,
  manifest: Manifest,
  compiled: ReadonlyMap<NodeId, { readonly sql: Pick<RenderedSql, 'text'> }>,
  isAsBefore?: (id: NodeId) => boolean,
): void {
  const { project } = session;
  const file = session.targetFile(MANIFEST_FILE);
  const kept = isAsBefore === undefined ? undefined : manifestLines(readText(file) ?? '');
  const text = manifestText(manifest, artifactRun(session), {
    createdAt: session.startedAt,
    projectDirectory: project.directory,
    relationName: relationSql,
    compiledSql: (id) => compiled.get(id)?.sql.text,
    compiledPath: (node) =>
      compiled.has(node.id) ? `${project.targetPath}/${compiledPath(node)}` : undefined,
    macroText: (macro) => project.texts.text(macro.path) ?? '',
    keptLine: (id) => (isAsBefore?.(id) === true ? kept?.get(id) : undefined),
  });
  writePartsAtomically(file, text);
}

/** Below the target path. */
export const MANIFEST_FILE = 'manifest.json';

/** Writes `run_results.json`. */
export function writeRunResults(
  session: ProjectSession,
  command: string,
  results: readonly NodeResult[],
  elapsedMs: number,
): void {
  const artifact = runResults({
    run: artifactRun(session),
    results,
    elapsedMs,
    args: { which: command, ...shownFlags(session) },
  });
  writeTextAtomically(session.targetFile('run_results.json'), `${JSON.stringify(artifact)}\n`);
}

/** Flags by their dbt-like names. Variables may hold anything a person passed, so only their names are kept. */
function shownFlags(session: ProjectSession): Record<string, unknown> {
  const entries = Object.entries(session.flags).map(([key, value]) => [
    projectKey(key as FlagKey),
    value,
  ]);
  return { ...Object.fromEntries(entries), vars: Object.keys(session.flags.vars) };
}

/** Writes `sources.json`. */
export function writeSources(
  session: ProjectSession,
  results: readonly FreshnessResult[],
  elapsedMs: number,
): void {
  const artifact = sourcesArtifact(results, artifactRun(session), elapsedMs);
  writeTextAtomically(session.targetFile('sources.json'), `${JSON.stringify(artifact)}\n`);
}
