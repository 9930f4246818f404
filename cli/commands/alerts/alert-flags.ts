/** The flags of `cortex alerts check` and `cortex report`: parts of the table of all flags, which checks their shape. */
export const ALERT_FLAGS = {
  alertsDryRun: {
    kind: 'switch',
    name: 'dry-run',
    isLocal: true,
    summary: 'Judge and print only; send nothing, and keep nothing',
  },
  reportFile: {
    kind: 'text',
    name: 'file',
    value: 'path',
    completes: 'file',
    isLocal: true,
    summary: 'Write HTML to this file, in place of sending; `{day}` in it stands for the day',
  },
  failOnAlert: {
    kind: 'switch',
    isLocal: true,
    summary: 'End with 1 where a metric is out of range',
  },
} as const;
