/** The flags of `cortex convert`: parts of the table of all flags, which checks their shape. */
export const CONVERT_FLAGS = {
  conversionsSince: {
    kind: 'text',
    name: 'since',
    value: 'day',
    isLocal: true,
    summary: 'Queue orders from this day on, in UTC: `2026-10-01`',
  },
  convertDryRun: {
    kind: 'switch',
    name: 'dry-run',
    isLocal: true,
    summary: 'Say what would be sent and what not, and why; queue and send nothing',
  },
  eventLimit: {
    kind: 'integer',
    name: 'limit',
    minimum: 1,
    value: 'events',
    isLocal: true,
    summary: 'Send this many events of each destination at most',
  },
  testEventCode: {
    kind: 'text',
    value: 'code',
    isLocal: true,
    summary: 'Show the events on the test pages of Meta and TikTok; they count all the same',
  },
} as const;
