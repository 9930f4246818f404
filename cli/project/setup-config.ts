import { z } from 'zod';

/** `setup:` of the project file: what `cortex setup` makes beside the databases. */
export const setupSchema = z.strictObject({
  dashboard: z
    .strictObject({
      user: z.string().min(1).max(32),
      host: z.string().min(1).default('%').describe('Where it may connect from'),
      password: z.string().min(1).describe('An environment variable: `${DASHBOARD_PASSWORD}`'),
      folders: z
        .array(z.string().min(1))
        .default(['dimensions', 'facts', 'marts', 'reports'])
        .describe('Folders of `models` whose tables it may read'),
    })
    .optional()
    .describe('A user that may only read what is made for dashboards'),
});

export type SetupConfig = z.output<typeof setupSchema>;
