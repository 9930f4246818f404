import type { ConnectorStream } from '../../connector.ts';
import { FRESHNESS } from './source-file.ts';

/**
 * The sources of a connector that reads files, as a properties file holds them: one for each database that tables
 * land in. `schemaOf` is text or a template for the name of a database.
 */
export function fileSources(
  connector: string,
  streams: readonly ConnectorStream[],
  schemaOf: (database: string) => string,
): object {
  const databases = [...new Set(streams.map(({ relation }) => relation.database))];
  return {
    sources: databases.map((database, index) => ({
      name: index === 0 ? connector : `${connector}_${database}`,
      description: `Tables of files, as \`cortex sync ${connector}\` loads them`,
      schema: schemaOf(database),
      loader: 'cortex',
      freshness: FRESHNESS,
      tables: streams.filter(({ relation }) => relation.database === database).map(sourceTable),
    })),
  };
}

function sourceTable({ name, relation, documentation }: ConnectorStream): object {
  return {
    name,
    identifier: relation.name,
    ...described(documentation.description),
    columns: documentation.columns.map((column) => ({
      name: column.name,
      ...described(column.description),
      data_type: column.type,
    })),
  };
}

function described(description: string): object {
  return description === '' ? {} : { description };
}
