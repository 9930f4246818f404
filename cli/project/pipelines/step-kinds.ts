import { z } from 'zod';

/** What a step needs in the project file; without it the step is left out. */
export type StepNeed = 'connectors' | 'conversions' | 'metric rules' | 'daily report';

interface StepKind {
  /** The command whose function the step calls. */
  readonly command: string;
  readonly needs?: StepNeed;
  /** The option whose values stand after the command. */
  readonly words?: string;
  /** Options beside the common ones: each is the flag of the same name of the command. */
  readonly options: Readonly<Record<string, z.ZodType>>;
}

const texts = z.union([z.string(), z.array(z.string()).min(1)]);
const selection = { select: texts.optional(), exclude: texts.optional() };
const building = { ...selection, full_refresh: z.boolean().optional() };
const dueOnly = {
  due_only: z.boolean().optional().describe('Leave out models that `build_after` keeps for longer'),
};
const testing = { store_failures: z.boolean().optional() };
const streams = texts
  .optional()
  .describe('`platform`, `platform.stream`, or `*.stream` for the stream of every platform');

/** Everything a step can do. Adding a kind is an entry here; its command takes its options as flags. */
export const STEP_KINDS = {
  sync: {
    command: 'sync',
    needs: 'connectors',
    words: 'streams',
    options: {
      streams,
      look_back_days: z
        .int()
        .positive()
        .optional()
        .describe('Read again from this many days before the first day that is not covered'),
    },
  },
  backfill: {
    command: 'backfill',
    needs: 'connectors',
    words: 'streams',
    options: { streams, days: z.int().positive().optional() },
  },
  freshness: { command: 'source freshness', options: selection },
  seed: { command: 'seed', options: building },
  run: { command: 'run', options: { ...building, ...dueOnly } },
  build: { command: 'build', options: { ...building, ...dueOnly, ...testing } },
  test: { command: 'test', options: { ...selection, ...dueOnly, ...testing } },
  convert: {
    command: 'convert',
    needs: 'conversions',
    words: 'destinations',
    options: { destinations: texts.optional() },
  },
  alerts: {
    command: 'alerts check',
    needs: 'metric rules',
    options: { fail_on_alert: z.boolean().optional() },
  },
  report: {
    command: 'report',
    needs: 'daily report',
    options: { file: z.string().optional() },
  },
  retain: { command: 'privacy retain', options: {} },
  operation: {
    command: 'run-operation',
    words: 'macro',
    options: { macro: z.string(), args: z.record(z.string(), z.unknown()).optional() },
  },
} as const satisfies Readonly<Record<string, StepKind>>;

export type StepKindName = keyof typeof STEP_KINDS;

export function stepKind(name: StepKindName): StepKind {
  return STEP_KINDS[name];
}
