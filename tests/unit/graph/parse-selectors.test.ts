import { expect, test } from 'vitest';
import { parseSelectors } from '../../../cli/graph/parse-selectors.ts';
import { selectNodes } from '../../../cli/graph/select-nodes.ts';
import type { Path } from '../../../cli/graph/selector-yaml.ts';
import { smallGraph } from '../../support/small-graph.ts';

const SHOP = {
  orders: [{ tags: ['nightly'] }],
  items: ['orders', { tags: ['nightly', 'big'] }],
  revenue: ['items'],
  unique_items: ['items', { resource_type: 'test' as const, test_name: 'unique' }],
  same_rows: ['items', 'orders', { resource_type: 'test' as const, test_name: 'same' }],
};

test.each([
  ['a text', 'tag:nightly+', 'items orders revenue same_rows unique_items'],
  ['a shortcut', { tag: 'big' }, 'items same_rows unique_items'],
  [
    'a shortcut into the configuration',
    { 'config.enabled': true },
    'items orders revenue same_rows unique_items',
  ],
  [
    'a method with fields',
    { method: 'fqn', value: 'items', parents: true, parents_depth: 1 },
    'items orders same_rows unique_items',
  ],
  [
    'a depth of 0, which is no limit in dbt,',
    { method: 'fqn', value: 'revenue', parents: true, parents_depth: 0 },
    'items orders revenue same_rows unique_items',
  ],
  [
    'a depth of 0 as a text, which is none,',
    { method: 'fqn', value: 'revenue', parents: true, parents_depth: '0' },
    'revenue',
  ],
  ['a mode of its own', { method: 'tag', value: 'big', indirect_selection: 'empty' }, 'items'],
  [
    'a method with an exclusion',
    { method: 'tag', value: 'nightly', exclude: [{ tag: 'big' }] },
    'orders',
  ],
  ['a union', { union: ['orders', { tag: 'big' }] }, 'items orders same_rows unique_items'],
  [
    'a union with an exclusion',
    { union: ['tag:nightly', { exclude: ['test_name:*'] }] },
    'items orders',
  ],
  [
    'an intersection',
    { intersection: [{ tag: 'nightly' }, { tag: 'big' }] },
    'items same_rows unique_items',
  ],
  [
    'a nested set',
    { union: [{ intersection: ['tag:nightly', 'tag:big'] }, 'revenue'] },
    'items revenue same_rows unique_items',
  ],
  [
    'an exclusion inside a part of a union',
    { union: [{ method: 'tag', value: 'nightly', exclude: ['test_name:*', 'items'] }] },
    'orders',
  ],
])('%s selects', async (_, definition, names) => {
  const { value: selectors, diagnostics } = parseSelectors([{ name: 'wanted', definition }]);

  expect(diagnostics).toEqual([]);
  expect(await selected(selectors, { selector: 'wanted' })).toBe(names);
});

test('the default selector holds when nothing is asked for', async () => {
  const { value: selectors } = parseSelectors([
    { name: 'nightly', default: true, definition: { tag: 'big' } },
  ]);

  expect(await selected(selectors, {})).toBe('items same_rows unique_items');
  expect(await selected(selectors, { select: ['revenue'] })).toBe('revenue');
});

test('a selector builds on another, whose exclusions hold', async () => {
  const { value: selectors } = parseSelectors([
    { name: 'base', definition: { union: ['tag:big', { exclude: ['unique_items'] }] } },
    {
      name: 'wider',
      definition: { union: [{ method: 'selector', value: 'base', children: true }] },
    },
  ]);

  expect(await selected(selectors, { select: ['selector:b*'] })).toBe('items same_rows');
  expect(await selected(selectors, { selector: 'wider' })).toBe(
    'items revenue same_rows unique_items',
  );
});

test('what is wrong inside a selector is an error where another builds on it', async () => {
  const { value: selectors } = parseSelectors([
    { name: 'base', definition: { method: 'version', value: 'newest' } },
    { name: 'wider', definition: { union: ['orders', { exclude: ['selector:base'] }] } },
  ]);
  const graph = await smallGraph(SHOP);

  const { value, diagnostics } = selectNodes(graph, {
    command: 'ls',
    selector: 'wider',
    selectors,
  });

  expect(diagnostics).toMatchObject([{ severity: 'error', code: 'CX3013' }]);
  expect([...value.ids]).toEqual([]);
});

