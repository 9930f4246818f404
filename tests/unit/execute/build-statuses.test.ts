import { describe, expect, it } from 'vitest';
import { runStatus } from '../../../cli/execute/run-outcome.ts';
import { buildGraph } from '../../../cli/graph/build-graph.ts';
import { selectNodes } from '../../../cli/graph/select-nodes.ts';
import type { NodeResult } from '../../../cli/manifest/run-result.ts';
import { buildPlan } from '../../../cli/plan/build-plan.ts';
import { fixture } from '../../support/fixture.ts';
import { scriptedRun } from '../../support/scripted-run.ts';
import type { FixtureGraph } from '../../support/selection-fixture.ts';
import { fixtureManifest } from '../../support/selection-fixture.ts';

interface StatusCase {
  readonly name: string;
  readonly command: 'build' | 'run';
  readonly outcomes: Readonly<Record<string, string>>;
  readonly select?: readonly string[];
  readonly expected: Readonly<Record<string, string>>;
  readonly exit_code: number;
}

const { graph: written, cases } = fixture<{ graph: FixtureGraph; cases: readonly StatusCase[] }>(
  'build_statuses',
);

describe('statuses of a build', () => {
  it.each(cases)('$name', async ({ command, outcomes, select, expected, exit_code }) => {
    const { value: graph } = await buildGraph(fixtureManifest(written));
    const { value: selection } = selectNodes(graph, {
      command,
      ...(select === undefined ? {} : { select }),
    });
    const plan = buildPlan({ graph, selection: selection.ids, command });
    const { statuses } = await scriptedRun(plan, outcomes);
    expect(Object.fromEntries(statuses)).toEqual(expected);
    expect(runStatus(resultsOf(statuses), { isCancelled: false, hasErrors: false }).exitCode).toBe(
      exit_code,
    );
  });
});

function resultsOf(statuses: ReadonlyMap<string, string>): readonly NodeResult[] {
  return [...statuses].map(([id, status]) => ({
    id,
    status: status as NodeResult['status'],
    message: '',
    ms: 0,
    thread: '',
    adapterResponse: {},
  }));
}
