import { describe, expect, test } from 'vitest';
import type { Graph } from '../../../cli/graph/graph.ts';
import { selectNodes } from '../../../cli/graph/select-nodes.ts';
import type { SelectionRequest } from '../../../cli/graph/selection.ts';
import { selectionTexts } from '../../../cli/graph/selection-arguments.ts';
import { smallGraph } from '../../support/small-graph.ts';

const shop = await smallGraph({
  stg_orders: [{ path: 'models/staging/stg_orders.sql', fqn: ['shop', 'staging', 'stg_orders'] }],
  stg_items: [{ path: 'models/staging/stg_items.sql', fqn: ['shop', 'staging', 'stg_items'] }],
  fct_orders: [
    'stg_orders',
    'stg_items',
    {
      path: 'models/marts/core/fct_orders.sql',
      fqn: ['shop', 'marts', 'core', 'fct_orders'],
      patch: 'models/marts/_marts.yml',
      tags: ['daily'],
    },
  ],
  old_orders: [{ disabled: true }],
  clicks: [
    {
      resource_type: 'source',
      source_name: 'ads',
      path: 'models/_ads.yml',
      fqn: ['shop', 'ads', 'clicks'],
    },
  ],
  unique_orders: [
    'fct_orders',
    { resource_type: 'test', test_name: 'unique', path: 'models/marts/_marts.yml' },
  ],
  same_rows: ['fct_orders', 'stg_orders', { resource_type: 'test', test_name: 'same' }],
});

describe('a part that matches nothing', () => {
  test.each([
    ['fct_order', 'did you mean `fct_orders`?'],
    ['tag:dayly', 'did you mean `daily`?'],
    ['source:adz', 'did you mean `ads`?'],
    ['file:stg_order.sql', 'did you mean `stg_orders.sql`?'],
    ['path:models/stagin', 'did you mean `models/staging`?'],
    [
      'stg_*',
      'a wildcard is matched against the whole path, such as `staging.stg_orders`: `*.stg_*` finds `stg_orders` and `stg_items`',
    ],
    [
      '*_order',
      'a wildcard is matched against the whole path, such as `staging.stg_orders`: `*_order*` finds `stg_orders`, `fct_orders` and 1 more',
    ],
    [
      'core.*',
      'a wildcard is matched against the whole path, such as `marts.core.fct_orders`: `*.core.*` finds `fct_orders`',
    ],
    ['core', 'a folder is named from the top: `marts.core`'],
    ['old_orders', '`old_orders` is switched off by `enabled: false`'],
    ['ads.clicks', 'that is a source: `source:ads.clicks`'],
    ['daily', 'that is a tag: `tag:daily`'],
    ['tag:fct_orders', 'that is the name of a node: `fct_orders`'],
    ['fct_orders,stg_orders', 'each of its atoms matches something, but nothing fits all of them'],
    ['tag:daily,', 'nothing stands on one side of a comma or a space: write `a,b` without spaces'],
    ['completely_different', undefined],
  ])('`%s` is explained', (part, hint) => {
    const { diagnostics } = select({ select: [part], indirectSelection: 'empty' });

    expect(diagnostics).toMatchObject([
      {
        code: 'CX3011',
        severity: 'warning',
        message: `\`${part}\` does not match any enabled node`,
      },
    ]);
    expect(diagnostics[0]?.hint).toBe(hint);
  });

  test('is explained where nothing changed', () => {
    const { diagnostics } = select({ select: ['fct_orders,changed:*+'], changedPaths: [] });

    expect(diagnostics).toMatchObject([
      { hint: 'nothing that the project builds differs there from the last commit' },
    ]);
  });

  test('is marked inside its arguments', () => {
    const request = { command: 'ls', select: ['fct_orders', 'stg_orders nowhere'] } as const;

    const [found] = selectNodes(shop, request).diagnostics;

    const span = found?.labels[0]?.span;
    expect(span?.file).toBe('--select');
    expect(selectionTexts(request).text('--select')?.slice(span?.start, span?.end)).toBe('nowhere');
  });

  test('is warned of among exclusions too', () => {
    const { value, diagnostics } = select({ select: ['fct_orders'], exclude: ['nowhere'] });

    expect(diagnostics).toMatchObject([
      { code: 'CX3011', labels: [{ span: { file: '--exclude' } }] },
    ]);
    expect(value.ids.size).toBe(3);
  });
});

