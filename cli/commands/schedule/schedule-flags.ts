/** The flags of `cortex run-pipeline` and `cortex schedule`: parts of the table of all flags, which checks their shape. */
export const SCHEDULE_FLAGS = {
  resume: {
    kind: 'switch',
    isLocal: true,
    summary: 'Go on at the step where the last run stopped, in place of beginning anew',
  },
  scheduleFor: {
    kind: 'choice',
    name: 'for',
    isLocal: true,
    choices: ['systemd', 'cron', 'github', 'container'],
    default: 'systemd',
    summary: 'What starts the pipelines: `install` writes its files',
  },
  healthPort: {
    kind: 'integer',
    minimum: 1,
    isLocal: true,
    value: 'port',
    summary: 'Answer `/live`, `/ready` and `/metrics` on this port while `run` works',
  },
} as const;
