import type { SyncProgress } from '../events/run-event.ts';
import { formatCount, plural } from '../kernel/format.ts';

/**
 * Where the reading of a stream is, in words, from the longest to the shortest:
 * `window 3/12 2026-10-01 to 2026-10-08, 42 pages, 5,402 rows, 180 rows/s, 38 of 40 left` down to `5,402 rows`.
 */
export function syncDetails(progress: SyncProgress, records: number): readonly string[] {
  const { window, windows, from, to, pages, rowsPerSecond, limit } = progress;
  const place = `${window}/${windows}`;
  const since = from === undefined ? '' : ` from ${short(from)}`;
  const range = from === undefined || to === undefined ? '' : ` ${short(from)} to ${short(to)}`;
  const [rows, paged] = [plural(records, 'row'), plural(pages, 'page')];
  const speed = `${formatCount(rowsPerSecond)}/s`;
  const list = (...parts: readonly (string | undefined)[]) =>
    parts.filter((part) => part !== undefined && part !== '').join(', ');
  return [
    list(`window ${place}${range}`, paged, rows, `${formatCount(rowsPerSecond)} rows/s`, limit),
    list(`window ${place}${since}`, paged, rows, speed, limit),
    list(`${place}${since}`, paged, rows, speed, limit),
    list(place, paged, rows, speed, limit),
    list(place, rows, speed, limit),
    list(place, rows, speed),
    rows,
  ];
}

/** An instant to the minute, midnight and a day as a day. */
function short(text: string): string {
  return text
    .slice(0, 16)
    .replace('T', ' ')
    .replace(/ 00:00$/, '');
}
