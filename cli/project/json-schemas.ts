import { z } from 'zod';
import { alertsSchema } from './alerts-config.ts';
import { clientSchema } from './clients/client-schema.ts';
import { HYPHENATED_KEYS, projectSchema } from './project-config.ts';
import { pipelinesSchema } from './pipelines/pipelines-schema.ts';
import { propertiesSchema } from './properties/schema.ts';
import { targetSchema } from './target-config.ts';
import { setupSchema } from './setup-config.ts';
import { trackingSchema } from './tracking-config.ts';

type Schema = Readonly<Record<string, unknown>>;

/** Schemas of the sections of the project file that are not checked in this folder. */
export interface SectionSchemas {
  readonly connectors: Schema;
  readonly conversions: Schema;
}

/** JSON Schemas of the files people write, by file name, made from the definitions that check them. */
export function jsonSchemas(sections: SectionSchemas): Readonly<Record<string, Schema>> {
  return {
    'cortex_project.schema.json': projectFileSchema(sections),
    'client.schema.json': clientFileSchema(sections),
    'properties.schema.json': titled(
      'Properties of models, sources, seeds, tests and macros',
      toSchema(propertiesSchema),
    ),
  };
}

/** Its sections are those of the project file. */
function clientFileSchema(sections: SectionSchemas): Schema {
  const schema = toSchema(clientSchema);
  const own = schema['properties'] as Readonly<Record<string, Schema>>;
  const shared = projectFileSchema(sections)['properties'] as Readonly<Record<string, Schema>>;
  const properties = Object.entries(own).map(([key, value]) => [
    key,
    key === 'client' ? value : (shared[key] ?? value),
  ]);
  return titled('clients/<code>.yml', { ...schema, properties: Object.fromEntries(properties) });
}

/** Targets and some sections are checked after the file was read; an editor sees their keys from the start. */
function projectFileSchema(sections: SectionSchemas): Schema {
  const schema = toSchema(projectSchema);
  const own = schema['properties'] as Readonly<Record<string, Schema>>;
  const { $schema: _dialect, ...target } = toSchema(targetSchema);
  const { $schema: _same, ...tracking } = toSchema(trackingSchema);
  const { $schema: _too, ...alerts } = toSchema(alertsSchema);
  const { $schema: _again, ...pipelines } = toSchema(pipelinesSchema);
  const { $schema: _third, ...setup } = toSchema(setupSchema);
  const properties = {
    ...own,
    targets: { ...own['targets'], additionalProperties: target },
    ...sections,
    tracking,
    alerts,
    pipelines,
    setup,
  };
  const hyphenated = Object.entries(properties)
    .filter(([key]) => HYPHENATED_KEYS.has(key))
    .map(([key, value]) => [key.replaceAll('_', '-'), value]);
  return titled('cortex_project.yml', {
    ...schema,
    properties: { ...properties, ...Object.fromEntries(hyphenated) },
  });
}

function toSchema(schema: z.ZodType): Schema {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
}

function titled(title: string, schema: Schema): Schema {
  const { $schema, ...rest } = schema;
  return { $schema, title, ...rest };
}
