import type { RawChanges } from './raw-stream.ts';

export const NO_CHANGES: RawChanges = {
  added: 0,
  updated: 0,
  unchanged: 0,
  deleted: 0,
  misfits: 0,
  rejected: 0,
};

export function addChanges(a: RawChanges, b: RawChanges): RawChanges {
  return {
    added: a.added + b.added,
    updated: a.updated + b.updated,
    unchanged: a.unchanged + b.unchanged,
    deleted: a.deleted + b.deleted,
    misfits: a.misfits + b.misfits,
    rejected: a.rejected + b.rejected,
  };
}
