import { z } from 'zod';
import { projectSchema } from '../project-config.ts';

/** What `clients/<code>.yml` may say: the parts of the project file that differ from client to client. */
export const clientSchema = projectSchema
  .pick({
    target: true,
    targets: true,
    models: true,
    seeds: true,
    snapshots: true,
    tests: true,
    data_tests: true,
    unit_tests: true,
    sources: true,
    exposures: true,
    vars: true,
    flags: true,
    connectors: true,
    pipelines: true,
    alerts: true,
    conversions: true,
    tracking: true,
  })
  .extend({
    client: projectSchema.shape.client
      .unwrap()
      .omit({ code: true })
      .optional()
      .describe('Who the client is; its code is the name of the file'),
    database: z
      .string()
      .min(1)
      .max(64)
      .optional()
      .describe('The database that this client is built in, whatever the target'),
  });
