import type { Graph } from '../../graph/graph.ts';
import type { NodeId } from '../../manifest/node-id.ts';
import { relationKey } from '../../manifest/relation.ts';
import type { Plan } from '../../plan/plan.ts';
import type { Database } from '../../warehouse/database.ts';
import { EXIT } from '../invocation.ts';
import type { Observation } from '../alerts/observation.ts';
import type { ProjectSession } from '../session.ts';
import { onlyStreams } from './choose-streams.ts';
import { readConnectors } from './read-connectors.ts';
import type { StreamOfTable } from './stream-tables.ts';
import { streamTables } from './stream-tables.ts';

/** What a sync before a build leaves for it. */
export interface SyncedForBuild {
  readonly exitCode: number;
  /** Nodes below a stream that was not read to its end, each with that stream. */
  readonly blocked: ReadonlyMap<NodeId, NodeId>;
  /** How the accounts of platforms stand, for alerts. */
  readonly accounts: readonly Observation[];
}

const NOTHING: SyncedForBuild = { exitCode: EXIT.good, blocked: new Map(), accounts: [] };

/** `build --sync`: syncs exactly the streams whose raw tables the plan reads, as a run before that of the build. */
export async function syncForBuild(
  session: ProjectSession,
  database: Database,
  { graph, plan }: { readonly graph: Graph; readonly plan: Plan },
): Promise<SyncedForBuild> {
  const sources = await neededSources(session, graph, plan);
  if (sources.size === 0) return NOTHING;
  const streams = [...sources.values()];
  const connectors = await readConnectors(session, {
    names: new Set(streams.map(({ connector }) => connector)),
  });
  const chosen = onlyStreams(connectors, [...new Set(streams.map(nameOf))]);
  const { runSync } = await import('./run-sync.ts');
  const order = { purpose: 'sync', fullRefresh: false, wait: session.flags.wait } as const;
  const { ended, exitCode, accounts } = await runSync(session, database, chosen, { order });
  const failed = [...ended].filter(([, status]) => status !== 'success').map(([id]) => id);
  return { exitCode, accounts, blocked: blockedNodes(graph, sources, failed) };
}

function nameOf({ connector, stream }: StreamOfTable): string {
  return `${connector}.${stream}`;
}

/** Sources that the plan reads and a stream fills. */
async function neededSources(
  session: ProjectSession,
  graph: Graph,
  plan: Plan,
): Promise<ReadonlyMap<NodeId, StreamOfTable>> {
  const tables = await streamTables(session);
  const sources = new Map<NodeId, StreamOfTable>();
  for (const id of sourcesRead(graph, plan)) {
    const node = graph.manifest.nodes.get(id);
    if (node?.resourceType !== 'source') continue;
    const stream = tables.get(relationKey(node.relation));
    if (stream !== undefined) sources.set(id, stream);
  }
  return sources;
}

/** Parents of what is built or tested; through views and ephemeral models that are not, which read when they are read. */
function sourcesRead(graph: Graph, plan: Plan): ReadonlySet<NodeId> {
  const planned = plan.steps.flatMap(({ id, tests }) => [id, ...tests.map(({ test }) => test.id)]);
  const seen = new Set<NodeId>(planned);
  const found = new Set<NodeId>();
  const visit = (id: NodeId): void => {
    for (const parent of graph.parents(id)) {
      if (seen.has(parent)) continue;
      seen.add(parent);
      const node = graph.manifest.nodes.get(parent);
      if (node?.resourceType === 'source') found.add(parent);
      const materialized = node?.config.materialized;
      if (materialized === 'view' || materialized === 'ephemeral') visit(parent);
    }
  };
  for (const id of planned) visit(id);
  return found;
}

function blockedNodes(
  graph: Graph,
  sources: ReadonlyMap<NodeId, StreamOfTable>,
  failed: readonly NodeId[],
): ReadonlyMap<NodeId, NodeId> {
  const blocked = new Map<NodeId, NodeId>();
  for (const [source, { connector, stream }] of sources) {
    const because = failed.find((id) => {
      const [, , platform, ...rest] = id.split('.');
      return platform === connector && rest.at(-1) === stream;
    });
    if (because === undefined) continue;
    for (const id of graph.descendants(source)) if (!blocked.has(id)) blocked.set(id, because);
  }
  return blocked;
}
