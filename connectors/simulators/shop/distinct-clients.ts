/** Room for the first ones; it doubles when it is full. */
const FIRST_ROOM = 16;

/**
 * Counts different visitors in four bytes for each visit: of the ids of a large shop's day, a set of texts would take
 * a hundred megabytes. The first part of a client id says all of it.
 */
export class DistinctClients {
  #numbers = new Uint32Array(FIRST_ROOM);
  #length = 0;

  /** @param clientId `1234567890.1700000000` */
  add(clientId: string): void {
    if (this.#length === this.#numbers.length) {
      const larger = new Uint32Array(this.#length * 2);
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    this.#numbers[this.#length] = Number.parseInt(clientId, 10);
    this.#length += 1;
  }

  count(): number {
    const sorted = this.#numbers.slice(0, this.#length).sort();
    let different = 0;
    for (let place = 0; place < sorted.length; place += 1) {
      if (place === 0 || sorted[place] !== sorted[place - 1]) different += 1;
    }
    return different;
  }
}
