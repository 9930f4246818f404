import type { Part, Slice } from '../shop/world-records.ts';

/** Numbers of parents whose lines are counted together. */
const BLOCK = 256;

/** Parents from a number on and before another. */
export interface ParentRange {
  readonly first: number;
  readonly end: number;
}

/**
 * The lines of numbered parents (orders, carts) as one list, in pages. What is kept is how many lines there are in
 * each block of parents, which never changes once they are there: the lines of a page are made when it is asked for.
 */
export class LinePages<Line> {
  readonly #linesOf: (parent: number) => readonly Line[];
  readonly #counts = new Map<number, number>();

  constructor(linesOf: (parent: number) => readonly Line[]) {
    this.#linesOf = linesOf;
  }

  part(range: ParentRange, { offset, limit }: Part): Slice<Line> {
    const items: Line[] = [];
    let total = 0;
    for (const block of blocksOf(range)) {
      const count = this.#countOf(block);
      const begin = offset - total;
      if (begin < count && begin + limit > 0) {
        const lines = numbersOf(block).flatMap((parent) => this.#linesOf(parent));
        items.push(...lines.slice(Math.max(0, begin), begin + limit));
      }
      total += count;
    }
    return { total, items };
  }

  #countOf(block: ParentRange): number {
    const known = this.#counts.get(block.first);
    if (known !== undefined) return known;
    const count = numbersOf(block).reduce((sum, parent) => sum + this.#linesOf(parent).length, 0);
    if (block.end - block.first === BLOCK) this.#counts.set(block.first, count);
    return count;
  }
}

/** Whole blocks, and what is left of one at either end. */
function* blocksOf({ first, end }: ParentRange): Generator<ParentRange> {
  for (let begin = first; begin < end;) {
    const next = Math.min(end, (Math.floor(begin / BLOCK) + 1) * BLOCK);
    yield { first: begin, end: next };
    begin = next;
  }
}

function numbersOf({ first, end }: ParentRange): readonly number[] {
  return Array.from({ length: end - first }, (_, place) => first + place);
}
