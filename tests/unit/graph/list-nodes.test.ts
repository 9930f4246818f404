import { describe, expect, test } from 'vitest';
import { buildGraph } from '../../../cli/graph/build-graph.ts';
import { listNodes } from '../../../cli/graph/list-nodes.ts';
import { selectNodes } from '../../../cli/graph/select-nodes.ts';
import { fixture } from '../../support/fixture.ts';
import type { FixtureGraph } from '../../support/selection-fixture.ts';
import { fixtureManifest } from '../../support/selection-fixture.ts';

interface Case {
  readonly select: readonly string[];
  readonly selector: readonly string[];
  readonly name: readonly string[];
  readonly path: readonly string[];
  readonly unique_ids: readonly string[];
}

const { graph: worked } = fixture<{ graph: FixtureGraph }>('selection');
const { cases } = fixture<{ cases: readonly Case[] }>('ls_output');
const { value: graph } = await buildGraph(fixtureManifest(worked));

describe.each(cases)('ls of $select', (wanted) => {
  const nodes = selected(...wanted.select);

  test.each(['selector', 'name', 'path'] as const)('prints one %s a line', (output) => {
    expect(listNodes(nodes, { output })).toEqual(wanted[output]);
  });

  test('prints one object a line', () => {
    const ids = listNodes(nodes, { output: 'json' }).map((line) => JSON.parse(line).unique_id);

    expect(ids).toEqual(wanted.unique_ids);
  });
});

test.each([
  [
    'resource_type:model,stg_orders',
    'alias name package_name depends_on direct_parents tags config resource_type original_file_path unique_id',
  ],
  [
    'resource_type:seed,br_states',
    'alias name package_name depends_on tags config resource_type original_file_path unique_id',
  ],
  [
    'resource_type:source,source:nuvem.products',
    'name package_name tags config resource_type source_name original_file_path unique_id',
  ],
])("JSON of %s has dbt's keys", (select, keys) => {
  const [line = '{}'] = listNodes(selected(select), { output: 'json' });

  expect(Object.keys(JSON.parse(line))).toEqual(keys.split(' '));
});

test('the configuration in JSON shows what holds by default', () => {
  const options = {
    output: 'json',
    outputKeys: ['config.materialized', 'config.enabled'],
  } as const;

  expect(listNodes(selected('resource_type:model,stg_meta_ads'), options)).toContain(
    '{"config.materialized":"view","config.enabled":true}',
  );
});

test('keys that were asked for replace the usual ones, may be dotted and are left out where missing', () => {
  const lines = listNodes(selected('dim_customers source:nuvem.products'), {
    output: 'json',
    outputKeys: ['name', 'config.materialized', 'source_name', 'config.schema', 'nonsense'],
  });

  expect(lines).toContain(
    '{"name":"dim_customers","config.materialized":"table","config.schema":"marts"}',
  );
  expect(lines).toContain('{"name":"products","source_name":"nuvem"}');
});

function selected(...select: readonly string[]) {
  const { value } = selectNodes(graph, { command: 'ls', select });
  return [...value.ids].flatMap((id) => graph.manifest.nodes.get(id) ?? []);
}
