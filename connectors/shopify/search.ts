import type { Slice } from '../sdk/definition.ts';

/** Search text for what changed in a slice: `updated_at:>='2026-10-01T00:00:00Z' AND updated_at:<'…'`. */
export function updatedIn(slice: Slice): string {
  return slice.kind === 'instants'
    ? `updated_at:>='${seconds(slice.from)}' AND updated_at:<'${seconds(slice.to)}'`
    : '';
}

/** Search text for what was made since the slice began; these connections know no end. */
export function createdSince(slice: Slice): string {
  return slice.kind === 'instants' ? `created_at:>='${seconds(slice.from)}'` : '';
}

function seconds(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}
