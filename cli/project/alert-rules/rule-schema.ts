import { z } from 'zod';

const column = z.string().min(1);
const plain = z.union([z.string(), z.number(), z.boolean()]);

/** One rule of `alerts.rules`: a number for the short forms, or a map. */
const ruleSchema = z.union([
  z.number().positive(),
  z.strictObject({
    model: z.string().min(1).describe('A model, seed or snapshot of the project'),
    column: column.describe('Whose values are judged'),
    change_pct: z.number().positive().describe('The alert is raised from this change on'),
    direction: z.enum(['increase', 'decrease', 'both']).default('both'),
    compare: z
      .enum(['same_weekday', 'moving_window'])
      .default('same_weekday')
      .describe('With the same weekday of the weeks before, or with all days before'),
    periods: z
      .int()
      .min(2)
      .max(366)
      .optional()
      .describe('Weeks (4 unless given) or days (28 unless given) that are looked back'),
    minimum_history: z
      .int()
      .min(1)
      .max(366)
      .optional()
      .describe('Values that the history needs; half of the periods unless given'),
    day: column.default('date_key').describe('The column of the day: a date, or 20261123'),
    by: column.optional().describe('Each value of this column is judged by itself'),
    where: z
      .record(column, z.union([plain, z.array(plain).min(1)]))
      .default({})
      .describe('Only rows whose columns have these values'),
    aggregate: z
      .enum(['sum', 'avg', 'min', 'max'])
      .optional()
      .describe('What is made of several rows of a day; without it there may be one only'),
    minimum: z
      .record(column, z.number().nonnegative())
      .default({})
      .describe('Days with less in these columns are not judged, and are no history'),
    missing: z
      .enum(['skip', 'zero'])
      .default('skip')
      .describe('What a day without a row is: unknown, or 0'),
    label: z.string().min(1).max(120).optional().describe('What messages call it'),
  }),
]);

/** `alerts.rules`: by the name of each. */
export const rulesSchema = z.record(
  z
    .string()
    .regex(/^[a-z][a-z0-9_]*$/, { error: 'must be lower-case letters, digits and underscores' })
    .max(100),
  ruleSchema,
);

export type WrittenRule = Exclude<z.output<typeof ruleSchema>, number>;
