import { sha256 } from '../kernel/hash.ts';
import type { Span } from '../kernel/span.ts';
import type { SnapshotNode } from '../manifest/node.ts';
import type { SnapshotDeclaration } from '../project/properties/declarations.ts';
import type { ProjectFile } from '../project/project.ts';
import { DescribedNodes } from './described-nodes.ts';
import type { DraftList } from './drafts.ts';
import type { FileAnalyses } from './file-analyses.ts';
import type { FileAnalysis } from './file-analysis.ts';
import { analyseText } from './file-analysis.ts';
import { invalidRelationCall } from './messages.ts';
import type { Described } from './node-parts.ts';
import { describedParts, propertiesConfig } from './node-parts.ts';
import { parseRelationCall } from './relation-call.ts';
import { relationOf } from './relation-names.ts';
import type { ResolveConfig } from './resolve-config.ts';
import type { Workspace } from './workspace.ts';
import { fileSpan, foldersOf, spanOf, stemOf } from './workspace.ts';

const DEFAULTS = { enabled: true, materialized: 'snapshot' };

/** Snapshots of SQL files, and those that a properties file declares over a relation. */
export function addSnapshots(
  list: DraftList,
  workspace: Workspace,
  analyses: FileAnalyses,
  resolveConfig: ResolveConfig,
): void {
  const described = new DescribedNodes(
    'snapshot',
    workspace,
    ({ declarations }) => declarations.snapshots,
  );
  const names = new Set<string>();
  const build = { list, workspace, resolveConfig };
  for (const file of workspace.project.packages.flatMap(({ files }) => files)) {
    if (file.kind !== 'snapshot') continue;
    const text = analyses.textOf(file);
    const analysis = analyses.of(file);
    if (text === undefined || analysis === undefined) continue;
    const name = stemOf(file);
    names.add(name);
    const properties = described.get(file.packageName, name);
    addSnapshot({ name, file, span: fileSpan(file), text, analysis, properties }, build);
  }
  for (const properties of described.values()) {
    const { relation, name, nameRange } = properties.declaration;
    if (relation === undefined) continue;
    described.get(properties.file.packageName, name);
    const span = spanOf(properties.file, nameRange);
    const text = relationQuery(relation, span, workspace);
    const { packageName, path } = properties.file;
    const analysis = analyseText(
      { text, path, packageName },
      span,
      workspace.environmentOf(packageName),
    );
    addSnapshot({ name, file: properties.file, span, text, analysis, properties }, build);
  }
  described.reportUnused(names, workspace);
}

interface SnapshotSubject {
  readonly name: string;
  readonly file: ProjectFile;
  readonly span: Span;
  readonly text: string;
  readonly analysis: FileAnalysis;
  readonly properties: Described<SnapshotDeclaration> | undefined;
}

interface Building {
  readonly list: DraftList;
  readonly workspace: Workspace;
  readonly resolveConfig: ResolveConfig;
}

function relationQuery(relation: string, span: Span, workspace: Workspace): string {
  const call = parseRelationCall(relation);
  if (call === undefined) {
    workspace.diagnostics.push(invalidRelationCall(relation, span));
    return '';
  }
  if (call.kind === 'source') return `select * from {{source "${call.source}" "${call.table}"}}`;
  const owner = call.package === undefined ? '' : `"${call.package}" `;
  const version = call.version === undefined ? '' : ` v="${call.version}"`;
  return `select * from {{ref ${owner}"${call.name}"${version}}}`;
}

function addSnapshot(subject: SnapshotSubject, building: Building): void {
  const { name, file, analysis, properties } = subject;
  const { list, workspace } = building;
  workspace.diagnostics.push(...analysis.diagnostics);
  const fqn = [file.packageName, ...foldersOf(file), name];
  const resolved = building.resolveConfig({
    section: 'snapshots',
    packageName: file.packageName,
    fqn,
    defaults: DEFAULTS,
    own: [...propertiesConfig(properties), ...analysis.config],
  });
  const { target_database: targetDatabase, target_schema: targetSchema } = resolved.config;
  const placed = {
    ...resolved.config,
    database: resolved.config.database ?? targetDatabase ?? targetSchema,
  };
  const dependsOn: string[] = [];
  const node: SnapshotNode = {
    id: `snapshot.${file.packageName}.${name}`,
    resourceType: 'snapshot',
    name,
    packageName: file.packageName,
    fqn,
    path: file.packagePath,
    span: subject.span,
    ...describedParts(properties, resolved, subject.span, workspace),
    dependsOn,
    macros: analysis.macros,
    checksum: sha256(subject.text),
    relation: relationOf({ name }, placed, workspace.rule),
    constraints: [],
    rawCode: subject.text,
    refs: analysis.refs,
    sources: analysis.sources,
  };
  list.add({ node, dependsOn, refs: node.refs, sources: node.sources }, `snapshots \`${name}\``);
  if (properties === undefined) return;
  const { declaration } = properties;
  const tests = [...declaration.tests, ...declaration.columns.flatMap((column) => column.tests)];
  list.tested.push({ node, tests, file: properties.file });
}
