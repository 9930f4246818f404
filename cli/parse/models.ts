import type { ModelNode } from '../manifest/node.ts';
import type { NodeId } from '../manifest/node-id.ts';
import type { ModelDeclaration, ModelVersion } from '../project/properties/declarations.ts';
import type { ProjectFile } from '../project/project.ts';
import { DescribedNodes } from './described-nodes.ts';
import { configFingerprint } from './changed-models.ts';
import type { DraftList } from './drafts.ts';
import type { FileAnalyses } from './file-analyses.ts';
import { hookReferences } from './hooks.ts';
import { scriptIsTable, unknownLatestVersion, versionWithoutFile } from './messages.ts';
import type { Described } from './node-parts.ts';
import { describedParts, propertiesConfig } from './node-parts.ts';
import { relationOf } from './relation-names.ts';
import type { ResolveConfig } from './resolve-config.ts';
import { scriptAnalysis } from './script-analysis.ts';
import type { Workspace } from './workspace.ts';
import { fileSpan, foldersOf, spanOf, stemOf } from './workspace.ts';

const DEFAULTS = { enabled: true, materialized: 'view' };

/** Whose properties a model file has: a plain model's, or those of one version. */
interface ModelSubject {
  readonly name: string;
  readonly described: Described | undefined;
  readonly model?: ModelDeclaration;
  readonly version?: ModelVersion;
}

/** Every model file of the project and its packages. */
export function addModels(
  list: DraftList,
  workspace: Workspace,
  analyses: FileAnalyses,
  resolveConfig: ResolveConfig,
): void {
  const described = new DescribedNodes(
    'model',
    workspace,
    ({ declarations }) => declarations.models,
  );
  const versions = versionsByFile(described);
  const names = new Set<string>();
  for (const { name: packageName, files } of workspace.project.packages) {
    for (const file of files) {
      if (file.kind !== 'model' && file.kind !== 'script-model') continue;
      const stem = stemOf(file);
      const version = versions.get(`${packageName}.${stem}`);
      const subject = version ?? plainSubject(described.get(packageName, stem), stem);
      if (version !== undefined) {
        described.get(packageName, version.name);
        versions.delete(`${packageName}.${stem}`);
      }
      names.add(subject.name);
      addModel(file, subject, { list, workspace, analyses, resolveConfig });
    }
  }
  described.reportUnused(names, workspace);
  reportVersions(described, versions, workspace);
}

interface Building {
  readonly list: DraftList;
  readonly workspace: Workspace;
  readonly analyses: FileAnalyses;
  readonly resolveConfig: ResolveConfig;
}

function plainSubject(
  described: Described<ModelDeclaration> | undefined,
  stem: string,
): ModelSubject {
  const isVersioned = (described?.declaration.versions.length ?? 0) > 0;
  return { name: stem, described: isVersioned ? undefined : described };
}

function addModel(file: ProjectFile, subject: ModelSubject, building: Building): void {
  const { list, workspace, analyses } = building;
  const rawCode = analyses.textOf(file);
  const script = workspace.project.scriptModels.get(file.path);
  const analysis = script === undefined ? analyses.of(file) : scriptAnalysis(script, file);
  if (rawCode === undefined || analysis === undefined) return;
  workspace.diagnostics.push(...analysis.diagnostics);
  const version = subject.version?.version;
  const fqn = [
    file.packageName,
    ...foldersOf(file),
    subject.name,
    ...(version === undefined ? [] : [`v${version}`]),
  ];
  const resolved = building.resolveConfig({
    section: 'models',
    packageName: file.packageName,
    fqn,
    defaults: DEFAULTS,
    own: [...propertiesConfig(subject.described), ...analysis.config],
  });
  const dependsOn: NodeId[] = [];
  const hooks = hookReferences(resolved.config, file, workspace);
  const node: ModelNode = {
    id: `model.${file.packageName}.${subject.name}${version === undefined ? '' : `.v${version}`}`,
    resourceType: 'model',
    ...(script === undefined
      ? { language: 'sql' }
      : { language: 'typescript', script: script.declaration }),
    name: subject.name,
    packageName: file.packageName,
    fqn,
    path: file.packagePath,
    span: fileSpan(file),
    ...describedParts(subject.described, resolved, placeOf(subject, file), workspace),
    dependsOn,
    macros: [...new Set([...analysis.macros, ...hooks.macros])],
    checksum: script?.checksum ?? workspace.project.checksums.of(file),
    relation: relationOf({ name: subject.name, version }, resolved.config, workspace.rule),
    constraints: subject.described?.declaration.constraints ?? [],
    rawCode,
    refs: [...analysis.refs, ...hooks.refs],
    sources: [...analysis.sources, ...hooks.sources],
    access: resolved.config.access ?? 'protected',
    ...versionParts(subject),
  };
  if (script !== undefined && resolved.config.materialized !== 'table')
    workspace.diagnostics.push(scriptIsTable(node, fileSpan(file)));
  list.add(
    { node, dependsOn, refs: node.refs, sources: node.sources },
    `models \`${subject.name}\``,
  );
  const fileConfig = configFingerprint(analysis);
  if (fileConfig !== '') list.fileConfigs.set(node.id, fileConfig);
  if (subject.described !== undefined) {
    const { declaration, file: properties } = subject.described;
    const tests = [...declaration.tests, ...declaration.columns.flatMap((column) => column.tests)];
    list.tested.push({ node, tests, file: properties });
  }
}

