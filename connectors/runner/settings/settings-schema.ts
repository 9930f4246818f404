import { z } from 'zod';
import type { PlatformDefinition } from '../../sdk/definition.ts';
import { retentionSchema } from './retention.ts';

const text = z.string().min(1);
const pii = z.enum(['keep', 'hash', 'drop']);
const day = z.iso.date('must be a day such as `2024-01-01`');

/** What may stand under `connectors.<platform>`, apart from the accounts' own settings. */
export function settingsSchema({ streams }: PlatformDefinition) {
  const stream = z
    .union([
      z.boolean(),
      z.strictObject({ pii: pii.optional(), retention: retentionSchema.optional() }),
    ])
    .optional();
  return z.strictObject({
    start_date: day.optional(),
    pii: pii.default('keep'),
    streams: z
      .strictObject(Object.fromEntries(streams.map(({ name }) => [name, stream])))
      .default({}),
    raw_database: text.max(64).optional(),
    table_prefix: z.string().max(40).optional(),
    accounts: z.array(accountOptions).min(1),
  });
}

/** Settings that every account may have; the rest is the platform's. */
export const accountOptions = z.looseObject({
  origin: z.url({ protocol: /^https?$/ }).optional(),
});

export type PlatformSettings = z.infer<ReturnType<typeof settingsSchema>>;
