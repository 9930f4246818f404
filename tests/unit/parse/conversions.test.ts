import { describe, expect, test } from 'vitest';
import { buildGraph } from '../../../cli/graph/build-graph.ts';
import { selectNodes } from '../../../cli/graph/select-nodes.ts';
import { parsed } from '../../support/project-files.ts';

const MODELS = {
  'models/stg_orders.sql': 'select 1 as order_id',
  'models/fct_conversions.sql': "select * from {{ref 'stg_orders'}}",
  'models/people.sql': "{{config alias='customer_identity' database='restricted'}}select 1",
  'models/fct_other.sql': 'select 1',
};

function projectWith(conversions: string) {
  return { ...MODELS, 'cortex_project.yml': `name: shop\nconversions:\n${conversions}` };
}

const META =
  '  destinations:\n    meta: { type: meta-capi, pixel_id: 1, access_token: "${TOKEN}" }\n';

describe('destinations of conversions', () => {
  test('each depends on what it reads, whichever name the model has', async () => {
    const { value, diagnostics } = await parsed(
      projectWith(
        `  identity: restricted.customer_identity\n${META}    tiktok: { type: tiktok-events }\n`,
      ),
    );

    expect(diagnostics).toEqual([]);
    const reads = ['model.shop.fct_conversions', 'model.shop.people'];
    expect(value.nodes.get('exposure.shop.conversion.meta')?.dependsOn).toEqual(reads);
    expect(value.nodes.get('exposure.shop.conversion.tiktok')?.dependsOn).toEqual(reads);
  });

  test('what the project does not build is no dependency', async () => {
    const { value } = await parsed(projectWith(`  model: elsewhere.fct_conversions\n${META}`));

    expect(value.nodes.get('exposure.shop.conversion.meta')?.dependsOn).toEqual([]);
  });

  test('`+conversion:meta` selects all that Meta is sent from', async () => {
    const { value } = await parsed(projectWith(META));
    const { value: graph } = await buildGraph(value);
    const { value: selection } = selectNodes(graph, {
      command: 'ls',
      select: ['+conversion:meta'],
    });

    expect([...selection.ids]).toEqual([
      'exposure.shop.conversion.meta',
      'model.shop.fct_conversions',
      'model.shop.stg_orders',
    ]);
  });
});
