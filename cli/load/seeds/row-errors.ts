import type { Diagnostic } from '../../kernel/diagnostic.ts';
import { formatCount } from '../../kernel/format.ts';

const MOST_SHOWN = 10;

/** What is wrong with the rows of a seed: the first of them in full, the others as a number. */
export class RowErrors {
  readonly #shown: Diagnostic[] = [];
  #count = 0;

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  /** Counts an error; it is described only where it is shown. */
  async add(describe: () => Promise<Diagnostic>): Promise<void> {
    this.#count += 1;
    if (this.#count <= MOST_SHOWN) this.#shown.push(await describe());
  }

  /** The errors to show; the last one says how many more there are. */
  get diagnostics(): readonly Diagnostic[] {
    const last = this.#shown.at(-1);
    const more = this.#count - this.#shown.length;
    if (last === undefined || more === 0) return this.#shown;
    const notes = [...last.notes, `and ${formatCount(more)} more in this file`];
    return [...this.#shown.slice(0, -1), { ...last, notes }];
  }
}
