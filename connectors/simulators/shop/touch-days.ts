import type { Touch } from './journey-records.ts';
import { touchesOn } from './journeys.ts';
import { Kept } from '../kept.ts';
import type { ShopBase } from './shop-base.ts';

/** What a report of four weeks reads again and again, as far as its visits are not too many to be kept. */
const KEPT = {
  most: 70,
  weightOf: (touches: readonly Touch[]) => touches.length,
  heaviest: 40_000,
};

/** The visits of each day, made when somebody asks and kept for a while. */
export class TouchDays {
  readonly #base: ShopBase;
  readonly #kept = new Kept<number, readonly Touch[]>(KEPT);

  constructor(base: ShopBase) {
    this.#base = base;
  }

  on(day: number): readonly Touch[] {
    return this.#kept.of(day, () => touchesOn(this.#base, day));
  }
}
