import { connectorsSchema } from '../../connectors/settings-schemas.ts';
import { conversionsJsonSchema } from '../../tracking/outbox/settings-schema.ts';
import type { SectionSchemas } from '../project/json-schemas.ts';

/** The schemas of the sections that connectors and tracking check. */
export async function sectionSchemas(): Promise<SectionSchemas> {
  return { connectors: await connectorsSchema(), conversions: conversionsJsonSchema() };
}