test.each([
  [
    'two root keys',
    { union: ['a'], method: 'tag', value: 'x' },
    'CX3015',
    '`union` stands beside `method`, `value`',
  ],
  [
    'both sets',
    { union: ['a'], intersection: ['b'] },
    'CX3015',
    '`union` stands beside `intersection`',
  ],
  ['a list as the root', ['tag:a'], 'CX3015', 'a definition is a text or a mapping'],
  ['a set that is no list', { union: 'a' }, 'CX3015', '`union` is not a list'],
  [
    'an exclusion that is no list',
    { union: ['a', { exclude: { tag: 'b' } }] },
    'CX3015',
    '`exclude` is not a list',
  ],
  [
    'two exclusions',
    { union: ['a', { exclude: ['b'] }, { exclude: ['c'] }] },
    'CX3015',
    '`union` has more than one `exclude`',
  ],
  ['an unknown method', { tags: 'daily' }, 'CX3012', '`tags` is not a selection method'],
  ['an unknown method in a text', 'tags:daily', 'CX3012', '`tags` is not a selection method'],
  [
    'a method without a value',
    { method: 'tag' },
    'CX3015',
    'a definition has neither one key nor `method` and `value`',
  ],
  [
    'an unknown key',
    { method: 'tag', value: 'a', parent: true },
    'CX3015',
    '`parent` is not a key of a definition',
  ],
  [
    'a flag that is no boolean',
    { method: 'tag', value: 'a', parents: 'yes' },
    'CX3015',
    '`parents`, `children` and `childrens_parents` are `true` or `false`',
  ],
  [
    'a depth that is no number',
    { method: 'tag', value: 'a', parents: true, parents_depth: 'two' },
    'CX3015',
    '`parents_depth` and `children_depth` are whole numbers from 0',
  ],
  [
    'an unknown mode',
    { method: 'tag', value: 'a', indirect_selection: 'lazy' },
    'CX3015',
    '`indirect_selection` is one of `eager`, `cautious`, `buildable`, `empty`',
  ],
  [
    'both directions of `@`',
    { method: 'tag', value: 'a', children: true, childrens_parents: true },
    'CX3015',
    '`children` has no place beside `childrens_parents`, which takes everything below',
  ],
  [
    'a value that is no text',
    { method: 'tag', value: ['a'] },
    'CX3015',
    '`value` of `tag` is not a text',
  ],
])('%s is refused', (_, definition, code, message) => {
  const { diagnostics } = parseSelectors([{ name: 'wanted', definition }]);

  expect(diagnostics).toMatchObject([{ code, message, severity: 'error' }]);
});

test.each([
  ['a list that is none', {}, '`selectors` is not a list'],
  ['an entry that is no mapping', ['tag:a'], 'a selector is not a mapping'],
  ['a selector without a name', [{ definition: 'a' }], 'a selector has no `name`'],
  ['a selector without a definition', [{ name: 'a' }], 'the selector `a` has no `definition`'],
  [
    'a default that is no boolean',
    [{ name: 'a', definition: 'a', default: 'often' }],
    '`default` of the selector `a` is neither `true` nor `false`',
  ],
  [
    'two of one name',
    [
      { name: 'a', definition: 'a' },
      { name: 'a', definition: 'b' },
    ],
    'two selectors are named `a`',
  ],
  [
    'two defaults',
    [
      { name: 'a', definition: 'a', default: true },
      { name: 'b', definition: 'b', default: true },
    ],
    '`a` and `b` are both the default',
  ],
])('%s is refused', (_, value, message) => {
  expect(parseSelectors(value).diagnostics).toMatchObject([{ code: 'CX3015', message }]);
});

test('selectors that refer to each other in a circle are refused with the path', () => {
  const { diagnostics } = parseSelectors([
    { name: 'a', definition: { method: 'selector', value: 'b' } },
    { name: 'b', definition: { union: ['orders', { selector: 'a' }] } },
  ]);

  expect(diagnostics).toMatchObject([
    { code: 'CX3016', message: '`a → b → a` is a circle of selectors' },
  ]);
});

test('a reference to no selector names the nearest', () => {
  const { diagnostics } = parseSelectors([
    { name: 'nightly', definition: 'tag:nightly' },
    { name: 'b', definition: { selector: 'nightli' } },
  ]);

  expect(diagnostics).toMatchObject([{ code: 'CX3017', hint: 'did you mean `nightly`?' }]);
});

test('a text with a comma is warned of, since it is one name', () => {
  const { diagnostics } = parseSelectors([{ name: 'a', definition: '+orders,tag:daily' }]);

  expect(diagnostics).toMatchObject([{ code: 'CX3022', severity: 'warning' }]);
});

test('an error in a quoted text stands at its place in the file', () => {
  const places: Readonly<Record<string, number>> = { '0.definition.union.1': 100 };
  const locate = (path: Path) => {
    const start = places[path.join('.')];
    return start === undefined ? undefined : { file: 'selectors.yml', start, end: start + 12 };
  };

  const { diagnostics } = parseSelectors(
    [{ name: 'a', definition: { union: ['orders', 'tags:daily'] } }],
    locate,
  );

  expect(diagnostics).toMatchObject([
    { code: 'CX3012', labels: [{ span: { file: 'selectors.yml', start: 101, end: 105 } }] },
  ]);
});

async function selected(
  selectors: ReturnType<typeof parseSelectors>['value'],
  request: { readonly selector?: string; readonly select?: readonly string[] },
): Promise<string> {
  const graph = await smallGraph(SHOP);
  const { value } = selectNodes(graph, { command: 'build', selectors, ...request });
  const names = [...value.ids].map((id) => id.split('.').at(-1) ?? '');
  return names.sort((a, b) => (a < b ? -1 : 1)).join(' ');
}
