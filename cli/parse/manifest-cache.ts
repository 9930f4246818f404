import type { Diagnostic } from '../kernel/diagnostic.ts';
import type { Outcome } from '../kernel/outcome.ts';
import { hasErrors, outcome } from '../kernel/outcome.ts';
import type { DocBlock, GroupDefinition, MacroNode, Manifest } from '../manifest/manifest.ts';
import type { ManifestNode } from '../manifest/node.ts';
import type { ParseCacheStore } from '../project/cache-store.ts';

const NAME = 'cortex_parse_cache.manifest.json';

/** A manifest as JSON, with what must be the same for it to hold. */
interface KeptManifest {
  readonly key: string;
  /** Fingerprints of the environment variables that templates asked for. */
  readonly environment: Readonly<Record<string, string>>;
  readonly projectName: string;
  readonly projectVersion: string;
  readonly nodes: readonly ManifestNode[];
  readonly disabled: readonly ManifestNode[];
  readonly macros: readonly (readonly [string, MacroNode])[];
  readonly docs: readonly (readonly [string, DocBlock])[];
  readonly groups: readonly (readonly [string, GroupDefinition])[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface ManifestInputs {
  /** Stands for every file, configuration and variable. */
  readonly key: string;
  /** The fingerprint of an environment variable. */
  readonly fingerprint: (name: string) => string;
}

/** The manifest of the last parse, when nothing that it was made from has changed. */
export function readManifest(
  store: ParseCacheStore,
  inputs: ManifestInputs,
): Outcome<Manifest> | undefined {
  const kept = keptManifest(store.read(NAME), inputs.key);
  if (kept === undefined) return undefined;
  const isSame = Object.entries(kept.environment).every(
    ([name, value]) => inputs.fingerprint(name) === value,
  );
  if (!isSame) return undefined;
  const byId = (nodes: readonly ManifestNode[]) => new Map(nodes.map((node) => [node.id, node]));
  return outcome(
    {
      projectName: kept.projectName,
      projectVersion: kept.projectVersion,
      nodes: byId(kept.nodes),
      disabled: byId(kept.disabled),
      macros: new Map(kept.macros),
      docs: new Map(kept.docs),
      groups: new Map(kept.groups),
    },
    kept.diagnostics,
  );
}

/** The key stands at the start of the text, so that a stale cache is not read to its end. */
function keptManifest(text: string | undefined, key: string): KeptManifest | undefined {
  if (text === undefined || !text.startsWith(`{"key":${JSON.stringify(key)},`)) return undefined;
  try {
    return JSON.parse(text) as KeptManifest;
  } catch {
    return undefined;
  }
}

/** Keeps a manifest without errors for the next command. */
export function writeManifest(
  store: ParseCacheStore,
  inputs: ManifestInputs,
  parsed: Outcome<Manifest>,
  environmentVariables: Iterable<string>,
): void {
  if (hasErrors(parsed.diagnostics)) return;
  const { value: manifest, diagnostics } = parsed;
  const kept: KeptManifest = {
    key: inputs.key,
    environment: Object.fromEntries(
      [...environmentVariables].map((name) => [name, inputs.fingerprint(name)]),
    ),
    projectName: manifest.projectName,
    projectVersion: manifest.projectVersion,
    nodes: [...manifest.nodes.values()],
    disabled: [...manifest.disabled.values()],
    macros: [...manifest.macros],
    docs: [...manifest.docs],
    groups: [...manifest.groups],
    diagnostics,
  };
  store.write(NAME, JSON.stringify(kept));
}
