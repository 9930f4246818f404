import { sha256 } from '../kernel/hash.ts';
import { stableStringify } from '../kernel/json.ts';
import type { ModelNode } from '../manifest/node.ts';
import type { NodeId } from '../manifest/node-id.ts';
import { nodesOfType } from '../manifest/nodes-of-type.ts';
import type { Project, ProjectFile } from '../project/project.ts';
import type { TemplateEnvironment } from '../template/environment.ts';
import type { FileAnalysis } from './file-analysis.ts';
import { analyseFile } from './file-analysis.ts';
import { linkModel } from './link.ts';
import type { Remembered } from './manifest-cache.ts';
import type { NodeIndex } from './node-index.ts';
import { INDEXED_TYPES, createNodeIndex } from './node-index.ts';

/** More changed models than this are parsed with everything else. */
const MOST = 100;

/** Tells the `config` calls of a file from those of another; empty for a file without any. */
export function configFingerprint(analysis: FileAnalysis): string {
  if (analysis.config.length === 0) return '';
  return sha256(stableStringify(analysis.config.map(({ values }) => values))).slice(0, 16);
}

/**
 * The models whose text changed since a manifest was made, read again, with what they refer to.
 * `undefined` when that is not all there is to do: when a configuration or a hook may have changed, or
 * when something is to be said about one of them. Then everything is parsed.
 */
export function changedModels(
  project: Project,
  remembered: Remembered,
  environmentOf: (packageName: string) => TemplateEnvironment,
):
  | { readonly models: readonly ModelNode[]; readonly environmentVariables: readonly string[] }
  | undefined {
  const changed = filesThatChanged(project, remembered);
  if (changed === undefined) return undefined;
  if (changed.length === 0) return { models: [], environmentVariables: [] };
  const index = createNodeIndex({
    enabled: nodesOfType(remembered.manifest.nodes, ...INDEXED_TYPES),
    disabled: remembered.manifest.disabled.values(),
    packageNames: project.packages.map(({ name }) => name),
    rootPackage: project.name,
  });
  const models: ModelNode[] = [];
  const environmentVariables: string[] = [];
  for (const { file, node } of changed) {
    const text = project.texts.text(file.path);
    if (text === undefined) return undefined;
    const { packageName, path } = file;
    const analysis = analyseFile({ text, path, packageName }, environmentOf(packageName));
    const next = readAgain(
      { node, text, analysis, checksum: project.checksums.of(file) },
      remembered,
      index,
    );
    if (next === undefined) return undefined;
    models.push(next);
    environmentVariables.push(...analysis.environmentVariables);
  }
  return { models, environmentVariables };
}

interface ChangedFile {
  readonly file: ProjectFile;
  readonly node: ModelNode;
}

function filesThatChanged(
  project: Project,
  { manifest }: Remembered,
): readonly ChangedFile[] | undefined {
  const models = new Map<string, ModelNode>();
  for (const nodes of [manifest.nodes, manifest.disabled]) {
    for (const node of nodesOfType(nodes, 'model'))
      models.set(`${node.packageName}\u0000${node.path}`, node);
  }
  const changed: ChangedFile[] = [];
  for (const file of project.packages.flatMap(({ files }) => files)) {
    if (file.kind !== 'model') continue;
    const node = models.get(`${file.packageName}\u0000${file.packagePath}`);
    if (node === undefined) return undefined;
    if (node.checksum === project.checksums.of(file)) continue;
    if (!manifest.nodes.has(node.id) || changed.length === MOST) return undefined;
    changed.push({ file, node });
  }
  return changed;
}

interface ReadModel {
  readonly node: ModelNode;
  readonly text: string;
  readonly analysis: FileAnalysis;
  readonly checksum: string;
}

function readAgain(
  read: ReadModel,
  remembered: Remembered,
  index: NodeIndex,
): ModelNode | undefined {
  const { node, analysis } = read;
  const hasHooks = node.config.pre_hook !== undefined || node.config.post_hook !== undefined;
  const hasSameConfig = configFingerprint(analysis) === (remembered.fileConfigs[node.id] ?? '');
  if (hasHooks || !hasSameConfig || analysis.diagnostics.length > 0) return undefined;
  if (isSpokenOf(node, remembered)) return undefined;
  const dependsOn: NodeId[] = [];
  const next: ModelNode = {
    ...node,
    dependsOn,
    macros: analysis.macros,
    checksum: read.checksum,
    rawCode: read.text,
    refs: analysis.refs,
    sources: analysis.sources,
  };
  const found = linkModel({ node: next, dependsOn, refs: next.refs, sources: next.sources }, index);
  return found.length === 0 ? next : undefined;
}

/** A message about the model, or with a place in its file, would have to be made again. */
function isSpokenOf(node: ModelNode, { diagnostics }: Remembered): boolean {
  const file = node.span?.file;
  return diagnostics.some(
    (found) => found.node === node.id || found.labels.some(({ span }) => span.file === file),
  );
}