describe('an argument that cannot be understood selects nothing', () => {
  test.each([
    ['tags:daily', 'CX3012', 'did you mean `tag`?'],
    ['@fct_orders+', 'CX3010', '`@` already takes everything below: leave the `+` out'],
    ['test_type:schemas', 'CX3013', 'it takes `generic`, `singular`, `unit` or `data`'],
    ['resource_type:models', 'CX3013', 'did you mean `model`?'],
    ['version:newest', 'CX3013', 'it takes `latest`, `old`, `prerelease` or `none`'],
    ['source:a.b.c.d', 'CX3013', 'the longest form is `package.source.table`'],
    ['exposure:a.b.c', 'CX3013', 'the longest form is `package.name`'],
    [
      'state:modified',
      'CX3014',
      'name the directory that holds the earlier `manifest.json` with `--state`',
    ],
    [
      'result:error',
      'CX3014',
      'name the directory that holds the earlier `run_results.json` with `--state`',
    ],
    [
      'source_status:fresher',
      'CX3014',
      'name the directory that holds the earlier `sources.json` with `--state`',
    ],
    ['changed:*', 'CX3014', 'run inside a git repository'],
    ['selector:nightly', 'CX3017', 'no selectors are defined: add them to `selectors.yml`'],
  ])('`%s`', (part, code, hint) => {
    const { value, diagnostics } = select({ select: ['fct_orders', part] });

    expect(diagnostics).toMatchObject([{ code, severity: 'error', hint }]);
    expect(value.ids.size).toBe(0);
  });
});

test('arguments beside a YAML selector are ignored with a warning', () => {
  const selectors = new Map([
    ['nothing', { name: 'nothing', description: '', isDefault: false, expression: emptyUnion }],
  ]);

  const { value, diagnostics } = select({ selector: 'nothing', selectors, select: ['fct_orders'] });

  expect(diagnostics).toMatchObject([
    { code: 'CX3018', message: '`--select` has no effect beside `--selector nothing`' },
  ]);
  expect(value).toMatchObject({ selector: 'nothing', ids: new Set() });
});

test('`--models` takes models only and no other selection', () => {
  expect(names(select({ models: ['fct_orders'] }).value.ids)).toBe('fct_orders');
  expect(select({ models: ['fct_orders'], select: ['x'] }).diagnostics).toMatchObject([
    { code: 'CX3019', message: '`--models` cannot be combined with `--select`' },
  ]);
});

test('a test that also reads a source is buildable without the source', async () => {
  const graph = await smallGraph({
    orders: [],
    clicks: [{ resource_type: 'source', source_name: 'ads' }],
    items: [],
    reconciles: ['orders', 'clicks', { resource_type: 'test' }],
    same_rows: ['orders', 'items', { resource_type: 'test' }],
  });

  const request = { select: ['orders'], indirectSelection: 'buildable' } as const;

  expect(names(select({ ...request, excludeResourceTypes: ['source'] }, graph).value.ids)).toBe(
    'orders reconciles',
  );
});

test('a blank model is listed and documented, not run', async () => {
  const graph = await smallGraph({ draft: [{ raw_code: ' \n' }] });

  const kept = (['ls', 'docs', 'run', 'build', 'compile'] as const).filter(
    (command) => selectNodes(graph, { command }).value.ids.size > 0,
  );

  expect(kept).toEqual(['ls', 'docs']);
});

