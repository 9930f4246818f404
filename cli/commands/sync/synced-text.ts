import type { RawChanges } from '../../load/raw/raw-stream.ts';
import { formatCount, formatDuration } from '../../kernel/format.ts';
import type { SyncedFigures } from '../../manifest/run-result.ts';

const DAY_MS = 86_400_000;

/** What a stream's run changed. In a report, what is there again is restated. */
export function figuresOf(
  changes: RawChanges,
  { isReport, lagMs }: { readonly isReport: boolean; readonly lagMs: number | undefined },
): SyncedFigures {
  const { added, updated, deleted, rejected } = changes;
  return {
    added,
    updated: isReport ? 0 : updated,
    restated: isReport ? updated : 0,
    deleted,
    refused: rejected,
    ...(lagMs === undefined ? {} : { lagMs }),
  };
}

export const NO_FIGURES: SyncedFigures = {
  added: 0,
  updated: 0,
  restated: 0,
  deleted: 0,
  refused: 0,
};

/** All of them together; the lag is that of whatever is furthest behind. */
export function addFigures(left: SyncedFigures, right: SyncedFigures): SyncedFigures {
  const lags = [left.lagMs, right.lagMs].filter((lag) => lag !== undefined);
  return {
    added: left.added + right.added,
    updated: left.updated + right.updated,
    restated: left.restated + right.restated,
    deleted: left.deleted + right.deleted,
    refused: left.refused + right.refused,
    ...(lags.length === 0 ? {} : { lagMs: Math.max(...lags) }),
  };
}

/** `1,204 added, 12 updated, 541,909 loaded from files`, or `nothing new`. */
export function changesText(figures: SyncedFigures, loadedRows = 0): string {
  const names = ['added', 'updated', 'restated', 'deleted', 'refused'] as const;
  const parts = names
    .filter((name) => figures[name] > 0)
    .map((name) => `${formatCount(figures[name])} ${name}`);
  if (loadedRows > 0) parts.push(`${formatCount(loadedRows)} loaded from files`);
  return parts.length === 0 ? 'nothing new' : parts.join(', ');
}

/** `11m02s`, `3 days`. */
export function lagText(ms: number): string {
  return ms >= 2 * DAY_MS
    ? `${Math.floor(ms / DAY_MS)} days`
    : formatDuration(Math.max(0, ms)).trim();
}
