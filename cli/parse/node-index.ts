import type { Outcome } from '../kernel/outcome.ts';
import { outcome } from '../kernel/outcome.ts';
import type {
  ManifestNode,
  ModelNode,
  RefCall,
  SeedNode,
  SnapshotNode,
  SourceCall,
  SourceNode,
} from '../manifest/node.ts';
import {
  ambiguousRef,
  deprecatedRef,
  disabledRef,
  disabledSource,
  privateRef,
  unknownPackage,
  unknownRef,
  unknownSource,
  unknownVersion,
} from './messages.ts';

/** The types of nodes that an index is made of. */
export const INDEXED_TYPES = ['model', 'seed', 'snapshot', 'source'] as const;

/** What `ref` can name. */
export type Referable = ModelNode | SeedNode | SnapshotNode;

interface Listed<T> {
  readonly node: T;
  readonly isEnabled: boolean;
}

/** Nodes by the names that templates use for them. */
export interface NodeIndex {
  readonly referable: ReadonlyMap<string, readonly Listed<Referable>[]>;
  /** Keys are `source.table`. */
  readonly sources: ReadonlyMap<string, readonly Listed<SourceNode>[]>;
  readonly packageNames: ReadonlySet<string>;
  readonly rootPackage: string;
}

/** Who refers to something. */
export interface Referrer {
  /** For messages. */
  readonly name: string;
  readonly packageName: string;
  readonly group?: string | undefined;
  /** Tests may look at private models: they belong to whoever wrote them down. */
  readonly seesPrivate?: boolean;
}

export interface IndexedNodes {
  readonly enabled: Iterable<ManifestNode>;
  readonly disabled: Iterable<ManifestNode>;
  readonly packageNames: Iterable<string>;
  readonly rootPackage: string;
}

export function createNodeIndex(nodes: IndexedNodes): NodeIndex {
  const referable = new Map<string, Listed<Referable>[]>();
  const sources = new Map<string, Listed<SourceNode>[]>();
  const add = (node: ManifestNode, isEnabled: boolean): void => {
    if (node.resourceType === 'source') {
      push(sources, `${node.sourceName}.${node.name}`, { node, isEnabled });
    } else if (
      node.resourceType === 'model' ||
      node.resourceType === 'seed' ||
      node.resourceType === 'snapshot'
    ) {
      push(referable, node.name, { node, isEnabled });
    }
  };
  for (const node of nodes.enabled) add(node, true);
  for (const node of nodes.disabled) add(node, false);
  return {
    referable,
    sources,
    packageNames: new Set(nodes.packageNames),
    rootPackage: nodes.rootPackage,
  };
}

function push<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/**
 * The node that a `ref` means: of the named package, else of the referrer's, the root's, or the only
 * one there is; of several versions the one asked for, else the latest.
 */
export function resolveRef(
  index: NodeIndex,
  call: RefCall,
  from: Referrer,
): Outcome<Referable | undefined> {
  const named = index.referable.get(call.name) ?? [];
  if (call.package !== undefined && !index.packageNames.has(call.package)) {
    return outcome(undefined, [
      unknownPackage(call.name, call.package, call.span, index.packageNames),
    ]);
  }
  const owner = owningPackage(named, call, from, index.rootPackage);
  const candidates = named.filter(({ node }) => node.packageName === owner);
  if (candidates.length === 0) {
    const packages = [...new Set(named.map(({ node }) => node.packageName))];
    if (call.package === undefined && packages.length > 1) {
      return outcome(undefined, [ambiguousRef(call.name, packages, call.span)]);
    }
    return outcome(undefined, [unknownRef(call.name, call.span, index.referable.keys())]);
  }
  const found = versionOf(candidates, call);
  if (found === undefined) {
    const versions = candidates.flatMap(({ node }) =>
      'version' in node ? [String(node.version)] : [],
    );
    return outcome(undefined, [
      unknownVersion(call.name, String(call.version), versions, call.span),
    ]);
  }
  return admitted(found, call, from);
}

function owningPackage(
  named: readonly Listed<Referable>[],
  call: RefCall,
  from: Referrer,
  rootPackage: string,
): string | undefined {
  if (call.package !== undefined) return call.package;
  const packages = new Set(named.map(({ node }) => node.packageName));
  if (packages.has(from.packageName)) return from.packageName;
  if (packages.has(rootPackage)) return rootPackage;
  return packages.size === 1 ? [...packages][0] : undefined;
}

function versionOf(
  candidates: readonly Listed<Referable>[],
  call: RefCall,
): Listed<Referable> | undefined {
  const wanted = call.version;
  if (wanted !== undefined) {
    return candidates.find(
      ({ node }) => 'version' in node && String(node.version) === String(wanted),
    );
  }
  const latest = candidates.find(
    ({ node }) =>
      node.resourceType !== 'model' || String(node.version) === String(node.latestVersion),
  );
  return candidates.find((each) => each === latest && each.isEnabled) ?? latest ?? candidates[0];
}

function admitted(
  found: Listed<Referable>,
  call: RefCall,
  from: Referrer,
): Outcome<Referable | undefined> {
  const { node } = found;
  if (!found.isEnabled) return outcome(undefined, [disabledRef(node, call.span)]);
  if (node.resourceType !== 'model') return outcome(node);
  const isOutside =
    node.packageName !== from.packageName || node.group === undefined || node.group !== from.group;
  if (node.access === 'private' && isOutside && from.seesPrivate !== true) {
    return outcome(undefined, [privateRef(from.name, node, call.span)]);
  }
  const date = node.deprecationDate;
  return outcome(node, date === undefined ? [] : [deprecatedRef(node, date, call.span)]);
}

/** The source table that a `source` means: of the referrer's package first. */
export function resolveSource(
  index: NodeIndex,
  call: SourceCall,
  from: Referrer,
): Outcome<SourceNode | undefined> {
  const named = index.sources.get(`${call.source}.${call.table}`) ?? [];
  const found = named.find(({ node }) => node.packageName === from.packageName) ?? named[0];
  if (found === undefined) {
    return outcome(undefined, [
      unknownSource(call.source, call.table, call.span, [...index.sources.keys()]),
    ]);
  }
  return found.isEnabled
    ? outcome(found.node)
    : outcome(undefined, [disabledSource(found.node, call.span)]);
}
