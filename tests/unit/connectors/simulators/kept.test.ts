import { expect, test } from 'vitest';
import { Kept } from '../../../../connectors/simulators/kept.ts';

function keptOf(options: { readonly most: number; readonly heaviest: number }) {
  const made: string[] = [];
  const kept = new Kept<string, number>({ ...options, weightOf: (weight) => weight });
  const ask = (key: string, weight = 1) =>
    kept.of(key, () => {
      made.push(key);
      return weight;
    });
  return { made, ask };
}

test('a value is made once while it is kept', () => {
  const { made, ask } = keptOf({ most: 2, heaviest: 10 });

  expect([ask('a', 3), ask('a', 4)]).toEqual([3, 3]);
  expect(made).toEqual(['a']);
});

test('of too many the one goes that nobody asked for longest', () => {
  const { made, ask } = keptOf({ most: 2, heaviest: 10 });

  for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) ask(key);

  expect(made).toEqual(['a', 'b', 'c', 'b']);
});

test('of too heavy ones as many go as it takes, and the newest stays whatever it weighs', () => {
  const { made, ask } = keptOf({ most: 9, heaviest: 10 });

  ask('a', 4);
  ask('b', 4);
  ask('c', 7);
  ask('b', 4);
  ask('huge', 99);
  ask('huge', 99);
  for (const key of ['d', 'e', 'd', 'e']) ask(key, 5);

  expect(made).toEqual(['a', 'b', 'c', 'b', 'huge', 'd', 'e']);
});
