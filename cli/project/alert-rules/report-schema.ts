import { z } from 'zod';

/** `alerts.report`: what the daily report shows. */
export const reportSchema = z.strictObject({
  model: z
    .string()
    .min(1)
    .default('rpt_daily_performance')
    .describe('A model, seed or snapshot with one row a day'),
  day: z.string().min(1).default('date_key').describe('The column of the day: a date, or 20261123'),
  columns: z
    .array(z.string().min(1))
    .min(1)
    .max(30)
    .optional()
    .describe('What is shown; those that `rpt_daily_performance` is read for unless given'),
});
