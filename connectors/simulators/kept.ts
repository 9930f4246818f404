export interface KeptOptions<Value> {
  /** Most values that are kept. */
  readonly most: number;
  /** What a value weighs (the records in it), and what all of them may weigh. */
  readonly weightOf?: (value: Value) => number;
  readonly heaviest?: number;
}

/**
 * Keeps what was asked for last, so that a list which is read page by page is made once. What nobody asked for
 * lately goes when there are too many, or when they weigh too much: a day of a shop of five million orders weighs
 * thousands of times as much as one of a hundred. The newest value stays, whatever it weighs.
 */
export class Kept<Key, Value> {
  readonly #options: Required<KeptOptions<Value>>;
  readonly #values = new Map<Key, { readonly value: Value; readonly weight: number }>();
  #weight = 0;

  constructor(options: KeptOptions<Value>) {
    this.#options = { weightOf: () => 0, heaviest: 0, ...options };
  }

  /** The value of a key, made where it is not there. */
  of(key: Key, make: () => Value): Value {
    const known = this.get(key);
    if (known !== undefined) return known;
    const value = make();
    const weight = this.#options.weightOf(value);
    this.#values.set(key, { value, weight });
    this.#weight += weight;
    this.#dropOldest();
    return value;
  }

  get(key: Key): Value | undefined {
    const known = this.#values.get(key);
    if (known === undefined) return undefined;
    this.#values.delete(key);
    this.#values.set(key, known);
    return known.value;
  }

  #dropOldest(): void {
    const { most, heaviest } = this.#options;
    for (const [key, { weight }] of this.#values) {
      if (this.#values.size === 1) return;
      if (this.#values.size <= most && this.#weight <= heaviest) return;
      this.#values.delete(key);
      this.#weight -= weight;
    }
  }
}
