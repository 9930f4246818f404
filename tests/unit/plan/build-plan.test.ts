import { describe, expect, it } from 'vitest';
import { buildPlan } from '../../../cli/plan/build-plan.ts';
import type { Plan, PlanCommand } from '../../../cli/plan/plan.ts';
import { smallGraph } from '../../support/small-graph.ts';

type Models = Parameters<typeof smallGraph>[0];

async function planOf(
  models: Models,
  options: {
    select?: readonly string[];
    command?: PlanCommand;
    durations?: Readonly<Record<string, number>>;
  } = {},
): Promise<Plan> {
  const graph = await smallGraph(models);
  const ids = [...graph.manifest.nodes.keys()];
  const selection = ids.filter(
    (id) => options.select === undefined || options.select.includes(id.split('.').at(-1) ?? ''),
  );
  return buildPlan({
    graph,
    selection: new Set(selection),
    command: options.command ?? 'build',
    durations: new Map(
      Object.entries(options.durations ?? {}).map(([name, ms]) => [`model.shop.${name}`, ms]),
    ),
  });
}

/** `orders [not_null_id] after stg(published)`. */
function lines(plan: Plan): string[] {
  const short = (id: string) => id.split('.').at(-1) ?? '';
  return plan.steps.map(({ id, tests, after }) => {
    const owned = tests.length > 0 ? ` [${tests.map(({ test }) => test.name).join(' ')}]` : '';
    const waits = after.map(({ id: above, needs }) => `${short(above)}(${needs})`);
    return `${short(id)}${owned}${waits.length > 0 ? ` after ${waits.join(' ')}` : ''}`;
  });
}

const TEST = { resource_type: 'test' } as const;

describe('a plan', () => {
  it('lets a node wait for its parents and own its tests', async () => {
    const plan = await planOf({ stg: [], orders: ['stg'], unique_orders: ['orders', TEST] });
    expect(lines(plan)).toEqual(['stg', 'orders [unique_orders] after stg(published)']);
    expect(plan).toMatchObject({ nodes: 2, tests: 1 });
  });

  it('gives a test of two nodes to the later one', async () => {
    const plan = await planOf({ stg: [], orders: ['stg'], both: ['stg', 'orders', TEST] });
    expect(lines(plan)).toEqual(['stg', 'orders [both] after stg(published)']);
  });

  it('orders unrelated nodes that one test reads, without needing the other to succeed', async () => {
    const plan = await planOf({ orders: [], customers: [], both: ['orders', 'customers', TEST] });
    expect(lines(plan)).toEqual(['customers', 'orders [both] after customers(ended)']);
  });

  it('never closes a circle when tests point at each other', async () => {
    const plan = await planOf({
      orders: [],
      customers: [],
      first: ['orders', 'customers', TEST],
      second: ['customers', 'orders', TEST],
    });
    expect(lines(plan)).toEqual(['customers', 'orders [first second] after customers(ended)']);
  });

  it('sees through ephemeral and unselected nodes', async () => {
    const plan = await planOf(
      {
        stg: [],
        inlined: ['stg', { config: { materialized: 'ephemeral' } }],
        middle: ['inlined'],
        report: ['middle'],
      },
      { select: ['stg', 'inlined', 'report'] },
    );
    expect(lines(plan)).toEqual(['stg', 'report after stg(published)']);
  });

  it('runs a test of an ephemeral model before what is below it', async () => {
    const plan = await planOf({
      stg: [],
      inlined: ['stg', { config: { materialized: 'ephemeral' } }],
      report: ['inlined'],
      checked: ['inlined', TEST],
    });
    expect(lines(plan)).toEqual([
      'stg',
      'checked after stg(published)',
      'report after stg(published) checked(published)',
    ]);
  });

  it('leaves out models without SQL', async () => {
    expect(lines(await planOf({ blank: [{ raw_code: ' \n' }] }))).toEqual([]);
  });

  it('has no tests in a run and no order in a test', async () => {
    const models = { stg: [], orders: ['stg'], checked: ['orders', TEST] };
    expect(lines(await planOf(models, { command: 'run' }))).toEqual([
      'stg',
      'orders after stg(published)',
    ]);
    expect(lines(await planOf(models, { command: 'test' }))).toEqual(['checked']);
  });

  it('measures the longest chain below each step with the durations of earlier runs', async () => {
    const plan = await planOf(
      { quick: [], slow: [], long: ['quick'] },
      { durations: { quick: 10, slow: 500, long: 2000 } },
    );
    const paths = Object.fromEntries(plan.steps.map((step) => [step.node.name, step.criticalPath]));
    expect(paths).toEqual({ quick: 2010, slow: 500, long: 2000 });
  });
});
