/** The days that `cortex sync` and `cortex backfill` read: parts of the table of all flags. */
export const SYNC_DAY_FLAGS = {
  since: {
    kind: 'text',
    value: 'day',
    isLocal: true,
    summary: 'Read from this day of each account on, whatever was read before: `2026-10-01`',
  },
  until: { kind: 'text', value: 'day', isLocal: true, summary: 'The last day that is read' },
  days: {
    kind: 'integer',
    minimum: 1,
    value: 'count',
    isLocal: true,
    summary: 'Read this many days, today included',
  },
} as const;
