import { expect, test } from 'vitest';
import { packManifest } from '../../docs/pack/pack-manifest.ts';

interface Described {
  readonly name: string;
  readonly description: string;
  readonly meta: Readonly<Record<string, unknown>>;
}

const manifest = await packManifest();
const nodes = [...manifest.nodes.values()].filter(({ resourceType }) =>
  ['model', 'seed', 'source', 'exposure'].includes(resourceType),
);
const columns = nodes.flatMap((node) =>
  node.columns.map((column) => ({ place: `${node.name}.${column.name}`, column })),
);

test.each(nodes.map((node) => [node.id, node] as const))(
  '%s says what it is, in English and in Portuguese',
  (_id, node) => {
    expect(missingTexts(node)).toEqual([]);
  },
);

test('every column says what it holds, in English and in Portuguese', () => {
  const missing = columns.flatMap(({ place, column }) =>
    missingTexts(column).map((key) => `${place}: ${key}`),
  );

  expect(columns.length).toBeGreaterThan(0);
  expect(missing).toEqual([]);
});

test('columns of one name and one English text say the same in Portuguese', () => {
  const texts = new Map<string, Set<string>>();
  for (const { column } of columns) {
    const english = `${column.name}: ${column.description}`;
    const portuguese = `${String(column.meta['label_pt'])}: ${String(column.meta['description_pt'])}`;
    texts.set(english, (texts.get(english) ?? new Set()).add(portuguese));
  }

  expect([...texts].filter(([, translations]) => translations.size > 1)).toEqual([]);
});

function missingTexts({ description, meta }: Described): string[] {
  const texts = { description, label_pt: meta['label_pt'], description_pt: meta['description_pt'] };
  return Object.entries(texts)
    .filter(([, text]) => typeof text !== 'string' || text.trim() === '')
    .map(([key]) => key);
}
