import type { Touch } from './journey-records.ts';
import { touchesOn } from './journeys.ts';
import type { ShopBase } from './shop-base.ts';

/** Days that are kept: what a report of four weeks reads again and again. */
const KEPT = 70;

/** The visits of each day, made when somebody asks and kept for a while. */
export class TouchDays {
  readonly #base: ShopBase;
  readonly #kept = new Map<number, readonly Touch[]>();

  constructor(base: ShopBase) {
    this.#base = base;
  }

  on(day: number): readonly Touch[] {
    const kept = this.#kept.get(day);
    if (kept !== undefined) return kept;
    const made = touchesOn(this.#base, day);
    const oldest = this.#kept.size >= KEPT ? this.#kept.keys().next().value : undefined;
    if (oldest !== undefined) this.#kept.delete(oldest);
    this.#kept.set(day, made);
    return made;
  }
}