test('versions compare as numbers', async () => {
  const graph = await smallGraph({
    nine: [{ version: 9, latest_version: 10 }],
    ten: [{ version: 10, latest_version: 10 }],
    eleven: [{ version: 11, latest_version: 10 }],
  });

  expect(names(select({ select: ['version:old'] }, graph).value.ids)).toBe('nine');
  expect(names(select({ select: ['version:latest'] }, graph).value.ids)).toBe('ten');
  expect(names(select({ select: ['version:prerelease'] }, graph).value.ids)).toBe('eleven');
});

test('resource types can be taken out', () => {
  const { value } = select({ select: ['fct_orders'], excludeResourceTypes: ['test'] });

  expect(names(value.ids)).toBe('fct_orders');
});

test('the explanation names every atom that brought a node, and how', () => {
  const { value } = select({ select: ['+fct_orders', 'tag:daily', '@stg_items'] });

  expect(how(value, 'model.shop.fct_orders')).toEqual([
    '+fct_orders: match',
    'tag:daily: match',
    '@stg_items: around',
  ]);
  expect(how(value, 'model.shop.stg_orders')).toEqual([
    '+fct_orders: parent',
    '@stg_items: around',
  ]);
  expect(how(value, 'test.shop.unique_orders')).toEqual([
    '+fct_orders: test',
    'tag:daily: test',
    '@stg_items: around',
  ]);
  expect(value.explanation('source.shop.clicks')).toEqual([]);
});

test('an atom of an intersection explains only what fits the whole of it', () => {
  const { value } = select({ select: ['+fct_orders,tag:daily', 'stg_items'] });

  expect(how(value, 'model.shop.stg_items')).toEqual(['stg_items: match']);
});

describe('changed', () => {
  test.each([
    [['models/marts/core/fct_orders.sql'], 'changed:*', 'fct_orders'],
    [['models/marts/_marts.yml'], 'changed:*', 'fct_orders unique_orders'],
    [
      ['models/staging/stg_items.sql', 'models/marts/core/fct_orders.sql'],
      'changed:models/staging',
      'stg_items',
    ],
    [['models/staging/stg_items.sql'], 'changed:*+1', 'fct_orders stg_items'],
    [['README.md'], 'changed:*', ''],
  ])('%j under `%s` selects', (changedPaths, part, expected) => {
    const { value } = select({ changedPaths, select: [part], indirectSelection: 'empty' });

    expect(names(value.ids)).toBe(expected);
  });

  test('a macro brings the nodes that call it', async () => {
    const graph = await smallGraph({ orders: [], items: [] });
    const macro = {
      id: 'macro.shop.money',
      name: 'money',
      packageName: 'shop',
      path: 'macros/money.sql',
      language: 'sql',
      description: '',
      arguments: [],
      meta: {},
      checksum: '',
    } as const;
    const orders = graph.manifest.nodes.get('model.shop.orders');
    const nodes = new Map(graph.manifest.nodes);
    if (orders !== undefined) nodes.set(orders.id, { ...orders, macros: [macro.id] });
    const manifest = { ...graph.manifest, nodes, macros: new Map([[macro.id, macro]]) };

    const { value } = selectNodes(
      { ...graph, manifest },
      { command: 'ls', select: ['changed:*'], changedPaths: ['macros/money.sql'] },
    );

    expect([...value.ids]).toEqual(['model.shop.orders']);
  });
});

const emptyUnion = { kind: 'union', parts: [], indirectSelection: 'eager' } as const;

function select(request: Omit<SelectionRequest, 'command'>, graph: Graph = shop) {
  return selectNodes(graph, { command: 'ls', ...request });
}

function names(ids: ReadonlySet<string>): string {
  return [...ids].map((id) => id.split('.').at(-1)).join(' ');
}

function how(selection: ReturnType<typeof select>['value'], id: string): string[] {
  return selection.explanation(id).map((reason) => `${reason.atom}: ${reason.how}`);
}
