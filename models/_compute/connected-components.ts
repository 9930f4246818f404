/** Sets of texts that are joined one pair at a time; each set answers with its smallest member. */
export class ConnectedComponents {
  readonly #indexes = new Map<string, number>();
  readonly #names: string[] = [];
  readonly #parents: number[] = [];
  readonly #sizes: number[] = [];
  /** Of a root: the index of the smallest name in its set. */
  readonly #smallest: number[] = [];

  /** The number of a name; a new name is a set of its own. */
  add(name: string): number {
    const known = this.#indexes.get(name);
    if (known !== undefined) return known;
    const index = this.#names.length;
    this.#indexes.set(name, index);
    this.#names.push(name);
    this.#parents.push(index);
    this.#sizes.push(1);
    this.#smallest.push(index);
    return index;
  }

  join(left: number, right: number): void {
    let [root, child] = [this.#root(left), this.#root(right)];
    if (root === child) return;
    if (this.#size(root) < this.#size(child)) [root, child] = [child, root];
    this.#parents[child] = root;
    this.#sizes[root] = this.#size(root) + this.#size(child);
    const [mine = 0, other = 0] = [this.#smallest[root], this.#smallest[child]];
    if (this.#name(other) < this.#name(mine)) this.#smallest[root] = other;
  }

  /** Every name in the order of its first mention, with the smallest name and the size of its set. */
  *members(): Generator<{
    readonly name: string;
    readonly smallest: string;
    readonly size: number;
  }> {
    for (const [index, name] of this.#names.entries()) {
      const root = this.#root(index);
      yield { name, smallest: this.#name(this.#smallest[root] ?? 0), size: this.#size(root) };
    }
  }

  #root(index: number): number {
    let at = index;
    for (;;) {
      const parent = this.#parents[at] ?? at;
      if (parent === at) return at;
      // Halving the way to the root keeps later searches short.
      const next = this.#parents[parent] ?? parent;
      this.#parents[at] = next;
      at = next;
    }
  }

  #name(index: number): string {
    return this.#names[index] ?? '';
  }

  #size(root: number): number {
    return this.#sizes[root] ?? 0;
  }
}
