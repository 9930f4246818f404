import type { RawChanges } from '../../../cli/load/raw/raw-stream.ts';

export const NO_CHANGES: RawChanges = {
  added: 0,
  updated: 0,
  unchanged: 0,
  deleted: 0,
  misfits: 0,
  rejected: 0,
};

export function addChanges(left: RawChanges, right: RawChanges): RawChanges {
  return {
    added: left.added + right.added,
    updated: left.updated + right.updated,
    unchanged: left.unchanged + right.unchanged,
    deleted: left.deleted + right.deleted,
    misfits: left.misfits + right.misfits,
    rejected: left.rejected + right.rejected,
  };
}
