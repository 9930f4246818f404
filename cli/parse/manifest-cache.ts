import { sha256 } from '../kernel/hash.ts';
import type { Diagnostic } from '../kernel/diagnostic.ts';
import type { Outcome } from '../kernel/outcome.ts';
import { hasErrors, outcome } from '../kernel/outcome.ts';
import type { DocBlock, GroupDefinition, MacroNode, Manifest } from '../manifest/manifest.ts';
import type { ManifestNode, ModelNode } from '../manifest/node.ts';
import type { NodeId } from '../manifest/node-id.ts';
import type { ParseCacheStore } from '../project/cache-store.ts';
import type { NodeTextIndex } from './kept-nodes.ts';
import { KeptNodes, nodeTexts } from './kept-nodes.ts';

const NAME = 'cortex_parse_cache.manifest.json';
const NODES = 'cortex_parse_cache.nodes.jsonl';
const CHANGES = 'cortex_parse_cache.changes.json';

/** A manifest as JSON, its nodes apart, with what must be the same for it to hold. */
interface KeptManifest {
  readonly key: string;
  readonly stamp: string;
  /** Fingerprints of the environment variables that templates asked for. */
  readonly environment: Readonly<Record<string, string>>;
  /** Fingerprints of the `config` calls of models, for those that have any. */
  readonly fileConfigs: Readonly<Record<NodeId, string>>;
  readonly projectName: string;
  readonly projectVersion: string;
  readonly nodes: NodeTextIndex;
  readonly disabled: readonly ManifestNode[];
  readonly macros: readonly (readonly [string, MacroNode])[];
  readonly docs: readonly (readonly [string, DocBlock])[];
  readonly groups: readonly (readonly [string, GroupDefinition])[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Models that changed since the manifest was kept, and nothing else did. */
interface KeptChanges {
  readonly key: string;
  /** Of the manifest that they change. */
  readonly stamp: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly models: readonly ModelNode[];
}

export interface ManifestInputs {
  /** Stands for every file, configuration and variable, the texts of models excepted. */
  readonly key: string;
  /** Stands for the texts of the models as well: tells one kept manifest from another. */
  stamp(): string;
  /** The fingerprint of an environment variable. */
  readonly fingerprint: (name: string) => string;
}

/** What was kept: a manifest whose models may have changed since. */
export interface Remembered {
  readonly manifest: Manifest & { readonly nodes: KeptNodes };
  readonly diagnostics: readonly Diagnostic[];
  readonly fileConfigs: Readonly<Record<NodeId, string>>;
  readonly environment: Readonly<Record<string, string>>;
  /** Of the manifest as it was first kept. */
  readonly stamp: string;
  /** Models that changed since then, as they were at the last parse. */
  readonly changed: ReadonlyMap<NodeId, ModelNode>;
}

/** The manifest of the last parse, when nothing but models has changed since it was made. */
export function readManifest(
  store: ParseCacheStore,
  inputs: ManifestInputs,
): Remembered | undefined {
  const text = store.read(NAME);
  const kept = readKept<KeptManifest>(text, inputs.key);
  if (text === undefined || kept === undefined || !holds(kept.environment, inputs))
    return undefined;
  const texts = readNodeTexts(store, text, kept.nodes);
  if (texts === undefined) return undefined;
  const changes = readKept<KeptChanges>(store.read(CHANGES), inputs.key);
  const isOfThis = changes?.stamp === kept.stamp && holds(changes.environment, inputs);
  const changed = new Map((isOfThis ? changes.models : []).map((node) => [node.id, node]));
  return {
    manifest: {
      projectName: kept.projectName,
      projectVersion: kept.projectVersion,
      nodes: new KeptNodes(kept.nodes, texts, changed.values()),
      disabled: new Map(kept.disabled.map((node) => [node.id, node])),
      macros: new Map(kept.macros),
      docs: new Map(kept.docs),
      groups: new Map(kept.groups),
    },
    diagnostics: kept.diagnostics,
    fileConfigs: kept.fileConfigs,
    environment: { ...kept.environment, ...(isOfThis ? changes.environment : {}) },
    stamp: kept.stamp,
    changed,
  };
}

/** The texts of nodes begin with what tells the manifest that they were kept with. */
function readNodeTexts(
  store: ParseCacheStore,
  manifest: string,
  index: NodeTextIndex,
): Buffer | undefined {
  const head = Buffer.from(`"${sha256(manifest)}"\n`);
  const kept = store.readBytes(NODES);
  if (kept?.subarray(0, head.length).equals(head) !== true) return undefined;
  const texts = kept.subarray(head.length);
  return KeptNodes.isWhole(index, texts) ? texts : undefined;
}

function holds(environment: Readonly<Record<string, string>>, inputs: ManifestInputs): boolean {
  return Object.entries(environment).every(([name, value]) => inputs.fingerprint(name) === value);
}

/** The key stands at the start of the text, so that a stale cache is not read to its end. */
function readKept<T>(text: string | undefined, key: string): T | undefined {
  if (text === undefined || !text.startsWith(`{"key":${JSON.stringify(key)},`)) return undefined;
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
}

/** What a full parse learnt beside the manifest. */
export interface Learnt {
  readonly environmentVariables: Iterable<string>;
  readonly fileConfigs: Readonly<Record<NodeId, string>>;
}

/** Keeps a manifest without errors for the next command. */
export function writeManifest(
  store: ParseCacheStore,
  inputs: ManifestInputs,
  parsed: Outcome<Manifest>,
  learnt: Learnt,
): void {
  if (hasErrors(parsed.diagnostics)) return;
  const { value: manifest, diagnostics } = parsed;
  const nodes = nodeTexts(manifest.nodes);
  const kept: KeptManifest = {
    key: inputs.key,
    stamp: inputs.stamp(),
    environment: fingerprints(learnt.environmentVariables, inputs),
    fileConfigs: learnt.fileConfigs,
    projectName: manifest.projectName,
    projectVersion: manifest.projectVersion,
    nodes: nodes.index,
    disabled: [...manifest.disabled.values()],
    macros: [...manifest.macros],
    docs: [...manifest.docs],
    groups: [...manifest.groups],
    diagnostics,
  };
  const text = JSON.stringify(kept);
  store.write(NODES, [`"${sha256(text)}"`, ...nodes.texts].join('\n'));
  store.write(NAME, text);
}

/** Keeps models that changed, beside the manifest that they change. */
export function writeChanges(
  store: ParseCacheStore,
  inputs: ManifestInputs,
  remembered: Remembered,
  update: {
    readonly models: readonly ModelNode[];
    readonly environmentVariables: Iterable<string>;
  },
): void {
  const models = new Map([
    ...remembered.changed,
    ...update.models.map((node) => [node.id, node] as const),
  ]);
  const changes: KeptChanges = {
    key: inputs.key,
    stamp: remembered.stamp,
    environment: fingerprints(
      [...Object.keys(remembered.environment), ...update.environmentVariables],
      inputs,
    ),
    models: [...models.values()],
  };
  store.write(CHANGES, JSON.stringify(changes));
}

function fingerprints(
  names: Iterable<string>,
  inputs: ManifestInputs,
): Readonly<Record<string, string>> {
  return Object.fromEntries([...names].map((name) => [name, inputs.fingerprint(name)]));
}

/** A remembered manifest as a parse gives it. */
export function recalled(
  remembered: Remembered,
  models: readonly ModelNode[] = [],
): Outcome<Manifest> {
  const { manifest, diagnostics } = remembered;
  if (models.length === 0) return outcome(manifest, diagnostics);
  return outcome({ ...manifest, nodes: manifest.nodes.with(models) }, diagnostics);
}
