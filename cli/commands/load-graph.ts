import { countedKinds } from '../report/lines.ts';
import { outcome } from '../kernel/outcome.ts';
import { deprecationsOnce } from './deprecations.ts';
import { buildGraph } from '../graph/build-graph.ts';
import type { Graph } from '../graph/graph.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { ManifestInputs } from '../parse/manifest-cache.ts';
import { parseInputs, parseProject } from '../parse/parse-project.ts';
import { BUILT_IN_TEST_NAMES } from '../compile/tests/names.ts';
import type { RunEvent } from '../events/run-event.ts';
import type { ProjectSession } from './session.ts';

export interface LoadedManifest {
  readonly manifest: Manifest;
  /** Names of the environment variables that the manifest is made from. */
  readonly environmentVariables: ReadonlySet<string>;
}

export interface LoadedGraph extends LoadedManifest {
  readonly graph: Graph;
  /** Says how long it took and what was found. */
  readonly parsed: RunEvent;
}

/** Parses the project; errors end the command. */
export function loadManifest(session: ProjectSession): LoadedManifest {
  const environmentVariables = new Set<string>();
  const { value, diagnostics } = parseProject(session.project, {
    builtInTests: BUILT_IN_TEST_NAMES,
    environmentVariables,
  });
  const manifest = session.check(outcome(value, deprecationsOnce(diagnostics, session.command)));
  return { manifest, environmentVariables };
}

/** The graph of a manifest; errors end the command. */
export async function linkGraph(session: ProjectSession, manifest: Manifest): Promise<Graph> {
  return session.check(await buildGraph(manifest));
}

/** Parses the project and links its graph; errors of either end the command. */
export async function loadGraph(session: ProjectSession): Promise<LoadedGraph> {
  const { clock } = session.world;
  const start = clock.monotonic();
  const loaded = loadManifest(session);
  const graph = await linkGraph(session, loaded.manifest);
  const detail = countedKinds(kindsOf(loaded.manifest)) || 'no nodes';
  return {
    ...loaded,
    graph,
    parsed: { type: 'phaseFinished', phase: 'parse', ms: clock.monotonic() - start, detail },
  };
}

/** What `loadGraph` works from: tells whether it would find what it found before. */
export function graphInputs({ project }: ProjectSession): ManifestInputs {
  return parseInputs(project, { builtInTests: BUILT_IN_TEST_NAMES });
}

function kindsOf(manifest: Manifest): Record<string, number> {
  const counts = { model: 0, test: 0, seed: 0, source: 0, snapshot: 0, exposure: 0 };
  for (const { resourceType } of manifest.nodes.values()) {
    if (resourceType in counts) counts[resourceType as keyof typeof counts] += 1;
  }
  return counts;
}
