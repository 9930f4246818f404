import { z } from 'zod';
import { HYPHENATED_KEYS, projectSchema } from './project-config.ts';
import { propertiesSchema } from './properties/schema.ts';
import { targetSchema } from './target-config.ts';

/** A JSON Schema, as an editor reads it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** The schema of `cortex_project.yml`, with dbt's spelling of keys (`model-paths`) beside Cortex's own. */
export function projectJsonSchema(): JsonSchema {
  const schema = jsonSchema(projectSchema, 'The project file of Cortex');
  const properties = schema['properties'] as Readonly<Record<string, JsonSchema>>;
  const hyphenated = [...HYPHENATED_KEYS].map((key) => [key.replaceAll('_', '-'), properties[key]]);
  const { $schema: _, ...target } = jsonSchema(targetSchema, 'Where models are built');
  return {
    ...schema,
    properties: {
      ...properties,
      targets: { ...properties['targets'], additionalProperties: target },
      ...(Object.fromEntries(hyphenated) as Readonly<Record<string, JsonSchema>>),
    },
  };
}

/** The schema of properties files: models, sources, seeds, tests and the rest of dbt's vocabulary. */
export function propertiesJsonSchema(): JsonSchema {
  return jsonSchema(propertiesSchema, 'A properties file of Cortex');
}

function jsonSchema(schema: z.ZodType, title: string): JsonSchema {
  const generated = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return { ...(generated as JsonSchema), title };
}
