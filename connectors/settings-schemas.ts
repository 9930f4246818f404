import { z } from 'zod';
import { filesSettings } from './files/settings.ts';
import { loadPlatform, platformNames } from './registry.ts';
import { accountOptions, settingsSchema } from './runner/settings/settings-schema.ts';
import type { PlatformDefinition } from './sdk/definition.ts';

type Schema = Readonly<Record<string, unknown>>;

/** JSON Schema of `connectors` in the project file, for editors. A project's own connectors may have any settings. */
export async function connectorsSchema(): Promise<Schema> {
  const platforms = await Promise.all(platformNames.map(loadPlatform));
  const shipped = platforms.filter((platform) => platform !== undefined);
  return {
    type: 'object',
    properties: {
      files: jsonSchema(filesSettings),
      ...Object.fromEntries(shipped.map((one) => [one.name, platformSchema(one)])),
    },
  };
}

/** Settings that are kept in a file of credentials need not be written: none of an account is required. */
function platformSchema(platform: PlatformDefinition): Schema {
  const schema = jsonSchema(settingsSchema(platform));
  const { required: _required, ...account } = jsonSchema(platform.account);
  const properties = schema['properties'] as Readonly<Record<string, Schema>>;
  const options = jsonSchema(accountOptions)['properties'] as Schema;
  const own = account['properties'] as Schema;
  const items = { ...account, properties: { ...own, ...options } };
  return {
    ...schema,
    description: `Accounts and streams of ${platform.label}`,
    properties: { ...properties, accounts: { ...properties['accounts'], items } },
  };
}

function jsonSchema(type: z.ZodType): Schema {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(type, {
    io: 'input',
    unrepresentable: 'any',
  });
  return schema;
}
