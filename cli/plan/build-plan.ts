import type { Graph } from '../graph/graph.ts';
import type { ManifestNode, TestNode } from '../manifest/node.ts';
import type { NodeId, ResourceType } from '../manifest/node-id.ts';
import { nearestSteps } from './nearest-steps.ts';
import { OrderEdges } from './order-edges.ts';
import { assignOwner } from './owners.ts';
import type { OwnedTest, Plan, PlanCommand, Step } from './plan.ts';
import { stepsInOrder } from './steps-in-order.ts';

export interface PlanRequest {
  readonly graph: Graph;
  /** Ids of the selected nodes. */
  readonly selection: ReadonlySet<NodeId>;
  readonly command: PlanCommand;
  /** Milliseconds that nodes took in earlier runs. */
  readonly durations?: ReadonlyMap<NodeId, number>;
}

const TYPES_OF_COMMAND: Readonly<Record<PlanCommand, readonly ResourceType[]>> = {
  build: ['model', 'seed', 'snapshot', 'exposure', 'test', 'unit_test'],
  run: ['model'],
  seed: ['seed'],
  test: ['test', 'unit_test'],
};

/**
 * Turns a selection into steps. A node waits for its parents to be published; a data test becomes part
 * of the step of the node that it decides about; a test that no node of the plan answers for (of
 * sources, of ephemeral or unselected models) and a unit test are steps of their own, before the nodes
 * below what they test.
 */
export function buildPlan(request: PlanRequest): Plan {
  const { graph, selection, command } = request;
  const types = TYPES_OF_COMMAND[command];
  const selected = [...selection]
    .map((id) => graph.manifest.nodes.get(id))
    .filter((node) => node !== undefined)
    .filter((node) => types.includes(node.resourceType) && leavesSomething(node));
  const draft = new PlanDraft(graph, selected);
  if (command !== 'test') draft.connect();
  const steps = stepsInOrder(draft.steps(), request.durations ?? new Map());
  const owned = steps.reduce((sum, step) => sum + step.tests.length, 0);
  const alone = steps.filter(({ node }) => isTest(node)).length;
  const nodes = steps.filter(({ node }) => isBuilt(node)).length;
  return { command, steps, nodes, tests: owned + alone };
}

/** Ephemeral models are inlined where they are used; models without SQL are only described. */
function leavesSomething(node: ManifestNode): boolean {
  if (node.resourceType !== 'model') return true;
  return node.config.materialized !== 'ephemeral' && node.rawCode.trim() !== '';
}

function isTest(node: ManifestNode): boolean {
  return node.resourceType === 'test' || node.resourceType === 'unit_test';
}

function isBuilt(node: ManifestNode): boolean {
  return !isTest(node) && node.resourceType !== 'exposure';
}

class PlanDraft {
  readonly #graph: Graph;
  readonly #nodes: ReadonlyMap<NodeId, ManifestNode>;
  readonly #edges = new OrderEdges();
  readonly #owned = new Map<NodeId, OwnedTest[]>();
  readonly #built: (id: NodeId) => boolean;
  readonly #stepsAbove: (id: NodeId) => readonly NodeId[];

  constructor(graph: Graph, nodes: readonly ManifestNode[]) {
    this.#graph = graph;
    this.#nodes = new Map(nodes.map((node) => [node.id, node]));
    this.#built = (id) => {
      const node = this.#nodes.get(id);
      return node !== undefined && isBuilt(node);
    };
    this.#stepsAbove = nearestSteps(graph, this.#built);
  }

  connect(): void {
    const nodes = [...this.#nodes.values()];
    for (const node of nodes.filter((found) => !isTest(found))) {
      const needs = node.resourceType === 'exposure' ? 'built' : 'published';
      for (const above of this.#stepsAbove(node.id)) this.#edges.add(above, node.id, needs);
    }
    for (const node of nodes) if (node.resourceType === 'test') this.#placeTest(node);
    for (const node of nodes) if (node.resourceType === 'unit_test') this.#placeUnitTest(node);
  }

  steps(): readonly Omit<Step, 'criticalPath'>[] {
    const owned = new Set([...this.#owned.values()].flat().map(({ test }) => test.id));
    return [...this.#nodes.values()]
      .filter((node) => !owned.has(node.id))
      .map((node) => ({
        id: node.id,
        node,
        tests: this.#owned.get(node.id) ?? [],
        after: this.#edges.above(node.id),
      }));
  }

  #placeTest(test: TestNode): void {
    const owner = assignOwner(test, this.#graph, this.#edges, this.#built);
    if (owner !== undefined) {
      const needs = this.#stepsAbove(test.id).filter((above) => above !== owner);
      this.#owned.set(owner, [...(this.#owned.get(owner) ?? []), { test, needs }]);
      return;
    }
    for (const above of this.#stepsAbove(test.id)) this.#edges.add(above, test.id, 'published');
    this.#goBeforeAllBelow(test.id, this.#graph.parents(test.id));
  }

  /** Before its model, and after what the model waits for. */
  #placeUnitTest(node: ManifestNode): void {
    const models = this.#graph.parents(node.id);
    for (const model of models) {
      for (const { id, needs } of this.#edges.above(model)) {
        if (needs === 'published') this.#edges.add(id, node.id, needs);
      }
      for (const above of this.#stepsAbove(model)) this.#edges.add(above, node.id, 'published');
    }
    const built = models.filter(this.#built);
    for (const model of built) this.#edges.add(node.id, model, 'published');
    if (built.length === 0) this.#goBeforeAllBelow(node.id, models);
  }

  /** The first steps below every one of the parents wait for `id`; what is below those waits with them. */
  #goBeforeAllBelow(id: NodeId, parents: readonly NodeId[]): void {
    const [first, ...rest] = parents.map((parent) => this.#graph.descendants(parent));
    if (first === undefined) return;
    const below = new Set(
      [...first].filter((node) => this.#built(node) && rest.every((other) => other.has(node))),
    );
    for (const node of below) {
      if (this.#stepsAbove(node).some((above) => below.has(above))) continue;
      this.#edges.add(id, node, 'published');
    }
  }
}
