/** What was worked out for texts that come over and over, up to a number of them: then it begins anew. */
export class Remembered<T> {
  readonly #most: number;
  readonly #known = new Map<string, T>();

  constructor(most: number) {
    this.#most = most;
  }

  of(text: string, workOut: () => T): T {
    const known = this.#known.get(text);
    if (known !== undefined || this.#known.has(text)) return known as T;
    const found = workOut();
    if (this.#known.size === this.#most) this.#known.clear();
    this.#known.set(text, found);
    return found;
  }
}
