import type { Diagnostic } from '../kernel/diagnostic.ts';
import type { ManifestNode, RefCall, SourceCall } from '../manifest/node.ts';
import type { NodeId } from '../manifest/node-id.ts';
import { hasErrors } from '../kernel/outcome.ts';
import type { Draft, DraftList } from './drafts.ts';
import type { NodeIndex, Referrer } from './node-index.ts';
import { createNodeIndex, resolveRef, resolveSource } from './node-index.ts';
import type { Workspace } from './workspace.ts';

export interface LinkedNodes {
  readonly enabled: ReadonlyMap<NodeId, ManifestNode>;
  readonly disabled: ReadonlyMap<NodeId, ManifestNode>;
}

/** Looks up what every node refers to. A data test that looks at a disabled node is disabled with it. */
export function linkNodes(list: DraftList, workspace: Workspace): LinkedNodes {
  const { project } = workspace;
  const index = createNodeIndex({
    enabled: nodesOf(list.enabled),
    disabled: nodesOf(list.disabled),
    packageNames: project.packages.map(({ name }) => name),
    rootPackage: project.name,
  });
  const enabled = new Map<NodeId, ManifestNode>();
  const disabled = new Map([...list.disabled].map(([id, { node }]) => [id, node]));
  for (const [id, draft] of list.enabled) {
    if (linkDraft(draft, index, workspace.diagnostics)) enabled.set(id, draft.node);
    else disabled.set(id, draft.node);
  }
  return { enabled, disabled };
}

function* nodesOf(drafts: ReadonlyMap<NodeId, Draft>): Iterable<ManifestNode> {
  for (const { node } of drafts.values()) yield node;
}

type Call = { readonly ref: RefCall } | { readonly source: SourceCall };

/** Looks up what one model refers to; gives what is wrong with it. */
export function linkModel(draft: Draft, index: NodeIndex): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  linkDraft(draft, index, diagnostics);
  return diagnostics;
}

/** False when the node has to be switched off. */
function linkDraft(draft: Draft, index: NodeIndex, diagnostics: Diagnostic[]): boolean {
  const { node, dependsOn } = draft;
  const from = referrerOf(node);
  const seen = new Set<NodeId>(dependsOn);
  let isEnabled = true;
  for (const call of callsInOrder(draft)) {
    const found =
      'ref' in call ? resolveRef(index, call.ref, from) : resolveSource(index, call.source, from);
    const isOff = found.diagnostics.some(({ code }) => code === 'CX2103' || code === 'CX2111');
    if (isOff && node.resourceType === 'test') isEnabled = false;
    else diagnostics.push(...found.diagnostics.map((each) => ({ ...each, node: node.id })));
    if (found.value === undefined || hasErrors(found.diagnostics) || seen.has(found.value.id))
      continue;
    seen.add(found.value.id);
    dependsOn.push(found.value.id);
  }
  const tested = node.resourceType === 'test' ? node.attachedNode : undefined;
  if (tested !== undefined && !seen.has(tested)) dependsOn.push(tested);
  return isEnabled;
}

function referrerOf(node: ManifestNode): Referrer {
  return {
    name: node.name,
    packageName: node.packageName,
    group: node.group,
    seesPrivate: node.resourceType === 'test' || node.resourceType === 'operation',
  };
}

/** In the order in which the node's file mentions them, where one file holds them all. */
function callsInOrder({ refs, sources }: Draft): readonly Call[] {
  const calls: Call[] = [...refs.map((ref) => ({ ref })), ...sources.map((source) => ({ source }))];
  if (refs.length === 0 || sources.length === 0) return calls;
  const spanOf = (call: Call): RefCall['span'] =>
    'ref' in call ? call.ref.span : call.source.span;
  const files = new Set(calls.map((call) => spanOf(call).file));
  return files.size === 1
    ? calls.sort((left, right) => spanOf(left).start - spanOf(right).start)
    : calls;
}
