import { sha256 } from '../kernel/hash.ts';
import { stableStringify } from '../kernel/json.ts';
import type { Outcome } from '../kernel/outcome.ts';
import { outcome } from '../kernel/outcome.ts';
import type { CompiledNode } from '../manifest/compiled.ts';
import type { ManifestNode, ModelNode, SnapshotNode } from '../manifest/node.ts';
import type { NodeId } from '../manifest/node-id.ts';
import { compileNode } from './compile-node.ts';
import type { CompileContext } from './context.ts';
import type { EnvironmentReads } from './environment-reads.ts';
import { isStillTrue, recordReads } from './environment-reads.ts';

interface Entry {
  /** Hash of everything that is known to matter before rendering. */
  readonly key: string;
  /** What the template asked for while it was rendered. */
  readonly reads: EnvironmentReads;
  readonly compiled: CompiledNode;
}

/** Compiled models of an earlier command, used again while nothing that made them has changed. */
export interface CompileCache {
  get(id: NodeId): Entry | undefined;
  set(id: NodeId, entry: Entry): void;
  /** The cache as text, to be kept under `target/`; `undefined` when nothing is new. */
  toText(): string | undefined;
}

/** Reads a cache back. Text of another format or version of Cortex, or broken text, gives an empty one. */
export function createCompileCache(format: string, text?: string): CompileCache {
  const entries = new Map<NodeId, Entry>(text === undefined ? [] : readEntries(format, text));
  let hasChanged = false;
  return {
    get: (id) => entries.get(id),
    set: (id, entry) => {
      entries.set(id, entry);
      hasChanged = true;
    },
    toText: () => (hasChanged ? JSON.stringify({ format, entries: [...entries] }) : undefined),
  };
}

function readEntries(format: string, text: string): readonly [NodeId, Entry][] {
  try {
    // Written by `toText` of the same format: its shape is known.
    const read = JSON.parse(text) as { format?: string; entries?: readonly [NodeId, Entry][] };
    return read.format === format ? (read.entries ?? []) : [];
  } catch {
    return [];
  }
}

/**
 * `compileNode` through a cache. A template that reads the time of the run is compiled every time, and
 * so is one with problems.
 */
export function compileNodeCached(
  node: ModelNode | SnapshotNode,
  context: CompileContext,
  cache: CompileCache,
): Outcome<CompiledNode> {
  const key = keyOf(node, context);
  const known = cache.get(node.id);
  if (known?.key === key && isStillTrue(known.reads, context)) return outcome(known.compiled);
  const recorded = recordReads(context);
  const compiled = compileNode(node, recorded.context);
  const reads = recorded.reads();
  if (reads !== undefined && compiled.diagnostics.length === 0)
    cache.set(node.id, { key, reads, compiled: compiled.value });
  return compiled;
}

const COMMON = new WeakMap<CompileContext, string>();

/** What is the same for all nodes of one context. */
function commonKey(context: CompileContext): string {
  const known = COMMON.get(context);
  if (known !== undefined) return known;
  const { target, client, capabilities } = context.environment;
  const macros = [...context.manifest.macros.values()].map(({ id, checksum }) => [id, checksum]);
  const key = sha256(stableStringify([target, client, capabilities, macros, context.empty]));
  COMMON.set(context, key);
  return key;
}

function keyOf(node: ModelNode | SnapshotNode, context: CompileContext): string {
  const parts: unknown[] = [commonKey(context)];
  const seen = new Set<NodeId>();
  const visit = (current: ManifestNode, isWritten: boolean): void => {
    if (seen.has(current.id)) return;
    seen.add(current.id);
    const { materialized } = current.config;
    const relation = 'relation' in current ? context.relationFor(current.id) : undefined;
    parts.push([current.id, relation, materialized]);
    if (!isWritten && !(current.resourceType === 'model' && materialized === 'ephemeral')) return;
    const text = 'rawCode' in current ? current.rawCode : '';
    parts.push([text, current.path, context.isIncremental(current.id)]);
    for (const id of current.dependsOn) {
      const parent = context.manifest.nodes.get(id);
      if (parent !== undefined) visit(parent, false);
    }
  };
  visit(node, true);
  return sha256(JSON.stringify(parts));
}
