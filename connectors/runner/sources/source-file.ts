import { rawTables } from '../../../cli/load/raw/raw-table.ts';
import type { RawTable } from '../../../cli/load/raw/raw-table.ts';
import type { ConfiguredPlatform, ConfiguredStream } from '../configured-platform.ts';
import type { LandedTable } from '../flatten/landed-stream.ts';
import { landedStream } from '../flatten/landed-stream.ts';
import { rawStreamShape } from '../flatten/raw-shape.ts';

/** A daily sync that was late, and one that did not come. */
export const FRESHNESS = {
  warn_after: { count: 36, period: 'hour' },
  error_after: { count: 72, period: 'hour' },
} as const;

/** Names and descriptions are the same on all servers; the type of `_record` is not, and is left out. */
const ANY_SERVER = { nativeJson: true, binaryCollation: 'utf8mb4_bin' } as const;

/**
 * The sources of a platform as a properties file holds them: one table for each raw table of the streams that the
 * project reads. `database` is text or a template.
 */
export function sourceFile(platform: ConfiguredPlatform, database: string): object {
  const { definition, streams } = platform;
  return {
    sources: [
      {
        name: definition.name,
        description: `Raw tables of ${definition.label}, as \`cortex sync ${definition.name}\` keeps them`,
        schema: database,
        loader: 'cortex',
        freshness: FRESHNESS,
        tables: streams.flatMap((stream) => streamTables(platform, stream)),
      },
    ],
  };
}

function streamTables(platform: ConfiguredPlatform, { stream, pii }: ConfiguredStream): object[] {
  const { definition, place } = platform;
  const landed = landedStream(stream, pii);
  const tables = rawTables(rawStreamShape(definition, stream, landed, place), ANY_SERVER);
  const meta = { connector: definition.name, stream: stream.name, pii };
  return [
    sourceTable(stream.name, { table: tables.parent, landed: landed.table, meta }),
    ...landed.children.flatMap((child, index) => {
      const table = tables.children[index];
      return table === undefined ? [] : [sourceTable(child.name, { table, landed: child, meta })];
    }),
  ];
}

interface TableParts {
  readonly table: RawTable;
  readonly landed: LandedTable;
  readonly meta: object;
}

function sourceTable(name: string, { table, landed, meta }: TableParts): object {
  const { description, relation, columns } = table;
  return {
    name,
    identifier: relation.name,
    description,
    meta,
    columns: columns.map((column) => {
      const personal = landed.columns.find((one) => one.name === column.name)?.personal;
      return {
        name: column.name,
        ...(column.comment === undefined ? {} : { description: column.comment }),
        ...(column.name === '_record' ? {} : { data_type: plainType(column.type) }),
        ...(personal === undefined ? {} : { meta: { pii: personal } }),
      };
    }),
  };
}

function plainType(type: string): string {
  return type.replace(/ character set \w+/, '');
}
