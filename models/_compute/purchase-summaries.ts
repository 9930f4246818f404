/** What BG/NBD needs of a customer. All times in one unit, counted from the first purchase. */
export interface PurchaseSummary {
  /** Repeat purchases: a whole number. */
  readonly frequency: number;
  /** The time of the last purchase; 0 without a repeat purchase. */
  readonly recency: number;
  /** The time that was observed. */
  readonly age: number;
}

/** Summaries, equal ones counted together: what a fit holds of any number of customers. */
export class PurchaseSummaries {
  readonly #counts = new Map<string, number>();
  customers = 0;
  repeatCustomers = 0;
  mostPurchases = 0;

  /** Throws RangeError for a summary that no customer can have. */
  add({ frequency, recency, age }: PurchaseSummary): void {
    const isSound =
      Number.isSafeInteger(frequency) && frequency >= 0 && recency >= 0 && recency <= age;
    if (!isSound || (frequency === 0 && recency !== 0))
      throw new RangeError(
        `no customer has ${frequency} repeat purchases, the last after ${recency} of ${age}`,
      );
    const key = `${frequency},${recency},${age}`;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    this.customers += 1;
    if (frequency > 0) this.repeatCustomers += 1;
    this.mostPurchases = Math.max(this.mostPurchases, frequency);
  }

  /** Columns of the distinct summaries; `scale` divides the times. */
  columns(scale: number): SummaryColumns {
    const size = this.#counts.size;
    const columns = {
      frequency: new Float64Array(size),
      recency: new Float64Array(size),
      age: new Float64Array(size),
      count: new Float64Array(size),
    };
    let at = 0;
    for (const [key, count] of this.#counts) {
      const [frequency = 0, recency = 0, age = 0] = key.split(',').map(Number);
      columns.frequency[at] = frequency;
      columns.recency[at] = recency / scale;
      columns.age[at] = age / scale;
      columns.count[at] = count;
      at += 1;
    }
    return columns;
  }

  meanAge(): number {
    let sum = 0;
    for (const [key, count] of this.#counts)
      sum += count * Number(key.slice(key.lastIndexOf(',') + 1));
    return sum / this.customers;
  }
}

export interface SummaryColumns {
  readonly frequency: Float64Array;
  readonly recency: Float64Array;
  readonly age: Float64Array;
  /** Customers with this summary. */
  readonly count: Float64Array;
}
