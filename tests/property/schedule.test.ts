import fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildGraph } from '../../cli/graph/build-graph.ts';
import { buildPlan } from '../../cli/plan/build-plan.ts';
import type { Plan } from '../../cli/plan/plan.ts';
import { scriptedRun } from '../support/scripted-run.ts';
import { smallManifest } from '../support/small-graph.ts';

interface Project {
  /** Parents of each model by number, all smaller than its own. */
  readonly parents: readonly (readonly number[])[];
  readonly ephemeral: readonly boolean[];
  readonly tests: readonly (readonly number[])[];
  readonly unselected: readonly boolean[];
  readonly broken: readonly boolean[];
  readonly failing: readonly boolean[];
  readonly threads: number;
  readonly pauses: readonly number[];
}

const MODELS = 9;
const numbers = fc.uniqueArray(fc.nat(MODELS - 1), { maxLength: 3 });

const projects: fc.Arbitrary<Project> = fc.record({
  parents: fc.array(numbers, { minLength: MODELS, maxLength: MODELS }),
  ephemeral: flags(MODELS, 5),
  tests: fc.array(fc.uniqueArray(fc.nat(MODELS - 1), { minLength: 1, maxLength: 3 }), {
    maxLength: 8,
  }),
  unselected: flags(MODELS, 5),
  broken: flags(MODELS, 6),
  failing: flags(8, 4),
  threads: fc.integer({ min: 1, max: 5 }),
  pauses: fc.array(fc.nat(4), { minLength: MODELS, maxLength: MODELS }),
});

/** One of so many is true. */
function flags(length: number, oneOf: number): fc.Arbitrary<readonly boolean[]> {
  return fc.array(
    fc.nat(oneOf - 1).map((value) => value === 0),
    { minLength: length, maxLength: length },
  );
}

async function planOf(project: Project) {
  const models = project.parents.map((parents, model) => [
    `m${model}`,
    [
      ...parents.filter((parent) => parent < model).map((parent) => `m${parent}`),
      ...(project.ephemeral[model] === true ? [{ config: { materialized: 'ephemeral' } }] : []),
    ],
  ]);
  const tests = project.tests.map((parents, test) => [
    `t${test}`,
    [...parents.map((parent) => `m${parent}`), { resource_type: 'test' as const }],
  ]);
  const { value: graph } = await buildGraph(
    smallManifest(Object.fromEntries([...models, ...tests])),
  );
  const selection = [...graph.manifest.nodes.keys()].filter(
    (id) => project.unselected[Number(/m(\d+)$/.exec(id)?.[1] ?? -1)] !== true,
  );
  return { graph, plan: buildPlan({ graph, selection: new Set(selection), command: 'build' }) };
}

function outcomesOf({ broken, failing }: Project): Record<string, string> {
  return Object.fromEntries([
    ...broken.flatMap((isBroken, model) => (isBroken ? [[`model.shop.m${model}`, 'error']] : [])),
    ...failing.flatMap((isFailing, test) => (isFailing ? [[`test.shop.t${test}`, 'fail']] : [])),
  ]);
}

async function runOf(project: Project, plan: Plan) {
  return scriptedRun(plan, outcomesOf(project), {
    threads: project.threads,
    pause: async (id) => {
      const ticks = project.pauses[Number(/\d+$/.exec(id)?.[0] ?? 0)] ?? 0;
      for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve();
    },
  });
}

it('never starts a step before all that it waits for has ended', async () => {
  await fc.assert(
    fc.asyncProperty(projects, async (project) => {
      const { plan } = await planOf(project);
      const { order, statuses } = await runOf(project, plan);
      const at = new Map(order.map(({ id, what }, index) => [`${what} ${id}`, index]));
      for (const step of plan.steps) {
        const start = at.get(`start ${step.id}`);
        if (start === undefined) continue;
        for (const { id } of step.after) {
          const isOver =
            statuses.get(id) === 'skipped' || (at.get(`end ${id}`) ?? Infinity) < start;
          expect(isOver, `${step.id} waits for ${id}`).toBe(true);
        }
      }
    }),
  );
});

it('gives every selected node and test exactly one status', async () => {
  await fc.assert(
    fc.asyncProperty(projects, async (project) => {
      const { plan, graph } = await planOf(project);
      const { statuses, repeated } = await runOf(project, plan);
      const planned = plan.steps.flatMap(({ id, tests }) => [
        id,
        ...tests.map(({ test }) => test.id),
      ]);
      const tests = [...graph.manifest.nodes.keys()].filter((id) => id.startsWith('test.'));
      expect(repeated).toEqual([]);
      expect([...statuses.keys()].toSorted()).toEqual(planned.toSorted());
      expect(planned).toEqual(expect.arrayContaining(tests));
    }),
  );
});

it('skips the models below a failure, and no others', async () => {
  await fc.assert(
    fc.asyncProperty(projects, async (project) => {
      const { plan, graph } = await planOf(project);
      const { statuses } = await runOf(project, plan);
      const blamed = new Set<string>();
      for (const { id, tests, node } of plan.steps) {
        const isBad = (found: string) => ['error', 'fail'].includes(statuses.get(found) ?? '');
        const isOwner = isBad(id) || tests.some(({ test }) => isBad(test.id));
        if (isOwner && node.resourceType === 'model') {
          for (const below of graph.descendants(id)) blamed.add(below);
        }
        if (isOwner && node.resourceType === 'test') {
          const sets = graph.parents(id).map((parent) => graph.descendants(parent));
          for (const below of sets[0] ?? []) {
            if (sets.every((set) => set.has(below))) blamed.add(below);
          }
        }
      }
      const models = plan.steps.filter(({ node }) => node.resourceType === 'model');
      for (const { id } of models) {
        expect([id, statuses.get(id) === 'skipped']).toEqual([id, blamed.has(id)]);
      }
    }),
  );
});
