import { expect, test } from 'vitest';
import { LinePages } from '../../../../connectors/simulators/tray/line-pages.ts';

/** Parents have none to three lines. */
const linesOf = (parent: number) =>
  Array.from({ length: (parent * 7) % 4 }, (_, place) => `${parent}/${place}`);
const all = (first: number, end: number) =>
  Array.from({ length: end - first }, (_, place) => linesOf(first + place)).flat();

test.each([
  [0, 1000],
  [0, 3],
  [100, 1300],
  [256, 512],
  [5, 5],
])('pages of the lines of parents %i to %i are the whole list', (first, end) => {
  const pages = new LinePages(linesOf);
  const expected = all(first, end);

  for (let offset = 0; offset <= expected.length; offset += 49) {
    const { total, items } = pages.part({ first, end }, { offset, limit: 49 });
    expect(total).toBe(expected.length);
    expect(items).toEqual(expected.slice(offset, offset + 49));
  }
});

test('a later page makes the lines around it alone, also where parents were added', () => {
  let made = 0;
  const pages = new LinePages((parent: number) => {
    made += 1;
    return linesOf(parent);
  });
  const before = pages.part({ first: 0, end: 100_000 }, { offset: 0, limit: 50 });
  made = 0;

  const after = pages.part({ first: 0, end: 100_001 }, { offset: 90_000, limit: 50 });

  expect(made).toBeLessThan(2000);
  expect(after.total).toBe(before.total + linesOf(100_000).length);
  expect(after.items).toEqual(all(0, 100_001).slice(90_000, 90_050));
});
