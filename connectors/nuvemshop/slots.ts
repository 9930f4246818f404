const SLOT_MS = 500;
const SMALLEST_BUCKET = 40;

/** Milliseconds until a bucket has room for one more call: one of 400 (the upper plans) leaks ten times as fast. */
export function slotMs(bucketSize: number): number {
  return bucketSize >= 1 ? (SLOT_MS * SMALLEST_BUCKET) / bucketSize : SLOT_MS;
}
