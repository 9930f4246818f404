import { describe, expect, test } from 'vitest';
import { buildGraph } from '../../../cli/graph/build-graph.ts';
import { parseSelectors } from '../../../cli/graph/parse-selectors.ts';
import { selectNodes } from '../../../cli/graph/select-nodes.ts';
import type { SelectionRequest } from '../../../cli/graph/selection.ts';
import { hasErrors } from '../../../cli/kernel/outcome.ts';
import type { ResourceType } from '../../../cli/manifest/node-id.ts';
import { fixture } from '../../support/fixture.ts';
import type { FixtureGraph, FixtureState } from '../../support/selection-fixture.ts';
import { fixtureManifest, fixtureState } from '../../support/selection-fixture.ts';

interface Case {
  readonly command: SelectionRequest['command'];
  readonly select?: readonly string[];
  readonly exclude?: readonly string[];
  readonly models?: readonly string[];
  readonly selector?: string;
  readonly indirect_selection?: NonNullable<SelectionRequest['indirectSelection']>;
  readonly resource_types?: readonly ResourceType[];
  readonly expected?: readonly string[];
  readonly error?: string;
  readonly warnings?: readonly string[];
}

interface RandomCase extends Omit<Case, 'warnings' | 'error'> {
  readonly warnings?: number;
  readonly error?: true;
}

interface Comparison extends FixtureState {
  readonly run_results: readonly { readonly unique_id: string; readonly status: string }[];
  readonly sources_before: Readonly<Record<string, string>>;
  readonly sources_now: Readonly<Record<string, string>>;
}

describe('the worked cases of selection.json', async () => {
  const worked = fixture<{
    graph: FixtureGraph;
    selectors: unknown;
    state: Comparison;
    cases: readonly Case[];
  }>('selection');
  const { value: graph } = await buildGraph(fixtureManifest(worked.graph));
  const { value: selectors } = parseSelectors(worked.selectors);
  const inputs = {
    selectors,
    state: fixtureState(worked.graph, worked.state),
    results: worked.state.run_results.map(({ unique_id, status }) => ({ id: unique_id, status })),
    previousFreshness: freshness(worked.state.sources_before),
    currentFreshness: freshness(worked.state.sources_now),
  };

  test.each(worked.cases.map((worked_case) => [title(worked_case), worked_case] as const))(
    '%s',
    (_, wanted) => {
      const { value, diagnostics } = selectNodes(graph, { ...request(wanted), ...inputs });

      expect([...value.ids]).toEqual(wanted.expected ?? []);
      expect(hasErrors(diagnostics)).toBe(wanted.error !== undefined);
      expect(diagnostics.filter(({ code }) => code === 'CX3011')).toHaveLength(
        wanted.warnings?.length ?? 0,
      );
    },
  );

  test('every selected node is explained by an atom', () => {
    const eager = worked.cases.filter(({ error }) => error === undefined);
    for (const wanted of eager) {
      const { value } = selectNodes(graph, { ...request(wanted), ...inputs });
      const unexplained = [...value.ids].filter((id) => value.explanation(id).length === 0);
      expect(unexplained, title(wanted)).toEqual([]);
    }
  });
});

describe('the random cases of selection_fuzz.json', async () => {
  const { suites } = fixture<{
    suites: readonly { graph: FixtureGraph; cases: readonly Case[] }[];
  }>('selection_fuzz');

  test.each(suites.map((suite, index) => [index, suite] as const))('suite %i', async (_, suite) => {
    const { value: graph } = await buildGraph(fixtureManifest(suite.graph));

    const selected = suite.cases.map((wanted) => [
      ...selectNodes(graph, request(wanted)).value.ids,
    ]);

    expect(selected).toEqual(suite.cases.map(({ expected }) => expected));
  });
});

describe('the random cases of selection_random.json', async () => {
  const { suites } = fixture<{
    suites: readonly { graph: FixtureGraph; selectors: unknown; cases: readonly RandomCase[] }[];
  }>('selection_random');

  test.each(suites.map((suite, index) => [index, suite] as const))('suite %i', async (_, suite) => {
    const { value: graph } = await buildGraph(fixtureManifest(suite.graph));
    const { value: selectors } = parseSelectors(suite.selectors);

    const found = suite.cases.map((wanted) => {
      const { value, diagnostics } = selectNodes(graph, { ...request(wanted), selectors });
      if (hasErrors(diagnostics)) return { error: true };
      const missed = diagnostics.filter(({ code }) => code === 'CX3011').length;
      return { expected: [...value.ids], ...(missed === 0 ? {} : { warnings: missed }) };
    });

    expect(found).toEqual(
      suite.cases.map(({ expected, warnings, error }) =>
        error === true ? { error } : { expected, ...(warnings === undefined ? {} : { warnings }) },
      ),
    );
  });
});

function request(wanted: Omit<Case, 'warnings' | 'error'>): SelectionRequest {
  const { command, select, exclude, models, selector } = wanted;
  return {
    command,
    ...(select === undefined ? {} : { select }),
    ...(exclude === undefined ? {} : { exclude }),
    ...(models === undefined ? {} : { models }),
    ...(selector === undefined ? {} : { selector }),
    ...(wanted.resource_types === undefined ? {} : { resourceTypes: wanted.resource_types }),
    ...(wanted.indirect_selection === undefined
      ? {}
      : { indirectSelection: wanted.indirect_selection }),
  };
}

function title({ expected: _expected, warnings: _warnings, ...rest }: Case): string {
  return JSON.stringify(rest);
}

function freshness(records: Readonly<Record<string, string>>) {
  return Object.entries(records).map(([id, maxLoadedAt]) => ({ id, maxLoadedAt }));
}
