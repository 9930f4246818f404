import { z } from 'zod';

const key = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_]{0,39}$/, { error: 'must be letters, digits and underscores' });

const parameter = z.strictObject({
  type: z.enum(['text', 'number', 'currency']),
  in: z.enum(['event', 'ecommerce']).default('ecommerce'),
  description: z.string(),
});

const source = z.union([
  z.string().regex(/^((ecommerce|event)\.[A-Za-z]\w*|items\.(ids|contents|quantity))$/, {
    error:
      'must be `ecommerce.<key>`, `event.<key>`, `items.ids`, `items.contents` or `items.quantity`',
  }),
  z.strictObject({ constant: z.string().regex(/^[\w .-]+$/, { error: 'must be a plain text' }) }),
]);

/** An event of a platform: its name there and where its parameters come from. */
const platformEvent = z.strictObject({
  event: key,
  older_name: key.optional().describe('What the platform called it before, and still takes'),
  parameters: z.record(key, source),
});

const event = z.strictObject({
  description: z.string(),
  items: z.enum(['required', 'optional', 'none']),
  parameters: z.array(key),
  required: z.array(key).default([]),
  meta: platformEvent.optional(),
  tiktok: platformEvent.optional(),
});

/** The dictionary that ships: `tracking/events.yml` of the package. */
export const planSchema = z.strictObject({
  version: z.literal(1),
  parameters: z.record(key, parameter),
  items: z.strictObject({
    most: z.int().positive(),
    needs_one_of: z.array(key).min(1),
    parameters: z.record(key, parameter),
  }),
  events: z.record(key, event),
});

/** The dictionary of a project: what it changes. */
export const changesSchema = z.strictObject({
  version: z.literal(1),
  parameters: z.record(key, parameter).default({}),
  items: planSchema.shape.items.partial().default({}),
  events: z.record(key, event.nullable()).default({}),
});

export type TrackingPlan = z.output<typeof planSchema>;
export type PlannedEvent = z.output<typeof event>;
export type PlatformEvent = z.output<typeof platformEvent>;
export type ParameterSource = z.output<typeof source>;
export type PlanChanges = z.output<typeof changesSchema>;
