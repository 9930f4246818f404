/** Maps at a place of a stream's records have few shapes. Maps whose keys are data must not fill the memory. */
const MOST_ORDERS = 8;

/** The keys of a map as they come, and how they are written. */
interface KeyOrder {
  readonly keys: readonly string[];
  /** For each of the sorted keys its index in `keys`: reading all values at once is faster than key by key. */
  readonly sources: readonly number[];
  /** `"id":` for each of the sorted keys. */
  readonly prefixes: readonly Uint8Array[];
  readonly places: readonly JsonPlace[];
}

/** A place in the records of a stream, with the orders of keys that its maps had. */
export class JsonPlace {
  #orders: KeyOrder[] = [];
  #last: KeyOrder | undefined;
  #item: JsonPlace | undefined;

  /** The place of the items, where there is a list. */
  get item(): JsonPlace {
    this.#item ??= new JsonPlace();
    return this.#item;
  }

  /** The order of a map's keys. Mostly the one of the map before. */
  orderOf(keys: readonly string[]): KeyOrder {
    const last = this.#last;
    if (last !== undefined && areEqual(last.keys, keys)) return last;
    const order = this.#orders.find((known) => areEqual(known.keys, keys)) ?? this.#learn(keys);
    this.#last = order;
    return order;
  }

  #learn(keys: readonly string[]): KeyOrder {
    const sorted = keys.toSorted();
    const order = {
      keys,
      sources: sorted.map((key) => keys.indexOf(key)),
      prefixes: sorted.map((key) => Buffer.from(`${JSON.stringify(key)}:`)),
      places: sorted.map(() => new JsonPlace()),
    };
    if (this.#orders.length === MOST_ORDERS) this.#orders.shift();
    this.#orders.push(order);
    return order;
  }
}

function areEqual(left: readonly string[], right: readonly string[]): boolean {
  if (left.length !== right.length) return false;
  for (let index = 0; index < left.length; index += 1) {
    if (left[index] !== right[index]) return false;
  }
  return true;
}
