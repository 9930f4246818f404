import type { ApiResponse } from '../sdk/http.ts';

/** Milliseconds in which one slot of the leaky bucket of 40 frees itself. */
export const SLOT_MS = 500;
const SMALLEST_BUCKET = 40;

/**
 * Milliseconds until one more call fits: a bucket of 400 (the upper plans) leaks ten times as fast.
 * `x-rate-limit-reset` is no wait: it says when the whole bucket is empty.
 */
export function slotMs(headers: ApiResponse['headers']): number {
  const limit = Number(headers['x-rate-limit-limit']);
  if (!Number.isFinite(limit) || limit < 1) return SLOT_MS;
  return Math.ceil((SLOT_MS * SMALLEST_BUCKET) / limit);
}
