import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { runSteps } from '../../../cli/execute/run-steps.ts';
import { buildPlan } from '../../../cli/plan/build-plan.ts';
import { smallGraph } from '../../support/small-graph.ts';
import type { StepContext } from '../../../cli/execute/run-steps.ts';
import type { StepEnd } from '../../../cli/execute/schedule.ts';
import { scriptedRun } from '../../support/scripted-run.ts';

type Models = Parameters<typeof smallGraph>[0];

async function run(
  models: Models,
  outcomes: Readonly<Record<string, string>> = {},
  options: Parameters<typeof scriptedRun>[2] & {
    durations?: Readonly<Record<string, number>>;
  } = {},
) {
  const graph = await smallGraph(models);
  const plan = buildPlan({
    graph,
    selection: new Set(graph.manifest.nodes.keys()),
    command: 'build',
    durations: new Map(
      Object.entries(options.durations ?? {}).map(([name, ms]) => [`model.shop.${name}`, ms]),
    ),
  });
  const found = await scriptedRun(plan, outcomes, options);
  return {
    statuses: Object.fromEntries([...found.statuses].map(([id, status]) => [nameOf(id), status])),
    started: found.order.filter(({ what }) => what === 'start').map(({ id }) => nameOf(id)),
  };
}

const nameOf = (id: string) => id.split('.').at(-1) ?? '';

describe('running steps', () => {
  it('starts the longest chain first', async () => {
    const { started } = await run(
      { quick: [], slow: [], long: ['quick'] },
      {},
      {
        threads: 1,
        durations: { quick: 10, slow: 500, long: 2000 },
      },
    );
    expect(started).toEqual(['quick', 'long', 'slow']);
  });

  it('keeps every worker busy', async () => {
    let running = 0;
    let most = 0;
    const pause = async () => {
      most = Math.max(most, (running += 1));
      await sleep(5);
      running -= 1;
    };
    await run({ a: [], b: [], c: [], d: [] }, {}, { threads: 3, pause });
    expect(most).toBe(3);
  });

  it('skips what is below a failure and nothing else', async () => {
    const { statuses } = await run(
      { broken: [], below: ['broken'], further: ['below'], beside: [] },
      { 'model.shop.broken': 'error' },
    );
    expect(statuses).toEqual({
      broken: 'error',
      below: 'skipped',
      further: 'skipped',
      beside: 'success',
    });
  });

  it('goes on below a failure with `on_error: continue`', async () => {
    const { statuses } = await run(
      { broken: [{ config: { on_error: 'continue' } }], below: ['broken'] },
      { 'model.shop.broken': 'error' },
    );
    expect(statuses).toEqual({ broken: 'error', below: 'success' });
  });

  it('still skips below a node that was itself skipped, whatever its `on_error`', async () => {
    const { statuses } = await run(
      { broken: [], middle: ['broken', { config: { on_error: 'continue' } }], below: ['middle'] },
      { 'model.shop.broken': 'error' },
    );
    expect(statuses).toMatchObject({ middle: 'skipped', below: 'skipped' });
  });

  it('skips a test whose other node failed, and builds its owner all the same', async () => {
    const { statuses } = await run(
      { orders: [], customers: [], both: ['orders', 'customers', { resource_type: 'test' }] },
      { 'model.shop.customers': 'error' },
    );
    expect(statuses).toEqual({ orders: 'success', customers: 'error', both: 'skipped' });
  });

  it('starts nothing more once it is stopped', async () => {
    const stop = new AbortController();
    const pause = async () => stop.abort();
    const { statuses } = await run(
      { first: [], second: ['first'] },
      {},
      { signal: stop.signal, pause },
    );
    expect(statuses).toEqual({ first: 'success', second: 'cancelled' });
  });

  it('lends workers that no step waits for, and gives them to steps first', async () => {
    const graph = await smallGraph({ quick: [], left: ['quick'], right: ['quick'], tested: [] });
    const selection = new Set(graph.manifest.nodes.keys());
    const plan = buildPlan({ graph, selection, command: 'build' });
    const seen: unknown[] = [];
    const runner = {
      run: async ({ id }: { readonly id: string }, context: StepContext): Promise<StepEnd> => {
        const name = nameOf(id);
        if (name === 'tested') {
          const lent = context.borrow();
          await sleep(20);
          seen.push(`lent ${lent}`);
          context.giveBack(lent ?? -1);
          seen.push(`then ${context.borrow()}`);
          await sleep(20);
        } else {
          seen.push(`${name} on ${context.worker}`);
          await sleep(name === 'quick' ? 5 : 40);
        }
        return { status: 'success', passed: true };
      },
      skipped: () => undefined,
      abandoned: () => undefined,
    };

    await runSteps(plan.steps, runner, { threads: 3, signal: new AbortController().signal });

    expect(seen).toEqual([
      'quick on 0',
      expect.stringMatching(/ on 0$/),
      'lent 2',
      'then undefined',
      expect.stringMatching(/ on 2$/),
    ]);
  });
});
