import { z } from 'zod';
import { secret } from '../sdk/secret.ts';

/** Settings of one property. */
export const ga4Account = z.strictObject({
  property_id: z.string().regex(/^\d+$/, 'expected the digits of a property, in quotes'),
  /** E-mail of the service account; it must be a viewer of the property. */
  client_email: z.email(),
  /** Its private key, as it stands in the key file. */
  private_key: secret(),
  /** Google Cloud project that the property is exported to; without it the stream `events` cannot be read. */
  bigquery_project: z.string().min(1).optional(),
  /** Where the export lives: `southamerica-east1`. */
  bigquery_location: z.string().min(1).optional(),
});

export type Ga4Account = z.infer<typeof ga4Account>;
