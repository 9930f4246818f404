import { z } from 'zod';

const digits = z.union([
  z.string().regex(/^\d{1,20}$/, { error: 'must be digits only' }),
  z.int().nonnegative().transform(String),
]);

/** What Tag Manager refuses in a name when a container is imported. */
const importableName = z
  .string()
  .regex(/^[^:<>&"']+$/, { error: 'must be without `: < > & "` and `\'`' });

/** `tracking:` of the project file: the client's ids, none of them a secret. */
export const trackingSchema = z.strictObject({
  ga4_id: z
    .string()
    .regex(/^G-[A-Z0-9]+$/, { error: 'must be a measurement id such as `G-ABC123DEF4`' })
    .nullish()
    .describe('Measurement id of the web stream of Google Analytics 4'),
  meta_pixel_id: digits.nullish().describe('The pixel (data set) of Meta: digits'),
  tiktok_pixel_code: z
    .string()
    .regex(/^[A-Za-z0-9]+$/, { error: 'must be letters and digits' })
    .nullish()
    .describe('The pixel code of TikTok'),
  consent_default: z
    .enum(['denied', 'granted'])
    .default('denied')
    .describe('What counts before a visitor has chosen'),
  container: z
    .strictObject({
      name: importableName.optional(),
      public_id: z
        .string()
        .regex(/^GTM-[A-Z0-9]+$/, { error: 'must be a container id such as `GTM-ABC1234`' })
        .optional(),
      account_id: digits.optional(),
      container_id: digits.optional(),
    })
    .optional()
    .describe('The container of Tag Manager; the file can be imported into any other too'),
});

export type TrackingConfig = z.output<typeof trackingSchema>;
