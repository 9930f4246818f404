import { buildGraph } from '../../cli/graph/build-graph.ts';
import type { Graph } from '../../cli/graph/graph.ts';
import type { ManifestNode } from '../../cli/manifest/node.ts';
import type { FixtureGraph, FixtureNode } from './selection-fixture.ts';
import { fixtureManifest } from './selection-fixture.ts';

type Details = Partial<FixtureNode> & { readonly disabled?: boolean };

/**
 * A graph of models named by their keys, each with the names of its parents and, where it matters, more:
 * `{ orders: [], revenue: ['orders', { tags: ['daily'] }] }`. A detail `resource_type: 'test'` makes a test.
 */
export async function smallGraph(
  models: Readonly<Record<string, readonly (string | Details)[]>>,
): Promise<Graph> {
  const { value } = await buildGraph(smallManifest(models));
  return value;
}

export function smallManifest(models: Readonly<Record<string, readonly (string | Details)[]>>) {
  const kinds = new Map(
    Object.entries(models).map(([name, parts]) => [
      name,
      detailsOf(parts).resource_type ?? 'model',
    ]),
  );
  const idOf = (name: string) => `${kinds.get(name) ?? 'model'}.shop.${name}`;
  const nodes = Object.entries(models).map(([name, parts]) => {
    const parents = parts.filter((part) => typeof part === 'string').map(idOf);
    return [idOf(name), fixtureNodeOf(name, parents, detailsOf(parts))] as const;
  });
  const graph: FixtureGraph = { project: 'shop', nodes: Object.fromEntries(nodes) };
  const manifest = fixtureManifest(graph);
  const isDisabled = ({ name }: ManifestNode) => detailsOf(models[name] ?? []).disabled === true;
  const all = [...manifest.nodes];
  return {
    ...manifest,
    nodes: new Map(all.filter(([, node]) => !isDisabled(node))),
    disabled: new Map(all.filter(([, node]) => isDisabled(node))),
  };
}

function detailsOf(parts: readonly (string | Details)[]): Details {
  return parts.find((part) => typeof part !== 'string') ?? {};
}

function fixtureNodeOf(name: string, parents: readonly string[], details: Details): FixtureNode {
  return {
    resource_type: 'model',
    name,
    path: `models/${name}.sql`,
    fqn: ['shop', name],
    depends_on: parents,
    ...details,
  };
}