function placeOf(subject: ModelSubject, file: ProjectFile): ReturnType<typeof fileSpan> {
  const { described } = subject;
  return described === undefined
    ? fileSpan(file)
    : spanOf(described.file, described.declaration.nameRange);
}

function versionParts(
  subject: ModelSubject,
): Pick<ModelNode, 'version' | 'latestVersion' | 'deprecationDate'> {
  const { version, model } = subject;
  const plain = subject.described?.declaration as ModelDeclaration | undefined;
  const date = version === undefined ? plain?.deprecationDate : version.deprecationDate;
  return {
    ...(version === undefined || model === undefined
      ? {}
      : { version: version.version, latestVersion: latestVersionOf(model) }),
    ...(date === undefined ? {} : { deprecationDate: date }),
  };
}

/** As written, else the greatest: by number where all are numbers, by text otherwise. */
function latestVersionOf(model: ModelDeclaration): string | number {
  if (model.latestVersion !== undefined) return model.latestVersion;
  const versions = model.versions.map(({ version }) => version);
  const areNumbers = versions.every((version) => !Number.isNaN(Number(version)));
  const sorted = [...versions].sort((left, right) =>
    areNumbers ? Number(left) - Number(right) : String(left) < String(right) ? -1 : 1,
  );
  return sorted.at(-1) ?? '';
}

/** The files that versions live in: `orders_v2`, `orders.v2`, or what `defined_in` says. */
function versionsByFile(described: DescribedNodes<ModelDeclaration>): Map<string, ModelSubject> {
  const byFile = new Map<string, ModelSubject>();
  for (const { declaration: model, file } of described.values()) {
    for (const version of model.versions) {
      const subject = {
        name: model.name,
        described: { declaration: version.declaration, file },
        model,
        version,
      };
      const stems =
        version.definedIn === undefined ? versionStems(model.name, version) : [version.definedIn];
      for (const stem of stems) byFile.set(`${file.packageName}.${stem}`, subject);
    }
  }
  return byFile;
}

function versionStems(name: string, { version }: ModelVersion): readonly string[] {
  return [`${name}_v${version}`, `${name}.v${version}`];
}

function reportVersions(
  described: DescribedNodes<ModelDeclaration>,
  left: ReadonlyMap<string, ModelSubject>,
  workspace: Workspace,
): void {
  for (const { declaration: model, file } of described.values()) {
    for (const version of model.versions) {
      const stems =
        version.definedIn === undefined ? versionStems(model.name, version) : [version.definedIn];
      if (!stems.every((stem) => left.has(`${file.packageName}.${stem}`))) continue;
      const span = spanOf(file, version.declaration.nameRange);
      workspace.diagnostics.push(
        versionWithoutFile(model.name, String(version.version), stems[0] ?? '', span),
      );
    }
    const latest = model.latestVersion;
    if (
      latest === undefined ||
      model.versions.some(({ version }) => String(version) === String(latest))
    )
      continue;
    workspace.diagnostics.push(
      unknownLatestVersion(model.name, String(latest), spanOf(file, model.nameRange)),
    );
  }
}
