import { sha256 } from '../kernel/hash.ts';
import { stableStringify } from '../kernel/json.ts';
import type { Freshness, SourceNode } from '../manifest/node.ts';
import type { FreshnessThreshold } from '../manifest/node-config.ts';
import type {
  SourceDeclaration,
  SourceTableDeclaration,
} from '../project/properties/declarations.ts';
import type { ProjectFile } from '../project/project.ts';
import type { FreshnessInput } from '../project/properties/schema.ts';
import type { DraftList } from './drafts.ts';
import { describedParts } from './node-parts.ts';
import { renderValue } from './render-config.ts';
import { renderDescription } from './descriptions.ts';
import type { ResolveConfig } from './resolve-config.ts';
import type { Workspace } from './workspace.ts';
import { foldersOf, spanOf } from './workspace.ts';

const DEFAULTS = { enabled: true };

/** Every table of every declared source. */
export function addSources(
  list: DraftList,
  workspace: Workspace,
  resolveConfig: ResolveConfig,
): void {
  for (const { file, declarations } of workspace.properties) {
    for (const source of declarations.sources) {
      for (const table of source.tables)
        addTable({ source, table, file }, list, workspace, resolveConfig);
    }
  }
}

interface TableSubject {
  readonly source: SourceDeclaration;
  readonly table: SourceTableDeclaration;
  readonly file: ProjectFile;
}

function addTable(
  subject: TableSubject,
  list: DraftList,
  workspace: Workspace,
  resolveConfig: ResolveConfig,
): void {
  const { source, table, file } = subject;
  const span = spanOf(file, table.nameRange);
  const fqn = [file.packageName, ...foldersOf(file), source.name, table.name];
  const resolved = resolveConfig({
    section: 'sources',
    packageName: file.packageName,
    fqn,
    defaults: DEFAULTS,
    own: [
      { values: source.config, span: spanOf(file, source.range) },
      { values: table.config, span },
    ],
  });
  const freshness = freshnessOf(subject, resolved.config['freshness'] as FreshnessInput);
  const loadedAtField =
    table.loadedAtField ??
    source.loadedAtField ??
    (resolved.config['loaded_at_field'] as string | undefined);
  const loadedAtQuery =
    table.loadedAtQuery ??
    source.loadedAtQuery ??
    (resolved.config['loaded_at_query'] as string | undefined);
  const place = {
    environment: workspace.environmentOf(file.packageName),
    packageName: file.packageName,
    span,
    diagnostics: workspace.diagnostics,
  };
  const text = (value: string): string => String(renderValue(value, place));
  const node: SourceNode = {
    id: `source.${file.packageName}.${source.name}.${table.name}`,
    resourceType: 'source',
    name: table.name,
    packageName: file.packageName,
    fqn,
    path: file.packagePath,
    span,
    ...describedParts({ declaration: table, file }, resolved, span, workspace),
    dependsOn: [],
    macros: [],
    checksum: sha256(stableStringify({ source: { ...source, tables: [] }, table })),
    relation: {
      database: text(source.schema ?? source.database ?? source.name),
      name: text(table.identifier ?? table.name),
    },
    constraints: table.constraints,
    sourceName: source.name,
    sourceDescription: renderDescription(source.description, file.packageName, span, workspace),
    loader: table.loader ?? source.loader ?? '',
    ...(freshness === undefined ? {} : { freshness }),
    ...(typeof loadedAtField === 'string' ? { loadedAtField } : {}),
    ...(typeof loadedAtQuery === 'string' ? { loadedAtQuery } : {}),
  };
  list.add(
    { node, dependsOn: [], refs: [], sources: [] },
    `sources \`${source.name}.${table.name}\``,
  );
  const tests = [...table.tests, ...table.columns.flatMap((column) => column.tests)];
  list.tested.push({ node, tests, file });
}

/** The table's freshness over the source's over the folders'; `null` anywhere switches off what is below it. */
function freshnessOf(
  { source, table }: TableSubject,
  configured: FreshnessInput,
): Freshness | undefined {
  const levels = [configured, source.freshness, table.freshness].filter(
    (level) => level !== undefined,
  );
  let merged: NonNullable<FreshnessInput> | undefined;
  for (const level of levels) merged = level === null ? undefined : { ...merged, ...level };
  if (merged === undefined) return undefined;
  const warnAfter = thresholdOf(merged.warn_after);
  const errorAfter = thresholdOf(merged.error_after);
  if (warnAfter === undefined && errorAfter === undefined) return undefined;
  return {
    ...(warnAfter === undefined ? {} : { warnAfter }),
    ...(errorAfter === undefined ? {} : { errorAfter }),
    ...(typeof merged.filter === 'string' ? { filter: merged.filter } : {}),
  };
}

function thresholdOf(
  written: NonNullable<FreshnessInput>['warn_after'],
): FreshnessThreshold | undefined {
  if (written === null || written === undefined) return undefined;
  const { count, period } = written;
  if (period !== 'minute' && period !== 'hour' && period !== 'day') return undefined;
  return { count: Number(count), period };
}
