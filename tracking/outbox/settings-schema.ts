import { z } from 'zod';
import { secret } from '../../connectors/sdk/secret.ts';

const text = z.string().min(1);
const id = z.union([text, z.int().positive().transform(String)]);
const relation = text.regex(/^\w+(?:\.\w+)?$/, {
  error: 'must be a relation, or `database.relation`',
});
/** Where requests go instead of the platform: a proxy, a simulator. */
const origin = z.url({ protocol: /^https?$/ }).optional();
/** Access to Google's APIs by a refresh token. */
const googleAccess = {
  client_id: text,
  client_secret: secret(),
  refresh_token: secret(),
};
const maxAgeDays = (days: number) => z.int().positive().max(400).default(days);

const destination = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('meta-capi'),
    pixel_id: id,
    access_token: secret(),
    api_version: text.regex(/^v\d+\.\d+$/, { error: 'must be like `v26.0`' }).default('v26.0'),
    test_event_code: text.optional(),
    origin,
  }),
  z.strictObject({
    type: z.literal('google-data-manager'),
    operating_account_id: id,
    login_account_id: id.optional(),
    conversion_action_id: id,
    transaction_id_prefix: z.string().max(32).default(''),
    max_age_days: maxAgeDays(90),
    ...googleAccess,
    origin,
  }),
  z.strictObject({
    type: z.literal('google-ads'),
    customer_id: id,
    login_customer_id: id.optional(),
    conversion_action_id: id,
    transaction_id_prefix: z.string().max(32).default(''),
    api_version: text.regex(/^v\d+$/, { error: 'must be like `v26`' }).default('v26'),
    developer_token: secret().optional(),
    /** `enhancements`: the site's tag counts the conversions, and only says who bought. */
    uploads: z.enum(['conversions', 'enhancements']).default('conversions'),
    max_age_days: maxAgeDays(90),
    ...googleAccess,
    origin,
  }),
  z.strictObject({
    type: z.literal('tiktok-events'),
    pixel_code: text,
    access_token: secret(),
    test_event_code: text.optional(),
    max_age_days: maxAgeDays(28),
    origin,
  }),
]);

/** What stands under `conversions:` of the project file. */
export const conversionsSchema = z.strictObject({
  /** The relation of what is sent, a row per order. */
  model: relation.default('fct_conversions'),
  /** The restricted relation with the customers in clear; the model itself holds no personal data then. */
  identity: relation.optional(),
  /** The column that both have. */
  identity_key: text.default('identity_key'),
  event_id: text
    .max(60)
    .regex(/\{order_id\}/, { error: 'must contain `{order_id}`' })
    .default('purchase.{order_id}'),
  value_basis: z.enum(['total', 'items']).default('total'),
  consent_policy: z.enum(['required', 'legitimate_interest']).default('required'),
  default_country: text.regex(/^[A-Z]{2}$/, { error: 'must be like `BR`' }).default('BR'),
  external_id: z.enum(['opaque', 'cpf']).default('opaque'),
  /** Days after which nothing is kept of an event but destination, id, status and times. */
  retention_days: z.int().positive().max(3650).default(180),
  destinations: z.record(
    text.max(64).regex(/^[a-z][a-z0-9_]*$/, {
      error: 'must be lower-case letters, digits and underscores',
    }),
    destination,
  ),
});

/** The JSON Schema of `conversions:`, for editors: what is written, before defaults and secrets. */
export function conversionsJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(conversionsSchema, { io: 'input' });
  return schema;
}

export type ConversionsConfig = z.output<typeof conversionsSchema>;
export type DestinationSettings = z.output<typeof destination>;
