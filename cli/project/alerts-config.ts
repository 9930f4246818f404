import { z } from 'zod';
import { reportSchema } from './alert-rules/report-schema.ts';
import { rulesSchema } from './alert-rules/rule-schema.ts';

const text = z.string().min(1);
const url = z.url({ protocol: /^https?$/ });
const texts = z.union([text, z.array(text).min(1)]).transform((value) => [value].flat());

const channel = z.discriminatedUnion('type', [
  z
    .strictObject({
      type: z.literal('slack'),
      webhook_url: url.optional().describe('An incoming webhook'),
      token: text.optional().describe('Of a bot with `chat:write`, in place of a webhook'),
      channel: text.optional().describe('Where the bot writes: `#data` or an id'),
      origin: url.optional().describe('In place of `https://slack.com`'),
    })
    .refine(
      ({ webhook_url, token, channel: to }) =>
        webhook_url === undefined ? token !== undefined && to !== undefined : token === undefined,
      { error: 'must have `webhook_url`, or `token` and `channel`' },
    ),
  z.strictObject({
    type: z.literal('email'),
    host: text,
    port: z.int().min(1).max(65_535).default(587),
    secure: z.boolean().default(false).describe('TLS from the first byte; STARTTLS otherwise'),
    starttls: z.enum(['required', 'if_offered']).default('required'),
    user: text.optional(),
    password: text.optional(),
    from: text,
    to: texts,
  }),
  z.strictObject({
    type: z.literal('webhook'),
    url,
    headers: z.record(z.string(), z.string()).default({}),
    image: z.boolean().default(true).describe('Messages about metrics carry a picture as base64'),
  }),
]);

/** `alerts:` of the project file. */
export const alertsSchema = z.strictObject({
  on: z
    .array(z.enum(['failed', 'recovered', 'succeeded']))
    .default(['failed', 'recovered'])
    .describe('What is told'),
  repeat_hours: z
    .int()
    .min(1)
    .max(24 * 30)
    .default(24)
    .describe('When a failure that lasts is told again'),
  max_per_hour: z
    .int()
    .min(1)
    .max(1000)
    .default(20)
    .describe('Notifications of a channel in an hour'),
  channels: z
    .record(
      z
        .string()
        .regex(/^[a-z][a-z0-9_]*$/, { error: 'must be lower-case letters, digits and underscores' })
        .max(64),
      channel,
    )
    .default({}),
  report: reportSchema.optional().describe('The daily report'),
  rules: rulesSchema.default({}).describe('Metrics that are compared with their own history'),
});

export type AlertsConfig = z.output<typeof alertsSchema>;
export type AlertChannel = z.output<typeof channel>;
