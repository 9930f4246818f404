import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { Interval } from '../../../../cli/warehouse/state/intervals.ts';
import { addInterval, missingIntervals } from '../../../../cli/warehouse/state/intervals.ts';

const of = (...pairs: [string, string][]): Interval[] => pairs.map(([from, to]) => ({ from, to }));

describe('addInterval', () => {
  it('merges intervals that touch or overlap, and keeps those apart that do not', () => {
    const done = of(['2026-10-01', '2026-10-03'], ['2026-10-05', '2026-10-07']);

    expect(addInterval(done, { from: '2026-10-03', to: '2026-10-04' })).toEqual(
      of(['2026-10-01', '2026-10-04'], ['2026-10-05', '2026-10-07']),
    );
    expect(addInterval(done, { from: '2026-10-02', to: '2026-10-06' })).toEqual(
      of(['2026-10-01', '2026-10-07']),
    );
  });

  it('covers exactly the days that were added, in any order', () => {
    const day = fc.integer({ min: 0, max: 30 });
    fc.assert(
      fc.property(fc.array(fc.tuple(day, day), { maxLength: 12 }), (pairs) => {
        const text = (value: number) => String(value).padStart(2, '0');
        const added = pairs.map(([from, to]) => ({ from: text(from), to: text(to) }));

        const merged = added.reduce<readonly Interval[]>(addInterval, []);

        const isIn = (all: readonly Interval[], value: string) =>
          all.some(({ from, to }) => from <= value && value < to);
        for (let value = 0; value <= 31; value += 1) {
          expect(isIn(merged, text(value))).toBe(isIn(added, text(value)));
        }
        merged.slice(1).forEach(({ from }, index) => {
          expect((merged[index]?.to ?? '') < from).toBe(true);
        });
      }),
    );
  });
});

describe('missingIntervals', () => {
  it('names what is not covered, in order', () => {
    const done = of(['05', '07'], ['01', '03']);

    expect(missingIntervals(done, { from: '00', to: '09' })).toEqual(
      of(['00', '01'], ['03', '05'], ['07', '09']),
    );
    expect(missingIntervals(done, { from: '05', to: '06' })).toEqual([]);
    expect(missingIntervals([], { from: '05', to: '06' })).toEqual(of(['05', '06']));
  });
});
