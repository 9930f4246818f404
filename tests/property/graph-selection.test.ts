import fc from 'fast-check';
import { expect, test } from 'vitest';
import { selectNodes } from '../../cli/graph/select-nodes.ts';
import type { SelectionRequest } from '../../cli/graph/selection.ts';
import { isSameAtom, parseSelectorAtom, printSelectorAtom } from '../../cli/graph/selector-atom.ts';
import { smallGraph } from '../support/small-graph.ts';

const NAMES = Array.from({ length: 8 }, (_, at) => `m${at}`);

/** A random DAG of models, each a child of some before it, with tests on random models. */
const models = fc
  .tuple(
    fc.array(fc.subarray(NAMES), { minLength: NAMES.length, maxLength: NAMES.length }),
    fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: NAMES.length, maxLength: NAMES.length }),
    fc.array(fc.subarray(NAMES, { minLength: 1, maxLength: 3 }), { maxLength: 5 }),
  )
  .map(([parents, tags, tested]) => ({
    ...Object.fromEntries(
      NAMES.map((name, at) => [
        name,
        [...(parents[at] ?? []).filter((parent) => parent < name), { tags: [tags[at] ?? 'a'] }],
      ]),
    ),
    ...Object.fromEntries(
      tested.map((names, at) => [
        `t${at}`,
        [...names, { resource_type: 'test' as const, test_name: 'unique' }],
      ]),
    ),
  }));

const atom = fc
  .tuple(
    fc.constantFrom('', '+', '1+', '@'),
    fc.constantFrom(...NAMES, 'tag:a', 'tag:b', 'tag:c', 'm*', 'test_name:unique', 'nobody'),
    fc.constantFrom('', '+', '+1'),
  )
  .map(([before, value, after]) => `${before}${value}${before === '@' ? '' : after}`);

const part = fc.array(atom, { minLength: 1, maxLength: 2 }).map((atoms) => atoms.join(','));
const parts = fc.array(part, { minLength: 1, maxLength: 3 });
const mode = fc.constantFrom('eager' as const, 'empty' as const);
const anyMode = fc.constantFrom(
  'eager' as const,
  'cautious' as const,
  'buildable' as const,
  'empty' as const,
);

test('a printed atom reads as the same atom', () => {
  fc.assert(
    fc.property(
      fc.oneof(atom, fc.string({ unit: fc.constantFrom(...Array.from('ab1+@:./*tagfqn ')) })),
      (text) => {
        const { value: read } = parseSelectorAtom(text);
        fc.pre(read !== undefined);
        const again = parseSelectorAtom(printSelectorAtom(read)).value;
        return again !== undefined && isSameAtom(read, again);
      },
    ),
    { numRuns: 2_000 },
  );
});

test('any text is read or refused with a position inside it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const { value, diagnostics } = parseSelectorAtom(text);
      const spans = diagnostics.flatMap(({ labels }) => labels.map(({ span }) => span));
      const isInside = spans.every(
        ({ start, end }) => 0 <= start && start <= end && end <= text.length,
      );
      return (value === undefined) === diagnostics.length > 0 && isInside;
    }),
  );
});

test('the selection of two parts is the union of their selections', async () => {
  await fc.assert(
    fc.asyncProperty(models, parts, parts, mode, async (shop, left, right, indirectSelection) => {
      const select = await selecting(shop, { indirectSelection });

      const both = select({ select: [...left, ...right] });

      expect(both).toEqual(new Set([...select({ select: left }), ...select({ select: right })]));
    }),
  );
});

test('a selection only grows with its operators', async () => {
  await fc.assert(
    fc.asyncProperty(
      models,
      fc.constantFrom(...NAMES),
      anyMode,
      async (shop, name, indirectSelection) => {
        const select = await selecting(shop, { indirectSelection });

        const wide = select({ select: [`+${name}+`] });

        for (const text of [name, `1+${name}`, `${name}+1`, `+${name}`, `${name}+`]) {
          expect([...select({ select: [text] })].filter((id) => !wide.has(id))).toEqual([]);
        }
      },
    ),
  );
});

test('what is excluded is never selected', async () => {
  await fc.assert(
    fc.asyncProperty(
      models,
      parts,
      parts,
      anyMode,
      async (shop, include, exclude, indirectSelection) => {
        const select = await selecting(shop, { indirectSelection });

        const excluded = select({ select: exclude });

        const kept = select({ select: include, exclude });
        expect([...kept].filter((id) => excluded.has(id))).toEqual([]);
      },
    ),
  );
});

test('every selected node is explained, nothing else is', async () => {
  await fc.assert(
    fc.asyncProperty(models, parts, anyMode, async (shop, include, indirectSelection) => {
      const graph = await smallGraph(shop);

      const { value } = selectNodes(graph, { command: 'ls', select: include, indirectSelection });

      const explained = [...graph.manifest.nodes.keys()].filter(
        (id) => value.explanation(id).length > 0,
      );
      expect(explained.sort()).toEqual([...value.ids]);
    }),
  );
});

test('any order of the graph respects every edge', async () => {
  await fc.assert(
    fc.asyncProperty(models, async (shop) => {
      const graph = await smallGraph(shop);

      const order = graph.topologicalOrder();

      const position = new Map(order.map((id, at) => [id, at]));
      expect(position.size).toBe(graph.manifest.nodes.size);
      for (const id of order) {
        const late = graph
          .parents(id)
          .filter((parent) => (position.get(parent) ?? 0) > (position.get(id) ?? 0));
        expect(late).toEqual([]);
      }
    }),
  );
});

type Request = Omit<SelectionRequest, 'command'>;

async function selecting(shop: Parameters<typeof smallGraph>[0], common: Request) {
  const graph = await smallGraph(shop);
  return (request: Request) =>
    selectNodes(graph, { command: 'ls', ...common, ...request }).value.ids;
}
