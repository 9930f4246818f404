import { z } from 'zod';
import { isCron } from './cron.ts';
import type { StepKindName, StepNeed } from './step-kinds.ts';
import { STEP_KINDS, stepKind } from './step-kinds.ts';

const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 };

/** `90s`, `30m`, `2h` in milliseconds. */
const duration = z
  .string()
  .regex(/^[1-9]\d{0,5}[smh]$/, { error: 'must be a time such as `90s`, `30m` or `2h`' })
  .transform((text) => Number(text.slice(0, -1)) * (UNIT_MS[text.slice(-1)] ?? 0))
  .refine((ms) => ms <= 7 * 86_400_000, { error: 'must be at most seven days' });

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
type Weekday = (typeof WEEKDAYS)[number];

const COMMON = {
  name: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .describe('What reports call the step; its kind unless given'),
  when: z
    .enum(['success', 'failure', 'always'])
    .optional()
    .describe('After which earlier steps it runs: all good (the default), one failed, or any'),
  only: z
    .strictObject({
      targets: z.array(z.string()).min(1).optional(),
      weekdays: z.array(z.enum(WEEKDAYS)).min(1).optional(),
    })
    .optional()
    .describe('The targets and weekdays (in the zone of the pipeline) that the step is for'),
  timeout: duration
    .optional()
    .describe('After this its statements are cancelled: `90s`, `30m`, `2h`'),
  retries: z.int().min(0).max(10).optional().describe('How often a failed step is tried again'),
  retry_delay: duration.optional().describe('The wait before another try; one minute unless given'),
  on_failure: z
    .enum(['stop', 'continue'])
    .optional()
    .describe('`continue`: the steps after it run all the same, and the pipeline still fails'),
};

/** A step with every common option filled in. */
export interface PipelineStep {
  readonly kind: StepKindName;
  readonly name: string;
  readonly when: 'success' | 'failure' | 'always';
  readonly only: { readonly targets?: readonly string[]; readonly weekdays?: readonly Weekday[] };
  readonly needs: StepNeed | undefined;
  readonly timeoutMs: number | undefined;
  readonly retries: number;
  readonly retryDelayMs: number;
  readonly onFailure: 'stop' | 'continue';
  /** The options of its kind, as written. */
  readonly options: Readonly<Record<string, OptionValue>>;
}

export type OptionValue =
  | string
  | number
  | boolean
  | readonly string[]
  | Readonly<Record<string, unknown>>;

const kindNames = Object.keys(STEP_KINDS) as [StepKindName, ...StepKindName[]];

const writtenSteps = kindNames.map((kind) =>
  z.strictObject({ step: z.literal(kind), ...COMMON, ...stepKind(kind).options }),
);
type WrittenStep = { readonly step: StepKindName } & z.output<z.ZodObject<typeof COMMON>>;

const step = z
  .union([
    z.enum(kindNames),
    z.discriminatedUnion('step', writtenSteps as [(typeof writtenSteps)[number]]),
  ])
  .transform((written): PipelineStep =>
    // Every alternative has the common keys; the others are options.
    stepOf((typeof written === 'string' ? { step: written } : written) as WrittenStep),
  );

function stepOf(written: WrittenStep): PipelineStep {
  const {
    step: kind,
    name,
    when,
    only,
    timeout,
    retries,
    retry_delay,
    on_failure,
    ...options
  } = written;
  return {
    kind,
    name: name ?? kind,
    when: when ?? 'success',
    only: (only ?? {}) as PipelineStep['only'],
    needs: stepKind(kind).needs,
    timeoutMs: timeout,
    retries: retries ?? 0,
    retryDelayMs: retry_delay ?? 60_000,
    onFailure: on_failure ?? 'stop',
    // Every option of `STEP_KINDS` is one of these.
    options: options as PipelineStep['options'],
  };
}

const pipeline = z.strictObject({
  description: z.string().optional(),
  schedule: z
    .string()
    .refine(isCron, { error: 'must be five cron fields such as `0 5 * * *`' })
    .nullish()
    .describe('When it is due: minute, hour, day, month, weekday; null takes it off the schedule'),
  timezone: z
    .string()
    .refine(isZone, { error: 'must be a time zone such as `America/Sao_Paulo`' })
    .optional()
    .describe('The zone of the schedule and of its days; that of the client unless given'),
  steps: z
    .array(step)
    .min(1)
    .refine((steps) => new Set(steps.map(({ name }) => name)).size === steps.length, {
      error: 'must have a `name` of its own for each step of one kind',
    })
    .optional()
    .describe('What is done, in order; a built-in pipeline keeps its own unless given'),
});

/** `pipelines:` of the project file. */
export const pipelinesSchema = z.record(
  z.string().regex(/^[a-z][a-z0-9_-]{0,62}$/, {
    error: 'must be lower-case letters, digits, `_` and `-`',
  }),
  pipeline,
);

export type WrittenPipeline = z.output<typeof pipeline>;

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
