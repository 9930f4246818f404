import { expect, test } from 'vitest';
import { parseSelectorAtom, printSelectorAtom } from '../../../cli/graph/selector-atom.ts';
import { fixture } from '../../support/fixture.ts';

interface Case {
  readonly raw: string;
  readonly error?: string;
  readonly method?: string;
  readonly arguments?: readonly string[];
  readonly value?: string;
  readonly childrens_parents?: boolean;
  readonly parents?: boolean;
  readonly parents_depth?: number | null;
  readonly children?: boolean;
  readonly children_depth?: number | null;
}

const { cases } = fixture<{ cases: readonly Case[] }>('selector_atoms');

test.each(cases.filter(({ error }) => error === undefined))('`$raw` is read', (wanted) => {
  const { value: atom, diagnostics } = parseSelectorAtom(wanted.raw);

  expect(diagnostics).toEqual([]);
  expect({
    raw: wanted.raw,
    method: atom?.method,
    arguments: atom?.arguments,
    value: atom?.value,
    childrens_parents: atom?.childrensParents,
    parents: atom?.parents,
    parents_depth: atom?.parentsDepth ?? null,
    children: atom?.children,
    children_depth: atom?.childrenDepth ?? null,
  }).toEqual(wanted);
});

test.each(cases.filter(({ error }) => error !== undefined))('`$raw` is refused', ({ raw }) => {
  const { value: atom, diagnostics } = parseSelectorAtom(raw);

  expect(atom).toBeUndefined();
  expect(diagnostics.map(({ severity }) => severity)).toEqual(['error']);
});

test('an unknown method is marked where it stands and the nearest is named', () => {
  const { diagnostics } = parseSelectorAtom('2+tags:daily', { file: '--select', start: 10 });

  expect(diagnostics).toMatchObject([
    {
      code: 'CX3012',
      message: '`tags` is not a selection method',
      labels: [{ span: { file: '--select', start: 12, end: 16 } }],
      hint: 'did you mean `tag`?',
    },
  ]);
});

test('`@` with a `+` at the end is marked at the `+`', () => {
  const { diagnostics } = parseSelectorAtom('@orders+2');

  expect(diagnostics).toMatchObject([{ code: 'CX3010', labels: [{ span: { start: 7, end: 9 } }] }]);
});

test('a line break is not part of an atom', () => {
  expect(parseSelectorAtom('a\nb').diagnostics).toMatchObject([{ code: 'CX3010' }]);
});

test.each([
  'orders',
  'fqn:+orders',
  'path:orders',
  'models/a.sql',
  '2+config.meta.owner:ana+',
  '@tag:a:b',
])('`%s` is printed as it was written', (text) => {
  const { value: atom } = parseSelectorAtom(text);

  expect(atom && printSelectorAtom(atom)).toBe(text);
});

test('a method that the value implies is not printed', () => {
  const { value: atom } = parseSelectorAtom('+fqn:orders');

  expect(atom && printSelectorAtom(atom)).toBe('+orders');
});
