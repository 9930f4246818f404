/** A refused batch of at most so many events is sent one by one. */
const ONE_BY_ONE = 8;

/** The items in batches of a size, in order. */
export function batchesOf<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  const batches: T[][] = [];
  for (let start = 0; start < items.length; start += size) {
    batches.push(items.slice(start, start + size));
  }
  return batches;
}

/** What is sent after a batch was refused without a name: its halves, or each item alone. */
export function splitBatch<T>(batch: readonly T[]): readonly (readonly T[])[] {
  return batchesOf(batch, batch.length <= ONE_BY_ONE ? 1 : Math.ceil(batch.length / 2));
}
