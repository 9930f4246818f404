import type { Relation } from '../manifest/relation.ts';
import type { ConfigLevel } from './config-merge.ts';

/** How a `schema` config names the database: beside the target's, or in place of it in production. */
type SchemaNaming = 'suffix' | 'environment';

export interface SchemaRule {
  readonly targetName: string;
  readonly targetDatabase: string;
  readonly naming: SchemaNaming;
}

/**
 * The database of a node: `<target>_<schema>`. With the naming `environment`, the target `prod` uses the
 * schema alone and every other target ignores it, so that developers keep to one database.
 */
export function databaseName(custom: string | null | undefined, rule: SchemaRule): string {
  const schema = (custom ?? '').trim();
  if (schema === '') return rule.targetDatabase;
  if (rule.naming === 'suffix') return `${rule.targetDatabase}_${schema}`;
  return rule.targetName === 'prod' ? schema : rule.targetDatabase;
}

/** The name of a node's relation: its alias, or its name with `_v<version>`. */
export function relationName(
  name: string,
  alias: string | null | undefined,
  version?: string | number,
): string {
  const custom = (alias ?? '').trim();
  if (custom !== '') return custom;
  return version === undefined ? name : `${name}_v${String(version).replaceAll('.', '_')}`;
}

/** Where a node stands in the database. */
export function relationOf(
  node: { readonly name: string; readonly version?: string | number | undefined },
  config: ConfigLevel,
  rule: SchemaRule,
): Relation {
  const database = textOf(config['database']);
  return {
    database:
      database === undefined ? databaseName(textOf(config['schema']), rule) : database.trim(),
    name: relationName(node.name, textOf(config['alias']), node.version),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}
