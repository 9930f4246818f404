import type { YamlMap } from '../yaml.ts';
import { valueOf } from '../yaml.ts';
import type { SourceDeclaration, SourceTableDeclaration } from './declarations.ts';
import { columnDeclarations, configOf, constraintsOf, rangeOf } from './read-nodes.ts';
import type { Reading } from './read-tests.ts';
import { readTests } from './read-tests.ts';
import type { FreshnessInput, SourceInput, SourceTableInput } from './schema.ts';

export function sourceDeclaration(
  entry: SourceInput,
  node: YamlMap,
  reading: Reading,
): SourceDeclaration {
  const list = valueOf(node, 'tables');
  return {
    name: entry.name,
    description: entry.description ?? '',
    ...(entry.database === undefined ? {} : { database: entry.database }),
    ...(entry.schema === undefined ? {} : { schema: entry.schema }),
    ...(entry.loader === undefined ? {} : { loader: entry.loader }),
    config: configOf(entry),
    ...loadedOf(entry),
    tables: (entry.tables ?? []).flatMap((table, index) => {
      const place = list?.kind === 'list' ? list.items[index] : undefined;
      return place?.kind === 'map' ? [tableDeclaration(table, place, reading)] : [];
    }),
    range: rangeOf(valueOf(node, 'name') ?? node),
  };
}

function tableDeclaration(
  table: SourceTableInput,
  node: YamlMap,
  reading: Reading,
): SourceTableDeclaration {
  return {
    name: table.name,
    description: table.description ?? '',
    ...(table.identifier === undefined ? {} : { identifier: table.identifier }),
    ...(table.loader === undefined ? {} : { loader: table.loader }),
    config: configOf(table),
    columns: columnDeclarations(table.columns, valueOf(node, 'columns'), reading),
    constraints: constraintsOf(table.constraints),
    tests: readTests(node, undefined, reading),
    ...loadedOf(table),
    range: rangeOf(node),
    nameRange: rangeOf(valueOf(node, 'name') ?? node),
  };
}

interface Loaded {
  readonly freshness?: FreshnessInput | undefined;
  readonly loaded_at_field?: string | null | undefined;
  readonly loaded_at_query?: string | null | undefined;
  readonly config?: Readonly<Record<string, unknown>> | undefined;
}

/** Freshness may stand beside `config:` or in it. */
function loadedOf(
  entry: Loaded,
): Pick<SourceDeclaration, 'freshness' | 'loadedAtField' | 'loadedAtQuery'> {
  const within = (entry.config ?? {}) as Loaded;
  const freshness = entry.freshness === undefined ? within.freshness : entry.freshness;
  const field =
    entry.loaded_at_field === undefined ? within.loaded_at_field : entry.loaded_at_field;
  const query =
    entry.loaded_at_query === undefined ? within.loaded_at_query : entry.loaded_at_query;
  return {
    ...(freshness === undefined ? {} : { freshness }),
    ...(field === undefined ? {} : { loadedAtField: field }),
    ...(query === undefined ? {} : { loadedAtQuery: query }),
  };
}
