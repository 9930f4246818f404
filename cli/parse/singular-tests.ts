import type { TestNode } from '../manifest/node.ts';
import type { ProjectFile } from '../project/project.ts';
import type { SingularTestInput } from '../project/properties/schema.ts';
import { renderDescription } from './descriptions.ts';
import type { DraftList } from './drafts.ts';
import type { FileAnalyses } from './file-analyses.ts';
import { TEST_DEFAULTS, testDatabase } from './generic-tests.ts';
import { unusedProperties } from './messages.ts';
import { tagsAndMeta } from './node-parts.ts';
import type { ResolveConfig } from './resolve-config.ts';
import type { Workspace } from './workspace.ts';
import { fileSpan, foldersOf, spanOf, stemOf } from './workspace.ts';

interface Described {
  readonly entry: SingularTestInput;
  readonly file: ProjectFile;
  readonly range: readonly [number, number];
}

/** SQL files of the test folders: each selects the rows that break its rule. */
export function addSingularTests(
  list: DraftList,
  workspace: Workspace,
  analyses: FileAnalyses,
  resolveConfig: ResolveConfig,
): void {
  const described = new Map<string, Described>();
  for (const { file, declarations } of workspace.properties) {
    for (const { entry, range } of declarations.singularTests) {
      described.set(`${file.packageName}.${entry.name}`, { entry, file, range });
    }
  }
  const names = new Set<string>();
  for (const file of workspace.project.packages.flatMap(({ files }) => files)) {
    if (file.kind !== 'singular-test') continue;
    const key = `${file.packageName}.${stemOf(file)}`;
    names.add(stemOf(file));
    addTest(file, described.get(key), { list, workspace, analyses, resolveConfig });
    described.delete(key);
  }
  for (const { entry, file, range } of described.values()) {
    workspace.diagnostics.push(
      unusedProperties('data test', entry.name, spanOf(file, range), names),
    );
  }
}

interface Building {
  readonly list: DraftList;
  readonly workspace: Workspace;
  readonly analyses: FileAnalyses;
  readonly resolveConfig: ResolveConfig;
}

function addTest(file: ProjectFile, described: Described | undefined, building: Building): void {
  const { list, workspace, analyses } = building;
  const rawCode = analyses.textOf(file);
  const analysis = analyses.of(file);
  if (rawCode === undefined || analysis === undefined) return;
  workspace.diagnostics.push(...analysis.diagnostics);
  const name = stemOf(file);
  const fqn = [file.packageName, ...foldersOf(file), name];
  const place = described === undefined ? fileSpan(file) : spanOf(described.file, described.range);
  const resolved = building.resolveConfig({
    section: 'tests',
    packageName: file.packageName,
    fqn,
    defaults: TEST_DEFAULTS,
    own: [{ values: described?.entry.config ?? {}, span: place }, ...analysis.config],
  });
  const alias = resolved.config.alias ?? name;
  const dependsOn: string[] = [];
  const node: TestNode = {
    id: `test.${file.packageName}.${name}`,
    resourceType: 'test',
    kind: 'singular',
    name,
    packageName: file.packageName,
    fqn,
    path: file.packagePath,
    ...(described === undefined ? {} : { patchPath: described.file.packagePath }),
    span: fileSpan(file),
    description: renderDescription(
      described?.entry.description ?? '',
      file.packageName,
      place,
      workspace,
    ),
    ...tagsAndMeta(resolved.config),
    config: resolved.config,
    unrenderedConfig: resolved.unrenderedConfig,
    dependsOn,
    macros: analysis.macros,
    checksum: workspace.project.checksums.of(file),
    columns: [],
    alias,
    relation: { database: testDatabase(resolved.config, workspace), name: alias },
    rawCode,
    refs: analysis.refs,
    sources: analysis.sources,
  };
  list.add({ node, dependsOn, refs: node.refs, sources: node.sources }, `data tests \`${name}\``);
}
