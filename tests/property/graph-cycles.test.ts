import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findCycles } from '../../cli/graph/cycles.ts';

const NODES = ['a', 'b', 'c', 'd', 'e', 'f'];

const edges = fc.array(fc.tuple(fc.constantFrom(...NODES), fc.constantFrom(...NODES)), {
  maxLength: 14,
});

test('cycles lead along edges back to their start, and without their last steps none is left', () => {
  fc.assert(
    fc.property(edges, (all) => {
      const next = (id: string) => [
        ...new Set(all.filter(([from]) => from === id).map(([, to]) => to)),
      ];

      const cycles = findCycles(NODES, next);

      const lastSteps = new Set(cycles.map((cycle) => `${cycle.at(-1)}${cycle[0]}`));
      for (const cycle of cycles) {
        expect(new Set(cycle).size).toBe(cycle.length);
        const isClosed = cycle.every((id, at) =>
          next(id).includes(cycle[(at + 1) % cycle.length] ?? ''),
        );
        expect(isClosed).toBe(true);
      }
      const rest = (id: string) => next(id).filter((to) => !lastSteps.has(`${id}${to}`));
      expect(findCycles(NODES, rest)).toEqual([]);
    }),
  );
});
